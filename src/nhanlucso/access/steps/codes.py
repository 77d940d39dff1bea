"""Codes of the second step: those of an app (RFC 6238: SHA-1, six digits, half a minute) and those on paper."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import struct
from datetime import datetime
from urllib.parse import quote, urlencode

DIGITS, PERIOD, DRIFT = 6, 30, 1  # steps that a clock may be early or late
_SECRET = 20  # bytes, as long as what the hash gives
PAPER_CODES = 10
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # nothing that looks like something else on paper
_GROUPS, _GROUP = 4, 4  # 31**16: nearly 80 bits, so that a plain hash is enough


def new_secret() -> str:
    """A random secret for an app, in base 32 as apps take it."""
    return base64.b32encode(secrets.token_bytes(_SECRET)).decode()


def code_at(secret: str, step: int) -> str:
    """The code of an app in the half minute of that number since 1970."""
    digest = hmac.digest(base64.b32decode(secret), struct.pack(">Q", step), hashlib.sha1)
    start = digest[-1] & 15
    number = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFF_FFFF
    return f"{number % 10**DIGITS:0{DIGITS}d}"


def step_of(secret: str, code: str, at: datetime) -> int | None:
    """The half minute that the code belongs to, of those around `at`; None for a wrong code."""
    here = int(at.timestamp()) // PERIOD
    found = [
        s for s in range(here - DRIFT, here + DRIFT + 1) if hmac.compare_digest(code_at(secret, s), code)
    ]
    return found[0] if found else None


def app_address(secret: str, username: str, issuer: str) -> str:
    """What the QR code tells an app."""
    label = quote(f"{issuer}:{username}")
    return f"otpauth://totp/{label}?{urlencode({'secret': secret, 'issuer': issuer})}"


def new_paper_code() -> str:
    """A random code as it is printed: k7qm-2vxp-9rtd-h4ws."""
    groups = ("".join(secrets.choice(_LETTERS) for _ in range(_GROUP)) for _ in range(_GROUPS))
    return "-".join(groups)


def plain(code: str) -> str:
    """A code as typed, without what people put between its parts."""
    return "".join(letter for letter in code.lower() if letter.isalnum())
