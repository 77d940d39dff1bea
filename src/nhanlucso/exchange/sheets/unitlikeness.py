"""Units whose name is like one that no unit bears: slips, short forms, a missing or other word for the kind."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from nhanlucso.exchange.sheets.unitnames import plain, without_kind
from nhanlucso.orgs.rules import Version

_SHOWN = 5
_LEAST = 0.5  # of the pairs of letters must be common
_OTHER_KIND, _SHORT = 0.9, 0.8  # how like a name is that differs by its kind alone, or is written in initials
_NEARLY = 0.97  # no slip is like the name itself


class UnitLikeness:
    """Finds the names of units that a text comes near to."""

    def __init__(self, versions: Iterable[Version]) -> None:
        self._versions: dict[str, set[int]] = defaultdict(set)
        for version in versions:
            self._versions[plain(version.name)].add(version.unit)
        self._pairs: dict[str, set[str]] = defaultdict(set)  # pair of letters -> names
        self._sizes: dict[str, int] = {}
        self._initials: dict[str, set[str]] = defaultdict(set)
        for name in self._versions:
            bare = without_kind(name)
            pairs = _pairs(bare)
            self._sizes[name] = len(pairs)
            for pair in pairs:
                self._pairs[pair].add(name)
            for words in (name, bare):
                self._initials["".join(word[0] for word in words.split())].add(name)

    def like(self, text: str, readings: Iterable[str] = ()) -> list[tuple[int, float]]:
        """(unit, likeness from 0 to 1), the likest first; at most five."""
        best: dict[str, float] = {}
        for reading in (plain(text), *readings):
            for name, likeness in self._of_reading(reading):
                best[name] = max(best.get(name, 0.0), likeness)
        ranked = sorted(best.items(), key=lambda item: (-item[1], item[0]))
        found: dict[int, float] = {}
        for name, likeness in ranked:
            for unit in sorted(self._versions[name]):
                found.setdefault(unit, likeness)
        return list(found.items())[:_SHOWN]

    def _of_reading(self, reading: str) -> list[tuple[str, float]]:
        bare = without_kind(reading)
        kind = reading.removesuffix(bare)
        pairs = _pairs(bare)
        common = Counter(name for pair in pairs for name in self._pairs.get(pair, ()))
        found: list[tuple[str, float]] = []
        for name, count in common.items():
            of_kind = not kind or name.startswith(kind)
            same = without_kind(name) == bare
            likeness = 1.0 if same else 2 * count / (len(pairs) + self._sizes[name])
            if likeness >= _LEAST:
                most = 1.0 if name == reading else _NEARLY
                found.append((name, min(likeness, most) * (1.0 if of_kind else _OTHER_KIND)))
        found += [(name, _SHORT) for name in self._shortened(reading)]
        return found

    def _shortened(self, reading: str) -> set[str]:
        """Names of which the text gives the first letters, all of them or behind the first word: «phong vhxh»."""
        compact = reading.replace(" ", "")
        names = set(self._initials.get(compact, ())) if len(compact) > 1 else set()
        first, _, rest = reading.partition(" ")
        if rest:
            letters = first[0] + rest.replace(" ", "")
            names |= {name for name in self._initials.get(letters, ()) if name.startswith(first + " ")}
        return names


def _pairs(name: str) -> set[str]:
    """The pairs of neighbouring letters, spaces among them."""
    padded = f" {name} "
    return {padded[place : place + 2] for place in range(len(padded) - 1)}
