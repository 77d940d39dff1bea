"""`account free`: lets somebody in again who lost phone and codes, where no other administrator can help."""

from __future__ import annotations

import argparse

from nhanlucso.access.models import Account
from nhanlucso.access.services import enable_account
from nhanlucso.access.steps.services import take_off_second_step
from nhanlucso.cli.output import emit
from nhanlucso.kernel.clock import now
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.scope import SYSTEM


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("username")
    parser.add_argument("--json", action="store_true")


def run(options: argparse.Namespace) -> None:
    account = Account.objects.filter(username=options.username).first()
    if account is None:
        raise Refused("unknown_account", f"Không có tài khoản {options.username}.")
    take_off_second_step(account=account, by=SYSTEM, at=now())
    enable_account(account=account, by=SYSTEM, at=now())
    if options.json:
        emit({"username": account.username})
    else:
        print(f"Tài khoản {account.username} vào được bằng mật khẩu; đặt lại bước thứ hai sau khi vào.")
