"""Finding entries by text, by key, and by subtree on a date."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cache

from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.text import fold
from nhanlucso.orgs.catalogue.history import successors
from nhanlucso.orgs.catalogue.records import KINDS, Entry
from nhanlucso.orgs.catalogue.tables import names_above, tables


def entries() -> tuple[Entry, ...]:
    """All entries of all times: provinces, districts, communes, each in order of code and first day."""
    return tuple(tables().entries.values())


def entry(key: str) -> Entry:
    """KeyError if there is none."""
    return tables().entries[key]


def find(texts: Sequence[str], on: date | None = None, kind: str | None = None) -> list[Entry]:
    """Entries whose name contains, or whose code equals, any of the texts, by name, code and first day.

    Case, marks and the place of tones are ignored, đ is d; blank texts find nothing. With `on`, only entries
    valid on that day, with their district and province as of it. `kind`: province, district or commune, else
    Refused (unknown_kind).
    """
    if kind is not None and kind not in KINDS:
        raise Refused(
            "unknown_kind", f"Danh mục quốc gia không có loại «{kind}»; chỉ có: {', '.join(KINDS)}."
        )
    codes = {text.strip() for text in texts}
    words = [word for text in texts if (word := fold(text))]
    found = (
        candidate
        for folded, candidate in _by_name()
        if candidate.code in codes or any(word in folded for word in words)
    )
    found = (candidate for candidate in found if kind is None or candidate.kind == kind)
    return [_as_of(candidate, on) for candidate in found if on is None or candidate.is_valid_on(on)]


def subtree(key: str, on: date) -> list[Entry]:
    """The entry and all below it on a day, parents first, by code; [] if it is not valid then.

    KeyError for an unknown key.
    """
    root = tables().entries[key]
    if not root.is_valid_on(on):
        return []
    level, result = [root], [_as_of(root, on)]
    while level:
        level = sorted(
            (
                child
                for parent in level
                for child in tables().children.get(parent.code, [])
                if child.is_valid_on(on)
            ),
            key=lambda child: child.code,
        )
        result.extend(_as_of(child, on) for child in level)
    return result


def as_json(entry: Entry) -> dict[str, object]:
    """An entry as `catalogue find` prints it: null for a level above that it does not have or an open end."""
    return {
        "code": entry.code,
        "name": entry.name,
        "kind": entry.kind,
        "district": entry.district or None,
        "province": entry.province or None,
        "valid_from": entry.valid_from.isoformat() if entry.valid_from else None,
        "valid_to": entry.valid_to.isoformat() if entry.valid_to else None,
        "successors": [
            {"code": successor.code, "name": successor.name, "relation": successor.relation}
            for successor in successors(entry.key)
        ],
    }


@cache
def _by_name() -> tuple[tuple[str, Entry], ...]:
    folded = ((fold(candidate.name), candidate) for candidate in tables().entries.values())
    return tuple(sorted(folded, key=lambda pair: (pair[0], pair[1].code, pair[1].valid_from or date.min)))


def _as_of(entry: Entry, on: date | None) -> Entry:
    """The entry with its parent as of a day: a province may be renamed above communes that stay."""
    if on is None or not entry.parent_key:
        return entry
    parent_code = tables().entries[entry.parent_key].code
    parent = _as_of(tables().version_on(parent_code, on), on)
    district, province = names_above(entry.kind, parent)
    if (parent.key, district, province) == (entry.parent_key, entry.district, entry.province):
        return entry
    return replace(entry, parent_key=parent.key, district=district, province=province)
