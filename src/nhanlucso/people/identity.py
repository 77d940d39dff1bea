"""Identity numbers at rest: encrypted, matched by a keyed hash, masked on screen.

Both texts carry the version of their scheme in front, so that keys and schemes can be changed one row at a time.
The keys are settings.FIELD_KEY and settings.MATCH_KEY; they lie in the data folder, apart from the database file.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

_SCHEME = "v1:"
_NONCE = 12
_SHOWN = 3


class Undecipherable(Exception):
    """A stored number that the present key does not open: the keys of the installation were lost or swapped."""


def encrypt(text: str) -> str:
    """The number as stored (AES-256-GCM with a fresh nonce, so never twice the same); empty stays empty."""
    if not text:
        return ""
    nonce = secrets.token_bytes(_NONCE)
    sealed = _sealer(settings.FIELD_KEY).encrypt(nonce, text.encode(), _SCHEME.encode())
    return _SCHEME + base64.urlsafe_b64encode(nonce + sealed).decode()


def decrypt(cipher: str) -> str:
    """The number behind what `encrypt` gave; empty stays empty. Raises Undecipherable."""
    if not cipher:
        return ""
    try:
        if not cipher.startswith(_SCHEME):
            raise ValueError
        data = base64.urlsafe_b64decode(cipher.removeprefix(_SCHEME))
        return _sealer(settings.FIELD_KEY).decrypt(data[:_NONCE], data[_NONCE:], _SCHEME.encode()).decode()
    except (InvalidTag, ValueError):
        raise Undecipherable from None


def match_hash(text: str) -> str:
    """What equal numbers have in common (HMAC-SHA256), without telling the number; empty stays empty."""
    if not text:
        return ""
    digest = hmac.digest(settings.MATCH_KEY.encode(), text.encode(), "sha256")
    return _SCHEME + base64.urlsafe_b64encode(digest).decode().rstrip("=")


def masked(text: str) -> str:
    """For the screen: only the last three digits, 002175856728 → •••••••••728."""
    return "•" * (len(text) - _SHOWN) + text[-_SHOWN:] if len(text) > _SHOWN else "•" * len(text)


def shown(cipher: str) -> str:
    """A stored number as a page shows it: masked; a row of question marks where the key does not open it."""
    try:
        return masked(decrypt(cipher))
    except Undecipherable:
        return "?" * 12


@lru_cache(maxsize=4)
def _sealer(key: str) -> AESGCM:
    return AESGCM(hashlib.sha256(b"nhanlucso field " + key.encode()).digest())
