"""Findings of all rules over one build, and how many there are in every unit."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from nhanlucso.indicators.quality.declared import RULES
from nhanlucso.indicators.quality.rule import Facts, Found, Limits, Rule, Search

Say = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class Finding:
    """One doubt: what it is about (`subject`, by the key of its rule), where on today's tree, when, and the facts
    behind it. `unit` None: no unit of today holds it."""

    rule: Rule
    unit: int | None
    day: date | None
    subject: str
    facts: Facts

    @property
    def fingerprint(self) -> str:
        """Changes with the facts behind the finding and with the version of its rule."""
        said = json.dumps([self.rule.code, self.rule.version, self.subject, self.facts], sort_keys=True)
        return hashlib.sha256(said.encode()).hexdigest()


def subject_of(rule: Rule, facts: Facts) -> str:
    """«person:5 session:3 other_session:9»."""
    return " ".join(f"{name}:{facts[name]}" for name in rule.key)


def search_all(search: Search, changed: Mapping[str, Limits], say: Say | None = None) -> list[Finding]:
    """What every rule finds, in the order of the rules, the latest first. `changed`: limits by rule."""
    found: list[Finding] = []
    for done, rule in enumerate(RULES.values()):
        if say is not None:
            say(done, len(RULES), str(rule.name))
        found += _findings(search, rule, rule.find(search, rule.set_limits(changed.get(rule.code, {}))))
    return found


def _findings(search: Search, rule: Rule, yielded: Iterable[Found]) -> list[Finding]:
    """Findings of a rule with their places; what is told twice of one subject stands once."""
    rows = list(yielded)
    homes = search.homes(row.anchor for row in rows if row.anchor is not None)
    once: dict[str, Finding] = {}
    for row in rows:
        where = row.unit if row.anchor is None else homes.get(row.anchor)
        finding = Finding(rule, where, row.day, subject_of(rule, row.facts), row.facts)
        once.setdefault(finding.subject, finding)
    return sorted(once.values(), key=lambda f: (f.day is None, -(f.day or date.min).toordinal(), f.subject))


class Book:
    """All findings of a build on the tree of a day. `key` names the build, day and settings it was made from, `as_of`
    the time of the build as text."""

    def __init__(
        self,
        key: str,
        as_of: str,
        day: date,
        findings: Sequence[Finding],
        tree: Mapping[int, tuple[int, ...]],
    ) -> None:
        self.key = key
        self.as_of = as_of
        self.day = day
        self.findings = findings
        self._tree = tree

    @cached_property
    def by_rule(self) -> dict[str, list[Finding]]:
        found: dict[str, list[Finding]] = {code: [] for code in RULES}
        for finding in self.findings:
            found[finding.rule.code].append(finding)
        return found

    @cached_property
    def by_subject(self) -> dict[tuple[str, str], Finding]:
        return {(finding.rule.code, finding.subject): finding for finding in self.findings}

    @cached_property
    def counts(self) -> dict[int | None, Counter[str]]:
        """Findings by rule in every unit with all below it; under None those of no unit."""
        own = Counter((finding.unit, finding.rule.code) for finding in self.findings)
        found: dict[int | None, Counter[str]] = {}
        for (unit, code), count in own.items():
            for above in self.line(unit):
                found.setdefault(above, Counter())[code] += count
        return found

    def line(self, unit: int | None) -> tuple[int | None, ...]:
        """The units that count what lies in a unit."""
        return (None,) if unit is None else self._tree.get(unit, (unit,))
