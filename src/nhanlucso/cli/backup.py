"""`backup`: a safe copy while running."""

from __future__ import annotations

import argparse
from pathlib import Path

from nhanlucso.cli.output import emit
from nhanlucso.kernel.clock import now
from nhanlucso.upkeep.backup import make_backup


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("path", type=Path, metavar="PATH", help="tệp .tar mới; khóa vào tệp PATH.keys")
    parser.add_argument("--json", action="store_true")


def run(options: argparse.Namespace) -> None:
    made = make_backup(options.path, by=None, at=now())
    counted = made.manifest.contents.rows
    if options.json:
        emit(
            {
                "path": str(made.path),
                "keys": str(made.keys),
                "size": made.size,
                "made_at": made.manifest.made_at,
                "database": made.manifest.vendor,
                "rows": counted,
                "log_anchor": made.manifest.anchor,
                "files": len(made.manifest.members),
                "left_out": list(made.left_out),
            }
        )
        return
    print(
        f"Đã sao lưu vào {made.path}: {sum(counted.values())} dòng của {len(counted)} bảng, "
        f"{len(made.manifest.members) - 1} tệp lưu giữ; đã đọc lại và đối chiếu từng byte."
    )
    for name in made.left_out:
        print(f"Bỏ qua tệp chưa trọn vẹn: {name}")
    print(
        f"Khóa mã hóa nằm riêng ở {made.keys}: hãy cất ở nơi khác với bản sao lưu; ai có cả hai thì đọc được hết."
    )
