"""`keys rotate`: new keys for what is sealed; stopped, it goes on when run again."""

from __future__ import annotations

import argparse

from nhanlucso.cli.output import emit
from nhanlucso.kernel.clock import now
from nhanlucso.upkeep.rotation.rotating import rotate


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true")


def run(options: argparse.Namespace) -> None:
    made = rotate(by=None, at=now())
    if options.json:
        emit({"new_keys": made.fresh, "rows": made.rows, "not_opened": made.lost})
        return
    print("Đã đặt khóa mới." if made.fresh else "Làm tiếp lần đổi khóa trước.")
    print(f"Đã mã hóa lại {made.rows} dòng; {made.lost} dòng không khóa nào mở được, giữ nguyên.")
    print("Khóa cũ còn giữ một ngày rồi tự bỏ. Sao lưu lại ngay: khóa trong bản sao lưu trước là khóa cũ.")
