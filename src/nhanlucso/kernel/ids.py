"""Identifiers made here are opaque, short and unique."""

from __future__ import annotations

import secrets

_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"  # no 0/o, 1/l/i: people read these aloud


def new_uid(prefix: str = "") -> str:
    """A fresh opaque id of 12 random characters (59 bits), with an optional readable prefix."""
    body = "".join(secrets.choice(_ALPHABET) for _ in range(12))
    return f"{prefix}-{body}" if prefix else body
