"""`account add`: an account with a role, for the first administrator and for scripts."""

from __future__ import annotations

import argparse
import getpass
import sys

from nhanlucso.access.enums import Role
from nhanlucso.access.invites.services import check_password_strength
from nhanlucso.access.models import Account
from nhanlucso.access.services import ensure_account
from nhanlucso.cli.output import emit
from nhanlucso.kernel.clock import now
from nhanlucso.kernel.scope import SYSTEM
from nhanlucso.orgs.queries import resolve_unit


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("username")
    parser.add_argument("--name", default="", help="họ và tên")
    parser.add_argument("--role", choices=Role.values, default=Role.OFFICER.value)
    parser.add_argument("--unit", metavar="ID", help="đơn vị được giao; bỏ trống: toàn hệ thống")
    parser.add_argument("--json", action="store_true")


def run(options: argparse.Namespace) -> None:
    """Asks for the password, or reads it from the first line of standard input."""
    unit = resolve_unit(options.unit) if options.unit else None
    password = getpass.getpass("Mật khẩu: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    named = Account(username=options.username, full_name=options.name)
    check_password_strength(password=password, account=named, by=SYSTEM, at=now())
    account = ensure_account(
        username=options.username,
        full_name=options.name,
        password=password,
        role=options.role,
        unit=unit,
        by=SYSTEM,
        at=now(),
    )
    if options.json:
        emit({"username": account.username, "role": options.role, "unit": options.unit})
    else:
        print(f"Đã có tài khoản {account.username} ({options.role}).")
