"""What a backup says of itself, and the seal that nobody without the keys can make."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import PurePosixPath
from typing import Any

from nhanlucso.upkeep.archive import Damaged, Foreign, Member

FORMAT, VERSION = "nhanlucso-backup", 1
# Folders of the data folder with files that nothing else holds: what people uploaded, outlines for maps.
KEPT = ("uploads", "boundaries")

Keys = Mapping[str, str]  # name of the key file → its text


class Newer(Exception):
    """Written by a later version of the product; the message names it."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What is in a database: rows of every table, applied migrations as `app.name`."""

    rows: dict[str, int]
    migrations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Manifest:
    """`made_at` is ISO 8601 in UTC, `vendor` sqlite or postgresql, `keys` a fingerprint for each key;
    `anchor`: number and digest of the newest seal of the log."""

    product: str
    made_at: str
    vendor: str
    contents: Contents
    keys: dict[str, str]
    members: tuple[Member, ...]
    anchor: str = ""

    @property
    def database(self) -> Member:
        return self.members[0]


def to_bytes(manifest: Manifest) -> bytes:
    document = {
        "format": FORMAT,
        "version": VERSION,
        "product": manifest.product,
        "made_at": manifest.made_at,
        "database": manifest.vendor,
        "migrations": list(manifest.contents.migrations),
        "rows": manifest.contents.rows,
        "keys": manifest.keys,
        "log_anchor": manifest.anchor,
        "members": [asdict(member) for member in manifest.members],
    }
    return json.dumps(document, ensure_ascii=False, indent=1).encode() + b"\n"


def from_bytes(data: bytes) -> Manifest:
    """Raises Foreign, Newer, or Damaged for one that cannot be read. Its seal is not looked at here."""
    try:
        document = json.loads(data)
        if document["format"] != FORMAT:
            raise Foreign
        if document["version"] > VERSION:
            raise Newer(str(document["product"]))
        return _read(document)
    except (ValueError, TypeError, KeyError, AttributeError):
        raise Damaged("manifest.json") from None


def _read(document: dict[str, Any]) -> Manifest:
    members = tuple(Member(m["name"], int(m["size"]), m["sha256"]) for m in document["members"])
    if not members or not all(_in_place(member.name) for member in members[1:]):
        raise ValueError
    contents = Contents(
        rows={str(table): int(count) for table, count in document["rows"].items()},
        migrations=tuple(map(str, document["migrations"])),
    )
    return Manifest(
        product=str(document["product"]),
        made_at=str(document["made_at"]),
        vendor=str(document["database"]),
        contents=contents,
        keys={str(name): str(mark) for name, mark in document["keys"].items()},
        members=members,
        anchor=str(document.get("log_anchor", "")),
    )


def _in_place(name: str) -> bool:
    """Whether a member stays below one of the folders that are kept."""
    parts = PurePosixPath(name).parts
    return len(parts) > 1 and parts[0] in KEPT and ".." not in parts


def seal(manifest: bytes, keys: Keys) -> bytes:
    """HMAC-SHA256 of the manifest under the keys of the installation, as hexadecimal digits."""
    secret = hashlib.sha256(b"nhanlucso backup seal " + json.dumps(dict(sorted(keys.items()))).encode())
    return hmac.new(secret.digest(), manifest, "sha256").hexdigest().encode()


def fingerprints(keys: Keys) -> dict[str, str]:
    """Tells whether keys are the right ones, and nothing of the keys: they are long and random."""
    return {name: _fingerprint(name, text) for name, text in sorted(keys.items())}


def _fingerprint(name: str, text: str) -> str:
    return hashlib.sha256(f"nhanlucso key {name} {text}".encode()).hexdigest()[:16]
