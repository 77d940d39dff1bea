"""Reading in a process of its own, whose memory is bounded and measured."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

MOST_MEMORY = 1_000_000  # kilobytes
_SCRIPT = """
import json, re, resource, sys
from pathlib import Path
from nhanlucso.exchange.sheets.reading import read_sheet
from nhanlucso.kernel.errors import Refused
resource.setrlimit(resource.RLIMIT_AS, (3 << 30, 3 << 30))
try:
    outcome = len(read_sheet(sys.argv[1]).rows)
except Refused as refused:
    outcome = refused.code
# Of this program alone: getrusage would count the process that started it, as it stood then.
most = int(re.search(r"VmHWM:\\s+([0-9]+) kB", Path("/proc/self/status").read_text())[1])
print(json.dumps([outcome, most]))
"""


def outcome(path: Path) -> int | str:
    """The number of rows, or the code of the refusal; fails if reading took a gigabyte, or ended otherwise."""
    done = subprocess.run(
        [sys.executable, "-c", _SCRIPT, str(path)], capture_output=True, text=True, check=False, timeout=240
    )
    assert done.returncode == 0, done.stderr
    said, memory = json.loads(done.stdout.splitlines()[-1])
    assert memory < MOST_MEMORY, memory
    found: int | str = said
    return found
