"""What holds only where all parts stand together, as deploy/ puts them."""

from __future__ import annotations

import base64
import gzip
import json
import re
import threading
import time
from typing import Any

from nhanlucso.papers.lists import ListPaper, render_list
from tests.stack.standing import (
    HOST,
    OFFICER,
    PASSWORD,
    SIGN_INS,
    UNIT,
    Browser,
    Stack,
    ask_itself,
    ask_plainly,
    wait_until,
)

FAMILY = (
    "Nguyễn",
    "Trần",
    "Lê",
    "Hoàng",
    "Lù",
    "Giàng",
    "Phàn",
    "Vàng",
    "Lý",
    "Sùng",
    "Đỗ",
    "Bùi",
    "Hà",
    "Cư",
)
GIVEN = (
    "An",
    "Bình",
    "Chiến",
    "Dung",
    "Hải",
    "Hạnh",
    "Mỷ",
    "Sì",
    "Thúy",
    "Tuấn",
    "Vân",
    "Xuân",
    "Yến",
    "Páo",
)
ROWS = 2_100  # a long list: done by the worker


def test_visitors_come_by_https_and_cookies_stay_there(stack: Stack) -> None:
    plain = ask_plainly(stack, "/tai-khoan/vao/?next=/")
    assert (plain.status, plain.headers["location"]) == (301, f"https://{HOST}/tai-khoan/vao/?next=/")
    page = Browser(stack).get("/tai-khoan/vao/")
    assert page.status == 200
    assert page.headers["strict-transport-security"] == "max-age=31536000"
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert "Secure" in page.headers["set-cookie"]
    assert "gunicorn" not in page.headers["server"]


def test_who_signs_in_gets_a_cookie_for_https_alone(stack: Stack, officer: Browser) -> None:
    assert officer.get("/").status == 200
    again = Browser(stack)
    cookies = again.sign_in(OFFICER, PASSWORD).headers["set-cookie"]
    (session,) = [line for line in cookies.splitlines() if line.startswith("__Host-sessionid=")]
    assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= set(session.split("; "))


def test_static_files_come_compressed_for_a_year(stack: Stack) -> None:
    page = Browser(stack).get("/tai-khoan/vao/").text
    style = re.search(r'href="(/static/nhanlucso/app\.[0-9a-f]+\.css)"', page)
    assert style
    answer = Browser(stack).get(style[1], Accept_Encoding="gzip")
    assert (answer.status, answer.headers["content-encoding"]) == (200, "gzip")
    assert answer.headers["content-type"] == "text/css"
    assert (
        "max-age=31536000" in answer.headers["cache-control"]
        and "immutable" in answer.headers["cache-control"]
    )
    assert b"--" in gzip.decompress(answer.body)


def test_what_is_for_the_operator_is_not_for_visitors(stack: Stack) -> None:
    for address in ("/metrics", "/health/ready", "/metrics?x=1", "//metrics", "/%6detrics"):
        assert Browser(stack).get(address).status == 404, address
    assert Browser(stack).get("/health/live").status == 200
    assert json.loads(ask_itself(stack, "/health/ready").body) == {"ready": True, "failing": []}
    text = ask_itself(stack, "/metrics").text
    assert 'nhanlucso_requests_total{method="GET",route="sign-in",status="200"}' in text
    assert "nhanlucso_database_up 1.0" in text


def test_a_list_is_imported_by_the_worker_and_the_figure_shows_it(stack: Stack, officer: Browser) -> None:
    def headcount() -> int:
        asked = f"/api/figures?unit={UNIT}&period=2026-9M&indicator=staff.headcount"
        return int(json.loads(officer.get(asked).body)[0]["value"])

    before = headcount()
    answer = officer.post("/api/v1/lists", *_form(_many()), **_form_headers())
    assert answer.status == 202, answer.text
    job = _ended(officer, answer.headers["location"])
    assert job["state"] == "done", job
    created = job["result"]["created"]
    assert created > 0.9 * ROWS
    assert headcount() == before + created
    work = [
        json.loads(line)
        for line in (stack.folder / "worker.log").read_text().splitlines()
        if '"kind"' in line
    ]
    assert [line["state"] for line in work] == ["done"]
    assert work[0]["request"] == answer.headers["x-request-id"]


def test_the_log_names_the_request_and_nobody(stack: Stack, officer: Browser) -> None:
    answer = officer.get(
        "/tim/?q=Lù+A+Sì".replace("ù", "%C3%B9").replace("ì", "%C3%AC"), X_Request_ID="cua-khach-1"
    )
    trace = answer.headers["x-request-id"]
    assert trace != "cua-khach-1"
    (line,) = [line for line in stack.log() if line.get("request") == trace]
    assert (line["route"], line["status"]) == ("search", 200)
    site = (stack.folder / "nhanlucso.log").read_text()
    assert trace in site
    for text in (site, (stack.folder / "web.log").read_text(), (stack.folder / "worker.log").read_text()):
        assert "%C3" not in text and not any(f"{family} " in text for family in FAMILY)


def test_too_large_a_file_is_refused_in_words(stack: Stack, officer: Browser) -> None:
    answer = officer.ask("POST", "/nhap-lieu/", b"x", Content_Length=str(300 << 20))
    assert answer.status == 413
    assert "vượt quá 200 MB" in answer.text


def test_new_workers_take_over_without_losing_a_request(stack: Stack) -> None:
    """Visitors ask and write while all workers are replaced; whoever comes meanwhile waits."""
    wrong: list[object] = []
    counts: list[int] = []
    ended = threading.Event()

    def visit() -> None:
        browser, count = Browser(stack), 0
        while not ended.is_set():
            try:
                seen = browser.get("/tai-khoan/vao/")
                sent = browser.post("/ngon-ngu/", {"language": "vi", "next": "/"})
            except OSError as problem:
                wrong.append(problem)
                return
            wrong.extend(a for a in (seen.status, sent.status) if a not in (200, 302))
            count += 1
        counts.append(count)

    visitors = [threading.Thread(target=visit) for _ in range(4)]
    for visitor in visitors:
        visitor.start()
    before = stack.workers()
    stack.reload()
    wait_until(lambda: before.isdisjoint(stack.workers()))
    wait_until(lambda: ask_itself(stack, "/health/live").status == 200)
    ended.set()
    for visitor in visitors:
        visitor.join()
    assert wrong == []
    assert len(counts) == 4 and min(counts) > 0


def test_nobody_hides_behind_an_address_of_their_choice(stack: Stack) -> None:
    """Last: afterwards this address has tried too often."""
    statuses = []
    for number in range(3 * SIGN_INS + 3):
        claimed = f"198.51.100.{number}"
        statuses.append(Browser(stack).sign_in("khong-co", "sai-mat-khau", X_Forwarded_For=claimed).status)
    assert 429 in statuses


def _many() -> bytes:
    names = [f"{FAMILY[n % 14]} {GIVEN[n // 14 % 14]} {GIVEN[n // 196 % 14]}" for n in range(ROWS)]
    head = ("STT", "Họ và tên", "Ngày sinh", "Chức danh")
    rows = [
        (n + 1, name, f"{1 + n % 28:02}/{1 + n % 12:02}/{1966 + n % 38}", "Công chức")
        for n, name in enumerate(names)
    ]
    return render_list(ListPaper(title="Danh sách cán bộ", head=head, rows=rows))


BOUNDARY = "----ranh-gioi-cua-bieu-mau"


def _form(file: bytes) -> tuple[bytes]:
    parts = [("unit", UNIT), ("since", "2026-01-01"), ("category", "civil_servant")]
    text = "".join(
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in parts
    )
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="ds.xlsx"\r\n\r\n'
    return (text.encode() + head.encode() + file + f"\r\n--{BOUNDARY}--\r\n".encode(),)


def _form_headers() -> dict[str, str]:
    who = base64.b64encode(f"{OFFICER}:{PASSWORD}".encode()).decode()
    return {"Content_Type": f"multipart/form-data; boundary={BOUNDARY}", "Authorization": f"Basic {who}"}


def _ended(browser: Browser, address: str) -> dict[str, Any]:
    """The job, once it has ended."""
    pause, until = threading.Event(), time.monotonic() + 90
    while time.monotonic() < until:
        job: dict[str, Any] = json.loads(browser.get(address, **_form_headers()).body)
        if job["state"] not in ("waiting", "running"):
            return job
        pause.wait(0.3)
    raise AssertionError("the worker does not end its work")
