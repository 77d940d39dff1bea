"""Secrets of links and cards: whoever holds one is let in, so only its hash is stored."""

from __future__ import annotations

import hashlib
import secrets


def new_secret() -> str:
    """128 random bits as they stand in an address."""
    return secrets.token_urlsafe(16)


def hash_of(secret: str) -> str:
    """What is kept of a secret. It is long and random: a plain hash is enough."""
    return hashlib.sha256(secret.encode()).hexdigest()


def new_pin() -> str:
    """A random PIN of six digits."""
    return f"{secrets.randbelow(1_000_000):06d}"
