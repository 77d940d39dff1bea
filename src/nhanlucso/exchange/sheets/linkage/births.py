"""How two births (ISO dates or years) compare."""

from __future__ import annotations

_DAY = 10  # letters of an ISO date


def births_differ(one: str | None, other: str) -> bool:
    """Whether two births (dates or years) cannot be the same."""
    if not one or not other:
        return False
    return one != other if len(one) == len(other) == _DAY else one[:4] != other[:4]


def birth_level(one: str | None, other: str) -> str:
    """What two births have in common: a key of `weights.BIRTH`, or empty where one of them is unknown."""
    if not one or not other:
        return ""
    if len(one) != _DAY or len(other) != _DAY:
        return "same_year" if one[:4] == other[:4] else "other_birth"
    if one == other:
        return "same_birth"
    if one[:4] == other[:4] and one[5:7] == other[8:] and one[8:] == other[5:7]:
        return "swapped_birth"
    differing = [place for place in range(_DAY) if one[place] != other[place]]
    crossed = len(differing) == 2 and one[differing[0]] == other[differing[1]]
    crossed = crossed and one[differing[1]] == other[differing[0]] and differing[1] - differing[0] == 1
    return "near_birth" if len(differing) == 1 or crossed else "other_birth"
