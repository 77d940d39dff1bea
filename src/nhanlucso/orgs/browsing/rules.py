"""The order in which lists show units, and how close a name is to words."""

from __future__ import annotations

import re
from collections.abc import Iterable

from nhanlucso.kernel.text import natural_key
from nhanlucso.orgs.rules import Version

_KINDS = ("country", "province", "agency", "division", "service_unit", "district", "commune", "village")
_KIND_WORDS = re.compile(
    r"^(?:xa|phuong|thi tran|dac khu|huyen|quan|thi xa|thanh pho|tinh|thon|ban|to dan pho)\s+"
)


def rank_of(kind: str) -> int:
    """The place of a kind of unit in lists."""
    return _KINDS.index(kind) if kind in _KINDS else len(_KINDS)


def ordered(versions: Iterable[Version]) -> list[Version]:
    """Units as lists show them: by kind, then by name, «Thôn 2» before «Thôn 10»."""

    def key(version: Version) -> tuple[int, str, str, int]:
        return rank_of(version.kind), natural_key(version.name), version.name, version.unit

    return sorted(versions, key=key)


def closeness(wanted: str, name: str, by_code: bool) -> int:
    """How close a folded name is to folded words; smaller is closer. «bao thang» is nearer to «xa bao thang» than to
    «nong truong bao thang», and «phu» to «xa phu nhuan» than to «phuong lao cai»."""
    bare, asked = _KIND_WORDS.sub("", name), _KIND_WORDS.sub("", wanted)
    if by_code or name == wanted:
        return 0
    if bare == asked:
        return 1
    if bare.startswith(asked) or (" " in wanted and name.startswith(wanted)):
        return 2
    return 3 if f" {asked}" in f" {bare}" else 4
