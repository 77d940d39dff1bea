"""Asking as many do at once: pages by Debian's wrk, what members of teams send by threads of our own."""

from __future__ import annotations

import http.client
import json
import re
import statistics
import subprocess
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

TOKEN = "A" * 32  # of forms: in the cookie and in the form alike
VISITS = 3  # that a member logs
_LONGEST = 120  # seconds until somebody must have been answered
_SCRIPT = """
local asked = {{ {rows} }}
local n = 0
request = function()
  n = n % #asked + 1
  return wrk.format("GET", asked[n][1], {{["Cookie"] = asked[n][2], ["Accept-Encoding"] = "gzip"}})
end
done = function(summary, latency, requests)
  local e = summary.errors
  local shape = '{{"requests": %d, "seconds": %f, "p50": %f, "p95": %f, "status": %d, "broken": %d}}'
  io.write(string.format('\\nRESULT ' .. shape .. '\\n',
    summary.requests, summary.duration / 1e6, latency:percentile(50) / 1e3, latency:percentile(95) / 1e3,
    e.status, e.connect + e.read + e.write + e.timeout))
end
"""


@dataclass(frozen=True, slots=True)
class Measured:
    """Answers in a second, milliseconds of the median and the 95th percentile, answers that were none or an error."""

    rate: float
    p50: float
    p95: float
    errors: int


def pages(address: str, visits: list[tuple[str, str]], clients: int, seconds: int, folder: Path) -> Measured:
    """`visits`: (path, cookie) in turn, each of which answers with a page (see preparing.py)."""
    script = folder / "asking.lua"
    script.write_text(_SCRIPT.format(rows=", ".join(f'{{"{path}", "{cookie}"}}' for path, cookie in visits)))
    result = _result(address, script, clients, seconds)
    while not result["requests"] and seconds < _LONGEST:  # a busy machine
        seconds *= 2
        result = _result(address, script, clients, seconds)
    assert result["requests"], f"nothing was answered within {seconds} s"
    rate = result["requests"] / result["seconds"]
    return Measured(rate, result["p50"], result["p95"], int(result["status"] + result["broken"]))


def _result(address: str, script: Path, clients: int, seconds: int) -> dict[str, float]:
    command = ["wrk", "-t1", f"-c{clients}", f"-d{seconds}s", "--timeout", "60s", "-s", script, address]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    found = re.search(r"RESULT (\{.*\})", told)
    assert found, told
    result: dict[str, float] = json.loads(found[1])
    return result


def page(port: int, path: str, cookie: str) -> None:
    """One visit; it must be answered with a page."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    line.request("GET", path, headers={"Cookie": cookie, "Host": "localhost"})
    answer = line.getresponse()
    answer.read()
    line.close()
    assert answer.status == 200, (path, answer.status)


def field(
    port: int, members: list[dict[str, Any]], seconds: float, clients: int = 64
) -> tuple[Measured, int]:
    """All members once within so many seconds, evenly: each opens the page of the team and the form, then logs some
    visits. The time of an answer counts from when it was due, so that nobody who had to wait is left out. Gives also
    how many visits were acknowledged."""
    waiting = iter(list(enumerate(members)))
    lock, begun = threading.Lock(), time.monotonic()
    taken: list[float] = []
    errors: list[int] = []
    saved: list[int] = []

    def work() -> None:
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        while True:
            with lock:
                number, member = next(waiting, (-1, {}))
            if number < 0:
                return
            due = begun + seconds * number / len(members)
            time.sleep(max(0.0, due - time.monotonic()))
            for status, took in _sync(line, member, number, due):
                taken.append(took)
                if status not in (200, 302):
                    errors.append(status)
                saved.extend([1] if status == 302 else [])

    threads = [threading.Thread(target=work) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    wall = time.monotonic() - begun
    spread = statistics.quantiles(taken, n=20)
    return Measured(len(taken) / wall, spread[9] * 1000, spread[18] * 1000, len(errors)), len(saved)


def _sync(
    line: http.client.HTTPConnection, member: dict[str, Any], number: int, due: float
) -> list[tuple[int, float]]:
    """What one phone sends: (status, seconds) of each; seconds of the first count from when it was due."""
    log = f"/to-cong-nghe/{member['team']}/ghi/"
    cookie = f"{member['cookie']}; csrftoken={TOKEN}"
    done = []
    for visit in range(-2, VISITS):
        begun = due if visit == -2 else time.monotonic()
        body = None
        if visit >= 0:
            words = {"csrfmiddlewaretoken": TOKEN, "nonce": f"load-{number:06}-{visit:06}", "field": "health"}
            body = urlencode(words | {"outcome": "helped", "people": "1", "date": time.strftime("%d/%m/%Y")})
        headers = {"Cookie": cookie, "Host": "localhost"}
        headers |= {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
        try:
            line.request(
                "POST" if body else "GET", "/to-cong-nghe/cua-toi/" if visit == -2 else log, body, headers
            )
            answer = line.getresponse()
            answer.read()
            status = answer.status
        except OSError:
            line.close()
            status = 0
        done.append((status, time.monotonic() - begun))
    return done
