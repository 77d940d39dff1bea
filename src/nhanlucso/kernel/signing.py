"""What this installation signs with: one key pair, made from the text of <data>/keys/sign.key.

Whoever signs puts what the signature is for into the bytes, so that one signature never stands for another.
"""

from __future__ import annotations

import hashlib

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings

_PURPOSE = b"nhanlucso capsule signing key v1\0"  # of the key, not of what is signed with it


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


def _private() -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(
        hashlib.sha256(_PURPOSE + settings.SIGN_KEY.encode()).digest()
    )
