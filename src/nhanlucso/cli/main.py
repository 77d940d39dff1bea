"""The console script: arguments in, one outcome out.

Exit 0: done. Exit 2: input refused, nothing written; with --json the reason is a JSON document on stdout.
Each command says what it needs: most a database that is there and up to date; backup, restore and doctor take the
installation as they find it; those that read no records start without Django.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from importlib import import_module
from io import TextIOWrapper
from typing import Any, NoReturn

from django.db import DatabaseError

from nhanlucso.cli.output import refuse
from nhanlucso.cli.setup import ready, started
from nhanlucso.kernel.disk import Trouble, refused, trouble_of
from nhanlucso.kernel.errors import Refused


class Needs(Enum):
    """What is made ready before a command: nothing, the framework alone, or keys and database too."""

    NOTHING = 0
    DJANGO = 1
    DATABASE = 2


@dataclass(frozen=True, slots=True)
class Command:
    """A command: its module in this package, what it does, what it needs."""

    module: str
    words: str
    needs: Needs = Needs.DATABASE


COMMANDS = {
    "init": Command("init", "tạo thư mục dữ liệu và cơ sở dữ liệu"),
    "demo": Command("demo", "nạp hai gói ví dụ và tài khoản dùng thử"),
    "serve": Command("serve", "chạy máy chủ web"),
    "worker": Command("worker", "chạy tiến trình làm việc nền; serve tự chạy một tiến trình"),
    "bundle import": Command("bundle_import", "nhập gói trao đổi: tất cả hoặc không gì cả"),
    "bundle export": Command("bundle_export", "xuất gói trao đổi"),
    "oneroster import": Command("oneroster_import", "nhập gói OneRoster 1.2: tất cả hoặc không gì cả"),
    "oneroster export": Command("oneroster_export", "xuất gói OneRoster 1.2 của một đơn vị"),
    "oneroster undo": Command("oneroster_undo", "trả lại như cũ những gì một lần nhập OneRoster đã ghi"),
    "sheet read": Command("sheet_read", "đọc bảng tính, không cần cơ sở dữ liệu", Needs.NOTHING),
    "sheet import": Command("sheet_import", "đọc bảng tính, đối chiếu, ghi"),
    "sheet undo": Command("sheet_undo", "trả lại như cũ tất cả những gì một lần nhập đã ghi"),
    "figures": Command("figures", "tính các chỉ số từ dữ liệu hiện có"),
    "passport": Command("passport", "ai được tính, ai không, vì sao"),
    "twin": Command("twin", "một chỉ số trên địa giới khi đó và địa giới nay"),
    "verify": Command("verify", "kiểm tra gói số liệu đã ký, không cần cơ sở dữ liệu", Needs.DJANGO),
    "extract publish": Command("extract_publish", "công bố số liệu đã ký cho nơi tổng hợp cả nước"),
    "extract verify": Command(
        "extract_verify", "kiểm tra các bản trích đã công bố, không cần cơ sở dữ liệu", Needs.DJANGO
    ),
    "rollup": Command("rollup", "số liệu cả nước từ bản trích của các tỉnh", Needs.DJANGO),
    "report": Command("report", "lập báo cáo theo thể thức văn bản"),
    "catalogue find": Command("catalogue_find", "tra danh mục đơn vị hành chính", Needs.NOTHING),
    "backup": Command("backup", "sao lưu khi đang chạy", Needs.DJANGO),
    "restore": Command("restore", "khôi phục bản sao lưu vào chỗ trống", Needs.DJANGO),
    "doctor": Command("doctor", "kiểm tra tình trạng và toàn vẹn", Needs.DJANGO),
    "tend": Command("tend", "niêm phong nhật ký, xóa dữ liệu hết hạn; serve tự làm"),
    "keys rotate": Command("keys_rotate", "đổi khóa mã hóa, mã hóa lại mọi số định danh"),
    "privacy": Command("privacy", "in hồ sơ xử lý dữ liệu cá nhân từ khai báo", Needs.NOTHING),
    "indicators": Command("indicators", "in tài liệu các chỉ số từ khai báo", Needs.NOTHING),
    "quality": Command("quality", "những điểm cần xem lại trong hồ sơ của một đơn vị"),
    "account add": Command("account_add", "tạo tài khoản và giao vai trò"),
    "account free": Command("account_free", "gỡ đăng nhập hai bước và mở lại một tài khoản"),
    "manage": Command("manage", "lệnh quản trị của Django"),
}


class Parser(argparse.ArgumentParser):
    """A parser whose refusals are ordinary refusals."""

    def error(self, message: str) -> NoReturn:
        raise Refused("bad_arguments", message)


def main(arguments: Sequence[str] | None = None) -> None:
    """Entry point of `nhanlucso`."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(
            stream, TextIOWrapper
        ):  # whatever the terminal speaks; a stray byte in a name is escaped
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    sys.exit(run(words))


def run(words: Sequence[str]) -> int:
    """Runs one command and returns its exit code."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nhanlucso.config.settings")
    try:
        if not words or words[0] in ("-h", "--help"):
            print(usage())
            return 0
        name, rest = split(words)
        command = COMMANDS[name]
        prepare(command.needs, only_help=bool({"-h", "--help"} & set(rest)))
        module: Any = import_module(f"nhanlucso.cli.{command.module}")
        if name == "manage":
            return int(module.run(rest) or 0)
        parser = Parser(prog=f"nhanlucso {name}", description=command.words, allow_abbrev=False)
        module.arguments(parser)
        options = parser.parse_args(rest)
        check_text(options)
        return int(module.run(options) or 0)
    except Refused as refusal:
        refuse(refusal, as_json="--json" in words)
        return 2
    except BrokenPipeError:
        return 0
    except (DatabaseError, OSError) as problem:
        refuse(_without_database(problem), as_json="--json" in words)
        return 2


def _without_database(problem: DatabaseError | OSError) -> Refused:
    """What is told where database or disk fail. Raises other faults of files again."""
    trouble = trouble_of(problem)
    if trouble is not None and (isinstance(problem, DatabaseError) or trouble is Trouble.FULL):
        return refused(trouble)
    if isinstance(problem, OSError):
        raise problem
    message = f"Cơ sở dữ liệu đang bận hoặc không dùng được ({problem}); chưa ghi gì, xin làm lại sau."
    return Refused("database_unavailable", message)


def check_text(options: argparse.Namespace) -> None:
    """Raises Refused("bad_arguments") for bytes that are no UTF-8. Paths may hold any: they name what is there."""
    values = [v for value in vars(options).values() for v in (value if isinstance(value, list) else [value])]
    for value in values:
        if isinstance(value, str) and any("\ud800" <= letter <= "\udfff" for letter in value):
            raise Refused("bad_arguments", f"«{value}» không phải UTF-8.")


def prepare(needs: Needs, *, only_help: bool) -> None:
    """Makes ready what a command needs; to describe itself it needs no database. Raises Refused."""
    if needs is Needs.DATABASE and not only_help:
        ready()
    elif needs is not Needs.NOTHING:
        started()


def split(words: Sequence[str]) -> tuple[str, list[str]]:
    """The command's name, of one word or two, and its arguments. Raises Refused("unknown_command")."""
    for length in (2, 1):
        name = " ".join(words[:length])
        if name in COMMANDS:
            return name, list(words[length:])
    raise Refused("unknown_command", f"Không có lệnh «{' '.join(words[:2])}». Xem: nhanlucso --help")


def usage() -> str:
    lines = [f"  {name:<15} {command.words}" for name, command in COMMANDS.items()]
    return "\n".join(["nhanlucso LỆNH …", "", *lines, "", "nhanlucso LỆNH --help cho từng lệnh."])


if __name__ == "__main__":
    main()
