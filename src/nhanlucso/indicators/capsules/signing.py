"""Who signs capsules: the key of this installation, and how keys are named.

The key pair is made from the text of <data>/keys/sign.key, a secret like the other keys; it is copied and restored
with them. A fingerprint is the beginning of the SHA-256 of the public key.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings

KEY_FILE = "sign.key"
_PURPOSE = b"nhanlucso capsule signing key v1\0"
FINGERPRINT = 32  # hexadecimal digits: 128 bits
SHORT = 16  # on paper
_HEX = re.compile(r"[0-9a-f]+")


def sign(body: bytes) -> bytes:
    """The signature of this installation: 64 bytes, the same each time."""
    return _private().sign(body)


def public_key() -> bytes:
    """The public key of this installation: 32 bytes."""
    return _private().public_key().public_bytes_raw()


def is_signed(body: bytes, signature: bytes, key: bytes) -> bool:
    """Whether the holder of a public key signed these bytes."""
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, body)
    except (InvalidSignature, ValueError):
        return False
    return True


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


def _private() -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(
        hashlib.sha256(_PURPOSE + settings.SIGN_KEY.encode()).digest()
    )


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
