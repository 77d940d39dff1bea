"""What the directory of a province may say of accounts; plain values only."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nhanlucso.access.enums import Role
from nhanlucso.access.rules import ALLOWED
from nhanlucso.access.tokens.rules import NEVER_A_PROGRAM

SEPARATOR = ":"
_NAME = re.compile(r"[a-z0-9][a-z0-9._@+-]{2,149}")


@dataclass(frozen=True, slots=True)
class AccountData:
    """What is said of an account. `employee_code`: as the sign-in of the province names them."""

    username: str
    full_name: str = ""
    email: str = ""
    external_id: str = ""
    employee_code: str = ""
    language: str = "vi"
    active: bool = True


def name_is_written_right(username: str) -> bool:
    """As people type it, or as directories name people: letters without marks, digits, dots, dashes, «@», «+»."""
    return _NAME.fullmatch(username) is not None


def may_be_given(role: str) -> bool:
    """Whether a program may entrust a role: none that allows what stays with people."""
    return role in Role.values and not ALLOWED[Role(role)] & NEVER_A_PROGRAM


def role_parts(text: str) -> tuple[str, str]:
    """Role and id of the unit of «officer:xa-phu-nhuan»; without a unit it is over everything."""
    role, _separator, unit = text.partition(SEPARATOR)
    return role.strip(), unit.strip()


def role_text(role: str, unit: str) -> str:
    return f"{role}{SEPARATOR}{unit}" if unit else role
