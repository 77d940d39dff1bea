"""What a capsule says of itself: the signed first page."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from nhanlucso.indicators.capsules import container, signing
from nhanlucso.kernel.clock import day_of
from nhanlucso.kernel.language import say as _

FORMAT, VERSION = "nhanlucso-capsule", 1


@dataclass(frozen=True, slots=True)
class Place:
    """A unit of which the capsule has figures. `number`: in tree and facts; `id`: as figures name it."""

    number: int
    id: str
    code: str
    name: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """The first page of a capsule.

    `unit` comes first in `units`, then its children; `window`, `tree`: days; `definitions`: version by code; `build`,
    `as_of`: the facts; `product`: the version that wrote it; `made_at`: when; `context`: number of the document,
    revision and the like; `rows`: of each table; `members`: name → SHA-256; `public_key`: 64 hexadecimal digits.
    `digest`: SHA-256 of the bytes of this page, which names the capsule.
    """

    units: tuple[Place, ...]
    period: str
    calendar: str
    window: tuple[date, date]
    tree: date
    definitions: Mapping[str, int]
    build: str
    as_of: str
    product: str
    made_at: str
    context: Mapping[str, str]
    rows: Mapping[str, int]
    members: Mapping[str, str]
    public_key: str
    digest: str = field(default="", compare=False)

    @property
    def unit(self) -> Place:
        return self.units[0]

    @property
    def fingerprint(self) -> str:
        """Of the public key that it names."""
        return signing.fingerprint(bytes.fromhex(self.public_key))

    @property
    def revision(self) -> str:
        return self.context.get("revision", "")


def to_bytes(manifest: Manifest) -> bytes:
    """The page as it is signed."""
    document = {
        "format": FORMAT,
        "version": VERSION,
        "units": [
            {"number": u.number, "id": u.id, "code": u.code, "name": u.name, "kind": u.kind}
            for u in manifest.units
        ],
        "period": manifest.period,
        "calendar": manifest.calendar,
        "window": [day.isoformat() for day in manifest.window],
        "tree": manifest.tree.isoformat(),
        "definitions": dict(manifest.definitions),
        "build": manifest.build,
        "as_of": manifest.as_of,
        "product": manifest.product,
        "made_at": manifest.made_at,
        "context": dict(sorted(manifest.context.items())),
        "rows": dict(manifest.rows),
        "members": dict(manifest.members),
        "public_key": manifest.public_key,
    }
    return as_json(document)


def from_bytes(data: bytes) -> Manifest:
    """Raises Refused("not_a_capsule") for a page of something else, Refused("capsule_damaged") for one that cannot be
    read, or of a newer format."""
    document = loaded(container.MANIFEST, data)
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise container.not_a_capsule()
    if document.get("version") != VERSION:
        raise container.damaged_member(
            container.MANIFEST,
            _("phiên bản %(found)s; ở đây đọc được %(known)s.")
            % {"found": document.get("version"), "known": VERSION},
        )
    try:
        return _read(document, container.digest(data))
    except (ValueError, TypeError, KeyError, AttributeError, IndexError):
        raise container.damaged_member(container.MANIFEST, _("không đọc được.")) from None


def _read(document: dict[str, Any], digest: str) -> Manifest:
    units = tuple(
        Place(_whole(u["number"]), _text(u["id"]), _text(u["code"]), _text(u["name"]), _text(u["kind"]))
        for u in document["units"]
    )
    a, b = (_day(text) for text in document["window"])
    if not units or len(bytes.fromhex(document["public_key"])) != 32:
        raise ValueError
    return Manifest(
        units=units,
        window=(a, b),
        tree=_day(document["tree"]),
        definitions={_text(code): _whole(version) for code, version in document["definitions"].items()},
        context=_texts(document["context"]),
        rows={_text(table): _whole(count) for table, count in document["rows"].items()},
        members=_texts(document["members"]),
        digest=digest,
        **{
            name: _text(document[name])
            for name in ("period", "calendar", "build", "as_of", "product", "made_at", "public_key")
        },
    )


def as_json(document: object) -> bytes:
    """JSON as capsules hold it: UTF-8, one line, no spaces."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode() + b"\n"


def loaded(name: str, data: bytes) -> Any:
    """A JSON member. Raises Refused("capsule_damaged")."""
    try:
        return json.loads(data)
    except (ValueError, RecursionError):
        raise container.damaged_member(name, _("không phải JSON.")) from None


def _texts(value: dict[Any, Any]) -> dict[str, str]:
    return {_text(name): _text(words) for name, words in value.items()}


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _whole(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError
    return value


def _day(value: object) -> date:
    day = day_of(_text(value))
    if day is None:
        raise ValueError
    return day
