"""Who signs capsules: the key of this installation, and how keys are named.

The key pair (kernel/signing.py) is made from the text of <data>/keys/sign.key, a secret like the other keys; it is
copied and restored with them. A fingerprint is the beginning of the SHA-256 of the public key.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from django.conf import settings

from nhanlucso.kernel.signing import is_signed, public_key, sign

__all__ = ["is_signed", "public_key", "sign"]
KEY_FILE = "sign.key"
FINGERPRINT = 32  # hexadecimal digits: 128 bits
SHORT = 16  # on paper
_HEX = re.compile(r"[0-9a-f]+")


def fingerprint(key: bytes) -> str:
    """Name of a public key: 32 hexadecimal digits."""
    return hashlib.sha256(key).hexdigest()[:FINGERPRINT]


def grouped(digits: str) -> str:
    """Digits in groups of four, for people who compare them: «3f2a 77c0 …»."""
    return " ".join(digits[at : at + 4] for at in range(0, len(digits), 4))


def plain(written: str) -> str:
    """The digits of a fingerprint as somebody wrote it: spaces, colons, dashes and capitals do not matter. Empty for
    what is none."""
    digits = re.sub(r"[\s:·-]", "", written).lower()
    return digits if _HEX.fullmatch(digits) else ""


def own_key() -> bytes | None:
    """The public key of this installation; None where it has no key yet (before `init`)."""
    return public_key() if (Path(settings.DATA) / "keys" / KEY_FILE).is_file() else None


def written_key(text: str) -> str:
    """The public key (64 digits) or else the fingerprint (32) that a text names; empty where there is none."""
    whole = re.search(r"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])", text.lower())
    if whole:
        return whole[0]
    short = re.search(r"(?<![0-9a-f])(?:[0-9a-f]{4}[ :·-]?){7}[0-9a-f]{4}(?![0-9a-f])", text.lower())
    return plain(short[0]) if short else plain(text)
