"""What became of an entry, and the changes that touch it."""

from __future__ import annotations

from collections.abc import Iterable

from nhanlucso.orgs.catalogue.records import DISTRICT, Change, Entry, Successor
from nhanlucso.orgs.catalogue.tables import Link, Tables, tables


def successors(key: str) -> tuple[Successor, ...]:
    """What an entry became at the change that ended it, by code; empty while it is valid.

    A district ended without a successor of its own; it became the communes that its communes became, whole if
    that is only one. KeyError for an unknown key.
    """
    found = tables()
    return tuple(
        Successor(link.target.code, link.target.name, link.relation, link.target.key)
        for link in sorted(_links_from(found, found.entries[key]), key=lambda link: link.target.code)
    )


def changes(keys: Iterable[str]) -> list[Change]:
    """The changes that ended or made any of these entries, in order of date. KeyError for an unknown key.

    An old unit stands here with all it became, also outside `keys`: a split is never shown by half.
    """
    found = tables()
    origins = {
        origin.key: origin
        for key in keys
        for origin in (found.entries[key], *(link.origin for link in found.links_to.get(key, [])))
    }
    lines = {_change(found, link) for origin in origins.values() for link in _links_from(found, origin)}
    return sorted(lines, key=lambda change: (change.date, change.from_key, change.to_key))


def _links_from(found: Tables, entry: Entry) -> list[Link]:
    links = found.links_from.get(entry.key, [])
    if links or entry.kind != DISTRICT or entry.valid_to is None:
        return links
    last_day = entry.valid_to
    through = {
        link.target.key: link
        for commune in found.children.get(entry.code, [])
        if commune.is_valid_on(last_day)
        for link in found.links_from.get(commune.key, [])
        if commune.valid_to == last_day
    }
    relation = "part" if len(through) > 1 else "whole"
    return [Link(link.day, entry, link.target, relation, link.document) for link in through.values()]


def _change(found: Tables, link: Link) -> Change:
    return Change(link.day, _kind(found, link), link.origin.key, link.target.key, link.document)


def _kind(found: Tables, link: Link) -> str:
    if link.relation == "part":
        return "split"
    others = [
        other for other in found.links_to.get(link.target.key, []) if other.origin.key != link.origin.key
    ]
    if others or link.target.valid_from != link.day:
        return "merge"
    if link.origin.name != link.target.name:
        return "rename"
    return "move"
