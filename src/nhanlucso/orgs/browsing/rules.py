"""The order in which lists show units."""

from __future__ import annotations

import re
from collections.abc import Iterable

from nhanlucso.kernel.text import fold
from nhanlucso.orgs.rules import Version

_KINDS = ("country", "province", "agency", "division", "service_unit", "district", "commune", "village")
_NUMBERS = re.compile(r"\d+")


def ordered(versions: Iterable[Version]) -> list[Version]:
    """Units as lists show them: by kind, then by name, «Thôn 2» before «Thôn 10»."""

    def key(version: Version) -> tuple[int, str, str, int]:
        kind = _KINDS.index(version.kind) if version.kind in _KINDS else len(_KINDS)
        natural = _NUMBERS.sub(lambda number: number[0].zfill(8), fold(version.name))
        return kind, natural, version.name, version.unit

    return sorted(versions, key=key)
