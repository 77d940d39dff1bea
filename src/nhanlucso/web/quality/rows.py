"""What the pages of this room show, put together: rules with their counts, units by rules, findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from nhanlucso.indicators.models import QualityException
from nhanlucso.indicators.quality.declared import RULES
from nhanlucso.indicators.quality.enums import Severity
from nhanlucso.indicators.quality.queries import Tally, Told, may_accept, tallies
from nhanlucso.indicators.quality.rule import Rule
from nhanlucso.kernel.clock import today
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.orgs.queries import history, reach
from nhanlucso.papers.lists import Value
from nhanlucso.web.kit.choices import in_order
from nhanlucso.web.kit.wording import day, moment
from nhanlucso.web.quality.asking import Place, RuleQuestion
from nhanlucso.web.quality.naming import Named, Names

KINDS = {Severity.HIGH: "danger", Severity.MEDIUM: "warn", Severity.LOW: "info"}


@dataclass(frozen=True, slots=True)
class RuleLine:
    """A rule with how many findings are open and accepted."""

    rule: Rule
    open: int
    accepted: int
    url: str


@dataclass(frozen=True, slots=True)
class Group:
    """The rules of one severity: those with findings, and the names of those without."""

    label: str
    kind: str
    lines: list[RuleLine]
    open: int
    clean: list[RuleLine]


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit below with its open findings by rule, in the order of the columns."""

    name: str
    url: str
    total: int
    cells: list[tuple[Rule, int, str]]


@dataclass(frozen=True, slots=True)
class FindingLine:
    """A finding in words; `accept` where it may be accepted; `reopen` where that may be taken back."""

    named: Named
    accepted: QualityException | None
    accept: str
    reopen: str


def groups(tally: Tally, place: Place) -> list[Group]:
    """All rules by severity, those with the most open findings first."""
    found = []
    for severity in Severity:
        lines = [
            RuleLine(rule, tally.open[code], tally.accepted[code], rule_url(code, place.word))
            for code, rule in RULES.items()
            if rule.severity == severity
        ]
        shown = sorted((line for line in lines if line.open or line.accepted), key=lambda line: -line.open)
        clean = [line for line in lines if not line.open and not line.accepted]
        found.append(
            Group(str(severity.label), KINDS[severity], shown, sum(line.open for line in lines), clean)
        )
    return found


def below(scope: Scope, place: Place, rules: Sequence[str]) -> tuple[list[Rule], list[UnitLine]]:
    """The units below with their open findings, by those of the rules that found something there; units without any
    are left out."""
    if place.unit is None:
        return [], []
    inside = reach(scope.to(Permission.SEE_FIGURES))
    versions = [v for v in in_order(history().children(place.unit, today())) if inside.holds(v.unit)]
    counted = tallies(scope, [version.unit for version in versions])
    total: Counter[str] = Counter()
    for tally in counted.values():
        total.update(tally.open)
    columns = [rule for code, rule in RULES.items() if code in rules and total[code]]
    lines = []
    for version in versions:
        held = counted[version.unit].open
        cells = [(rule, held[rule.code], rule_url(rule.code, str(version.unit))) for rule in columns]
        if sum(count for _rule, count, _url in cells):
            url = f"{reverse('quality')}?unit={version.unit}"
            lines.append(UnitLine(version.name, url, sum(count for _rule, count, _url in cells), cells))
    return columns, lines


def finding_lines(scope: Scope, question: RuleQuestion, told: Sequence[Told]) -> list[FindingLine]:
    """Findings of one page."""
    names = Names(scope, [one.finding for one in told])
    return [_line(scope, question, names, one) for one in told]


def _line(scope: Scope, question: RuleQuestion, names: Names, told: Told) -> FindingLine:
    finding, accept, reopen = told.finding, "", ""
    if may_accept(scope, finding):
        if told.accepted is not None:
            reopen = f"{reverse('quality-reopen', args=[told.accepted.pk])}?{question.query}"
        else:
            words = f"{question.query}&subject={finding.subject.replace(' ', '+')}"
            accept = f"{reverse('quality-accept', args=[finding.rule.code])}?{words}"
    return FindingLine(names.named(finding), told.accepted, accept, reopen)


def file_rows(scope: Scope, told: Sequence[Told]) -> Iterable[Sequence[Value]]:
    """Findings for a file."""
    names = Names(scope, [one.finding for one in told])
    for one in told:
        named, said = names.named(one.finding), one.accepted
        yield (
            named.unit,
            day(named.day) if named.day else "",
            named.text,
            said.reason if said else "",
            moment(said.at) if said else "",
        )


def file_head() -> list[str]:
    return [_("Đơn vị"), _("Ngày"), _("Điểm cần xem lại"), _("Lý do chấp nhận"), _("Chấp nhận lúc")]


def rule_url(code: str, word: str) -> str:
    return f"{reverse('quality-rule', args=[code])}?unit={word}"
