"""`restore`: a backup into an empty place, verified before and after."""

from __future__ import annotations

import argparse
from pathlib import Path

from nhanlucso.cli.output import emit
from nhanlucso.config import env
from nhanlucso.upkeep.keys import default_keys_file
from nhanlucso.upkeep.restore import restore_backup


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("path", type=Path, metavar="PATH", help="tệp .tar của bản sao lưu")
    parser.add_argument("--keys", type=Path, metavar="PATH.keys", help="tệp khóa; mặc định PATH.keys")
    parser.add_argument("--json", action="store_true")


def run(options: argparse.Namespace) -> None:
    found = restore_backup(options.path, options.keys or default_keys_file(options.path.absolute()))
    counted = found.contents.rows
    if options.json:
        emit(
            {
                "data": str(env.data_folder()),
                "made_at": found.made_at,
                "product": found.product,
                "database": found.vendor,
                "rows": counted,
                "files": len(found.members),
            }
        )
        return
    print(
        f"Đã khôi phục bản sao lưu lúc {found.made_at} vào {env.data_folder()}: {sum(counted.values())} dòng của "
        f"{len(counted)} bảng, {len(found.members) - 1} tệp lưu giữ; số dòng từng bảng khớp."
    )
    print("Tiếp theo: nhanlucso init (nâng cấp nếu cần), nhanlucso doctor.")
