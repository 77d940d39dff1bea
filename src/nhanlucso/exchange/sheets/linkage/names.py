"""How the name of a row compares with the name of a person; plain texts, folded."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache

from nhanlucso.kernel.text import name_key

_GIVEN = "*"  # the given name, where it is the same
_LONG_WORD = 5  # letters from which on a word may differ by two


@lru_cache(maxsize=200_000)
def words_of(folded: str) -> tuple[str, ...]:
    """«n.t. huong» → («n», «t», «huong»)."""
    return tuple(folded.replace(".", " ").replace("-", " ").split())


def name_level(one: str, other: str) -> str:
    """What two folded names have in common: a key of `weights.NAME`, «other_name» if nothing that would tell."""
    if one == other:
        return "same_name_bare"
    a, b = words_of(one), words_of(other)
    if not a or not b:
        return "other_name"
    if a[-1] == b[-1]:  # which given name it is does not matter then, and the rests meet again and again
        a, b = (*a[:-1], _GIVEN), (*b[:-1], _GIVEN)
    return _level(a, b)


@lru_cache(maxsize=200_000)
def _level(a: tuple[str, ...], b: tuple[str, ...]) -> str:
    if len(a) == len(b):
        return _level_of_words(a, b)
    if a[-1] == b[-1] and a[0][0] == b[0][0] and _is_part(a, b):
        return "name_part"
    return "name_typo" if abs(len(a) - len(b)) <= 2 and "".join(a) == "".join(b) else "other_name"


def _level_of_words(a: Sequence[str], b: Sequence[str]) -> str:
    """Of names with as many words."""
    differing = [pair for pair in zip(a, b, strict=True) if pair[0] != pair[1]]
    if not differing:
        return "name_initials"  # they differ by their points alone
    x, y = differing[0]
    initials = x[0] == y[0] and (len(x) == 1 or len(y) == 1) and a[-1] == b[-1]
    if initials and all(_is_initial(*pair) for pair in differing):
        return "name_initials"
    if len(differing) == 1:
        return "name_typo" if len(a) > 1 and slips(x, y) else "other_name"
    if sum(len(x) - len(y) for x, y in differing) == 0:  # as orders and spaces leave it
        if sorted(a) == sorted(b):
            return "name_order"
        if "".join(a) == "".join(b):
            return "name_typo"
    few = len(differing) == 2 and len(a) > 3
    return "name_typo" if few and all(edits(x, y, 1) <= 1 for x, y in differing) else "other_name"


def _is_initial(x: str, y: str) -> bool:
    return x[0] == y[0] and (len(x) == 1 or len(y) == 1)


def _is_part(a: Sequence[str], b: Sequence[str]) -> bool:
    """Whether one name, with the given name of the other, is that with words left out."""
    short, long = (a, b) if len(a) < len(b) else (b, a)
    if len(short) < 2 or short[0] != long[0]:
        return False
    rest = iter(long[1:-1])
    return all(word in rest for word in short[1:-1])


def slips(one: str, other: str) -> bool:
    """Whether a word may be the other by a slip of the fingers, or two in a long one."""
    most = 2 if min(len(one), len(other)) >= _LONG_WORD else 1
    return edits(one, other, most) <= most


@lru_cache(maxsize=500_000)
def edits(one: str, other: str, most: int) -> int:
    """Letters put in, left out, changed or swapped with their neighbour (optimal string alignment); `most` + 1 as
    soon as there are more than `most`."""
    if one == other:
        return 0
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, x in enumerate(one, 1):
        row = [i]
        for j, y in enumerate(other, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (x != y))
            if i > 1 and j > 1 and x == other[j - 2] and y == one[i - 2]:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
        before, last = last, row
    return min(last[-1], most + 1)


class NearNames:
    """Folded names, found by another writing of them: the given name or all the rest must be intact."""

    def __init__(self, names: Iterable[str]) -> None:
        self._by_given: dict[tuple[str, str], list[str]] = defaultdict(list)
        self._by_rest: dict[tuple[str, ...], list[str]] = defaultdict(list)
        for name in names:
            words = words_of(name)
            if words:
                self._by_given[words[-1], words[0][0]].append(name)
            if len(words) > 1:
                self._by_rest[words[:-1]].append(name)
        self._kept: dict[str, list[str]] = {}

    def near(self, folded: str) -> list[str]:
        """Other names that the text may mean."""
        found = self._kept.get(folded)
        if found is None:
            words = words_of(folded)
            names: list[str] = []
            if words:
                names += self._by_given.get((words[-1], words[0][0]), ())
                names += self._by_rest.get(words[:-1], ()) if len(words) > 1 else ()
            near = {name for name in names if name != folded and name_level(folded, name) != "other_name"}
            found = self._kept[folded] = sorted(near)
        return found


class NearWords:
    """Words, found by a slip of the fingers."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = [(word, frozenset(word)) for word in sorted(set(words))]
        self._kept: dict[str, list[str]] = {}

    def near(self, word: str) -> list[str]:
        """Other words that the word may mean."""
        found = self._kept.get(word)
        if found is None:
            letters = frozenset(word)
            found = self._kept[word] = [
                one
                for one, its in self._words
                if len(letters - its) <= 2
                and len(its - letters) <= 2
                and one != word
                and edits(word, one, 2) <= 2
            ]
        return found


def same_name(one: str | None, other: str) -> bool:
    """Equal letter by letter and tone by tone; where the tone stands, and capitals, do not matter."""
    return one is not None and (one == other or _key(one) == _key(other))


@lru_cache(maxsize=200_000)
def _key(name: str) -> str:
    return name_key(name)


def may_be_name(one: str | None, other: str) -> bool:
    """As `same_name`, or one of the two is typed without any marks."""
    return one is not None and (one.isascii() or other.isascii() or same_name(one, other))
