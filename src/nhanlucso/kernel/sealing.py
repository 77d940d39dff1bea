"""Values at rest: encrypted, matched by a keyed hash; keys that can be changed.

A key file in `<data>/keys/` holds one key a line, the newest first: `<id> <key>`, or a key alone (the one that an
installation began with). What is sealed names its key: `v2:<id>:…`, or `v1:…` for the key without an id. So a new
key can come while the old one still opens what was sealed with it. Files are looked at again when they change:
a process that runs while a key is changed seals with the new one from then on.

A column that holds what is sealed here is called `…_cipher`, the hash to match it by `…_hash`: a change of keys
(`upkeep/rotation/`) finds them by their names.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

FIELD, MATCH = "field.key", "match.key"
_SETTINGS = {FIELD: "FIELD_KEY", MATCH: "MATCH_KEY"}
_NONCE = 12


class Undecipherable(Exception):
    """A stored value that no present key opens: the keys of the installation were lost or swapped."""


@dataclass(frozen=True, slots=True)
class Key:
    """`id`: empty for the key that an installation began with."""

    id: str
    text: str

    @property
    def scheme(self) -> str:
        """What stands in front of everything made with this key."""
        return f"v2:{self.id}:" if self.id else "v1:"

    @property
    def line(self) -> str:
        return f"{self.id} {self.text}" if self.id else self.text


def new_key() -> Key:
    """A random key with a random id of eight hexadecimal digits."""
    return Key(secrets.token_hex(4), secrets.token_urlsafe(48))


def ring(name: str) -> tuple[Key, ...]:
    """The keys in a key file, the newest first; those of the settings where there is no file yet."""
    path = Path(settings.DATA) / "keys" / name
    try:
        seen = path.stat()
    except OSError:
        return _parsed(getattr(settings, _SETTINGS[name]))
    return _read(path, (seen.st_mtime_ns, seen.st_ino, seen.st_size))


def encrypt(text: str) -> str:
    """The value as stored (AES-256-GCM with a fresh nonce, so never twice the same); empty stays empty."""
    return _sealed(text, ring(FIELD)[0], secrets.token_bytes(_NONCE)) if text else ""


def decrypt(cipher: str) -> str:
    """The value behind what `encrypt` gave; empty stays empty. Raises Undecipherable."""
    if not cipher:
        return ""
    for key in ring(FIELD):
        if cipher.startswith(key.scheme):
            return _opened(cipher, key)
    raise Undecipherable


def encrypt_anew(cipher: str) -> str:
    """The same value under the newest key. Equal seals give equal seals: copies of a row stay equal to it.

    What is under the newest key already stays as it is. Raises Undecipherable.
    """
    newest = ring(FIELD)[0]
    if not cipher or cipher.startswith(newest.scheme):
        return cipher
    nonce = hmac.digest(newest.text.encode(), cipher.encode(), "sha256")[:_NONCE]
    return _sealed(decrypt(cipher), newest, nonce)


def match_hash(text: str) -> str:
    """What equal values have in common (HMAC-SHA256), without telling the value; empty stays empty."""
    return _hashed(text, ring(MATCH)[0]) if text else ""


def match_hashes(text: str) -> Sequence[str]:
    """All hashes that a stored row with this value may bear while keys are being changed, the newest first."""
    return [_hashed(text, key) for key in ring(MATCH)] if text else [""]


def _hashed(text: str, key: Key) -> str:
    digest = hmac.digest(key.text.encode(), text.encode(), "sha256")
    return key.scheme + base64.urlsafe_b64encode(digest).decode().rstrip("=")


def _sealed(text: str, key: Key, nonce: bytes) -> str:
    sealed = _cipher(key.text).encrypt(nonce, text.encode(), key.scheme.encode())
    return key.scheme + base64.urlsafe_b64encode(nonce + sealed).decode()


def _opened(cipher: str, key: Key) -> str:
    try:
        data = base64.urlsafe_b64decode(cipher.removeprefix(key.scheme))
        return _cipher(key.text).decrypt(data[:_NONCE], data[_NONCE:], key.scheme.encode()).decode()
    except (InvalidTag, ValueError):
        raise Undecipherable from None


@lru_cache(maxsize=8)
def _read(path: Path, seen: tuple[int, int, int]) -> tuple[Key, ...]:
    """`seen` tells one state of the file from the next."""
    return _parsed(path.read_text(encoding="ascii"))


@lru_cache(maxsize=16)
def _parsed(text: str) -> tuple[Key, ...]:
    lines = [line.split(" ", 1) for line in text.strip().splitlines() if line.strip()]
    return tuple(Key(*words) if len(words) > 1 else Key("", words[0]) for words in lines)


@lru_cache(maxsize=16)
def _cipher(key: str) -> AESGCM:
    return AESGCM(hashlib.sha256(b"nhanlucso field " + key.encode()).digest())
