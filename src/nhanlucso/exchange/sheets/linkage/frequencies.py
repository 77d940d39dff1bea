"""How often names, years, contacts and units occur by chance, counted in the register."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from nhanlucso.exchange.sheets.linkage.names import words_of
from nhanlucso.exchange.sheets.linkage.people import Known
from nhanlucso.exchange.sheets.linkage.weights import DAYS, NEW_YEAR

# A small register cannot tell how common a name is: it is taken together with so many people whose names are put
# together from words by chance, and so many words of the country at large.
_PEOPLE, _WORDS, _CONTACTS, _YEARS = 2_000, 200, 10_000, 40
_FAMILIES = {
    **{"nguyen": 0.36, "tran": 0.11, "le": 0.09, "pham": 0.07, "hoang": 0.05, "phan": 0.04, "vu": 0.035},
    **{"vo": 0.02, "dang": 0.02, "bui": 0.02, "do": 0.014, "ho": 0.013, "ngo": 0.013, "duong": 0.01},
}
_MIDDLES = {"thi": 0.38, "van": 0.2}
_FAMILY, _MIDDLE, _GIVEN = 0.003, 0.03, 0.006
_SHARED_PHONE, _SHARED_EMAIL = 0.05, 0.02  # others who use a contact that only one is known to have
_MARKED = 0.7  # of those with the same letters bear the same marks


class Frequencies:
    """Shares by chance, each between 0 and 1."""

    def __init__(self, people: Sequence[Known]) -> None:
        self.size = len(people)
        self._names = Counter(known.name_folded for known in people)
        self._marked = Counter(known.full_name for known in people)
        self._years = Counter(known.birth[:4] for known in people)
        self._phones = Counter(known.phone for known in people)
        self._emails = Counter(known.email for known in people)
        self._count_words()
        self._kept: dict[str, float] = {}

    def _count_words(self) -> None:
        self._families: Counter[str] = Counter()
        self._middles: Counter[str] = Counter()
        self._givens: Counter[str] = Counter()
        for name, count in self._names.items():
            words = words_of(name)
            if not words:
                continue
            self._families[words[0]] += count
            self._givens[words[-1]] += count
            for word in words[1:-1]:
                self._middles[word] += count

    def _word(self, counted: Counter[str], word: str, base: float) -> float:
        return (counted[word] + _WORDS * base) / (self.size + _WORDS)

    def given(self, name: str) -> float:
        """Of a given name, the last word of a folded name."""
        return self._word(self._givens, words_of(name)[-1], _GIVEN)

    def ends(self, name: str) -> float:
        """Of family and given name together, whatever stands between them."""
        family = words_of(name)[0]
        return self._word(self._families, family, _FAMILIES.get(family, _FAMILY)) * self.given(name)

    def _by_words(self, name: str) -> float:
        words = words_of(name)
        if not words:
            return 1.0
        share = self.ends(name)
        for word in words[1:-1]:
            share *= self._word(self._middles, word, _MIDDLES.get(word, _MIDDLE))
        return share

    def name(self, folded: str) -> float:
        """Of a folded name among others than the one who bears it."""
        share = self._kept.get(folded)
        if share is None:
            others = max(self._names[folded] - 0.5, 0)
            share = self._kept[folded] = (others + _PEOPLE * self._by_words(folded)) / (self.size + _PEOPLE)
        return share

    def marked(self, full_name: str, folded: str) -> float:
        """Of a name with its marks."""
        bearers = self._names[folded]
        share = (max(self._marked[full_name] - 0.5, 0) / bearers) if bearers > 1 else _MARKED
        return self.name(folded) * max(share, 0.05)

    def year(self, birth: str) -> float:
        return (self._years[birth[:4]] + 1) / (self.size + _YEARS)

    def day(self, birth: str) -> float:
        """Of a whole date; 1 January stands for many."""
        return self.year(birth) * (NEW_YEAR if birth.endswith("-01-01") else 1 / DAYS)

    def phone(self, phone: str) -> float:
        """Of a telephone among others: families share one, else nobody has it by chance."""
        return (max(self._phones[phone] - 1, 0) + _SHARED_PHONE) / (self.size + _CONTACTS)

    def email(self, email: str) -> float:
        return (max(self._emails[email] - 1, 0) + _SHARED_EMAIL) / (self.size + _CONTACTS)
