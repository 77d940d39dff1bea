"""Findings as a scope may see them: open ones, and those somebody accepted with a reason.

Counts are aggregates: who sees the figures of a unit sees them. What a finding names is asked of the rooms that keep
it, each with its own permission.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from nhanlucso.indicators.models import QualityException, QualityLimit
from nhanlucso.indicators.quality.books import Held, held_book, ready_book
from nhanlucso.indicators.quality.declared import RULES
from nhanlucso.indicators.quality.enums import Subject
from nhanlucso.indicators.quality.findings import Book, Finding
from nhanlucso.indicators.quality.rule import Rule
from nhanlucso.kernel.clock import now
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.kernel.steady import once
from nhanlucso.orgs.queries import reach, require_reach

OPEN, ACCEPTED = "open", "accepted"

MENDED_BY: Mapping[Subject, Permission] = {
    Subject.PERSON: Permission.EDIT_PEOPLE,
    Subject.CLASS: Permission.EDIT_CLASSES,
    Subject.TEAM: Permission.EDIT_TEAMS,
    Subject.UNIT: Permission.SUBMIT_REPORTS,
    Subject.TARGET: Permission.EDIT_PLANS,
}
"""Who may mend a record may also say that a finding about it is right as it is."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Which findings: of a rule (empty: all), of days from `first` to `last` (those without a day are of today and
    always asked), in a state (OPEN, ACCEPTED; empty: both)."""

    rule: str = ""
    first: date | None = None
    last: date | None = None
    state: str = OPEN

    def takes(self, finding: Finding) -> bool:
        """Whether the rule and day of a finding are asked for."""
        if self.rule and finding.rule.code != self.rule:
            return False
        if finding.day is None or self.first is None or self.last is None:
            return True
        return self.first <= finding.day <= self.last


@dataclass(frozen=True, slots=True)
class Told:
    """A finding with what was said of it, if that still holds."""

    finding: Finding
    accepted: QualityException | None


@dataclass(frozen=True, slots=True)
class Tally:
    """How many findings of each rule are open, how many accepted."""

    open: Counter[str]
    accepted: Counter[str]


def held(scope: Scope) -> Held:
    """What the rules found, as it is at hand. Nothing of it may be shown without asking the scope further."""
    return held_book(now())


def findings(scope: Scope, unit: int | None, asked: Asked) -> list[Told]:
    """The findings of a unit with all below it, in the order of the rules, the latest first. None: those that no unit
    holds, for who sees everything. Raises Unit.DoesNotExist outside the scope."""
    _require(scope, unit)
    book, said = held(scope).book, _said()
    rows = book.by_rule.get(asked.rule, []) if asked.rule else book.findings
    found = []
    for finding in rows:
        if unit in book.line(finding.unit) and asked.takes(finding):
            accepted = _holding(said, finding)
            if asked.state == "" or (asked.state == ACCEPTED) == (accepted is not None):
                found.append(Told(finding, accepted))
    return found


def finding(scope: Scope, rule: str, subject: str) -> Told | None:
    """One finding, if it is still one and the scope reaches its unit."""
    found = held(scope).book.by_subject.get((rule, subject))
    if found is None or not _reaches(scope.to(Permission.SEE_FIGURES), found.unit):
        return None
    return Told(found, _holding(_said(), found))


def open_findings(scope: Scope, unit: int) -> dict[str, int]:
    """How many findings of each rule are open in a unit with all below it, in the order of the rules; rules without
    any are left out. Raises Unit.DoesNotExist outside the scope."""
    counted = tallies(scope, [unit])[unit].open
    return {code: counted[code] for code in RULES if counted[code]}


def ready_findings(scope: Scope, unit: int) -> dict[str, int] | None:
    """As `open_findings`, for a page about something else: None where nobody has searched yet and it takes long."""
    return open_findings(scope, unit) if ready_book(now()) else None


def tallies(scope: Scope, units: Collection[int | None]) -> dict[int | None, Tally]:
    """Open and accepted findings of units, each with all below it; None: those that no unit holds, for who sees
    everything. Raises Unit.DoesNotExist outside the scope."""
    for unit in units:
        _require(scope, unit)
    book = held(scope).book
    accepted = _accepted(book)
    found: dict[int | None, Tally] = {}
    for unit in units:
        said = accepted.get(unit, Counter())
        found[unit] = Tally(book.counts.get(unit, Counter()) - said, said)
    return found


def _accepted(book: Book) -> dict[int | None, Counter[str]]:
    """Accepted findings by rule in every unit with all below it."""
    found: dict[int | None, Counter[str]] = {}
    for (code, subject), said in _said().items():
        finding = book.by_subject.get((code, subject))
        if finding is not None and finding.fingerprint == said.fingerprint:
            for above in book.line(finding.unit):
                found.setdefault(above, Counter())[code] += 1
    return found


def _said() -> dict[tuple[str, str], QualityException]:
    """What was accepted and not taken back, by rule and subject; read once for a page."""
    return once("quality-said", _read_said)


def _read_said() -> dict[tuple[str, str], QualityException]:
    rows = QualityException.objects.filter(taken_back_at=None).select_related("by")
    return {(row.rule, row.subject): row for row in rows}


def _holding(said: Mapping[tuple[str, str], QualityException], found: Finding) -> QualityException | None:
    """What was said of a finding, unless the facts behind it have changed since."""
    row = said.get((found.rule.code, found.subject))
    return row if row is not None and row.fingerprint == found.fingerprint else None


def may_accept(scope: Scope, found: Finding) -> bool:
    """Whether somebody may say that a finding is right as it is: who may mend it where it lies."""
    return _reaches(scope.to(MENDED_BY[found.rule.subject]), found.unit)


def exception(scope: Scope, pk: int) -> QualityException:
    """What was said of a finding, for who may mend it. Raises QualityException.DoesNotExist."""
    row = QualityException.objects.get(pk=pk, taken_back_at=None)
    rule = RULES.get(row.rule)
    if rule is None or not _reaches(scope.to(MENDED_BY[rule.subject]), row.unit_id):
        raise QualityException.DoesNotExist
    return row


def limits_in_force(scope: Scope, rule: Rule) -> dict[str, int]:
    """The limits of a rule as this installation has them."""
    changed = QualityLimit.objects.filter(rule=rule.code).values_list("name", "value")
    return rule.set_limits(dict(changed))


def _require(scope: Scope, unit: int | None) -> None:
    seen = scope.to(Permission.SEE_FIGURES)
    if unit is not None or not seen.everything:
        require_reach(seen, -1 if unit is None else unit)


def _reaches(scope: Scope, unit: int | None) -> bool:
    return scope.everything if unit is None else reach(scope).holds(unit)
