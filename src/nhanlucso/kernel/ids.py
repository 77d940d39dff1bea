"""Identifiers made here are opaque, short and unique."""

from __future__ import annotations

import re
import secrets

_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"  # no 0/o, 1/l/i: people read these aloud
_NONCE = re.compile(r"[a-z0-9-]{8,60}")


def is_nonce(text: str) -> bool:
    """Whether a text can be the nonce of a form: made by the page or the device, opaque."""
    return _NONCE.fullmatch(text) is not None


def new_uid(prefix: str = "") -> str:
    """A fresh opaque id of 12 random characters (59 bits), with an optional readable prefix."""
    body = "".join(secrets.choice(_ALPHABET) for _ in range(12))
    return f"{prefix}-{body}" if prefix else body
