"""From a unit and a period to the paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import translation

from nhanlucso.indicators.builds import current_build
from nhanlucso.indicators.catalogue import CATALOGUE_VERSION, INDICATORS, Indicator
from nhanlucso.indicators.definitions import reported
from nhanlucso.indicators.queries import Ask, ask, figures, passport
from nhanlucso.kernel.clock import ZONE
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.periods import DECREE, Period, year_to_date
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.orgs.models import Unit
from nhanlucso.orgs.queries import history, reach, require_reach
from nhanlucso.papers.paper import Paper
from nhanlucso.reports.citable import acts, standing_bodies
from nhanlucso.reports.placing import body
from nhanlucso.reports.queries import activity, documents, training
from nhanlucso.reports.rules.content import Child, Content, Figures
from nhanlucso.reports.rules.naming import COUNTRY, VILLAGE, listed, order
from nhanlucso.reports.rules.paper import written
from nhanlucso.reports.rules.periods import checked_period

_ATTEMPTS = 3  # records may change while figures are read; a paper is written from one build
_CHILD_COUNTS = (
    "staff.headcount",
    "it.dedicated",
    "training.attendances",
    "training.persons",
    "teams.count",
    "teams.members",
    "teams.village_coverage",
    "teams.assists",
)
_SHARES = tuple(code for code, indicator in INDICATORS.items() if code.startswith(("coverage.", "status.")))


@dataclass(frozen=True, slots=True)
class Question:
    """A report that can be written: period, window, tree and year so far, all checked."""

    kind: str
    unit: int
    period: Period
    calendar: str
    asked: Ask
    so_far: Ask


@dataclass(frozen=True, slots=True)
class Composed:
    """A report as it is at one moment: the question, what it is written from, and the paper."""

    question: Question
    content: Content
    paper: Paper


def checked(scope: Scope, *, kind: str, unit: Unit, period: str, calendar: str, tree: str) -> Question:
    """Raises Refused("bad_kind", "bad_period", "bad_calendar", "bad_tree", "tree_before_period",
    "unit_not_valid", "not_a_reporting_unit"); Unit.DoesNotExist outside the scope."""
    require_reach(scope, unit.pk)
    when = checked_period(kind, period)
    asked = ask(period, calendar, tree)
    so_far = ask(year_to_date(when, calendar), calendar, asked.tree.isoformat())
    version = history().version(unit.pk, asked.tree)
    if version is None:
        raise Refused("unit_not_valid", f"Đơn vị không có hiệu lực vào ngày {asked.tree:%d/%m/%Y}.")
    if version.kind in (VILLAGE, COUNTRY):
        raise Refused(
            "not_a_reporting_unit",
            f"«{version.name}» không ban hành báo cáo; hãy lập báo cáo của xã, huyện, tỉnh hoặc cơ quan.",
        )
    return Question(kind, unit.pk, when, calendar, asked, so_far)


def compose(
    scope: Scope,
    *,
    kind: str,
    unit: Unit,
    period: str,
    calendar: str = DECREE,
    tree: str = "then",
    at: datetime,
) -> Paper:
    """The report of a unit as a paper, from the records as they are `at` that moment; in Vietnamese.

    Raises as `checked`, and Refused("records_changing") if the records do not stand still for it.
    """
    return composed(scope, kind=kind, unit=unit, period=period, calendar=calendar, tree=tree, at=at).paper


def composed(
    scope: Scope, *, kind: str, unit: Unit, period: str, calendar: str, tree: str, at: datetime
) -> Composed:
    """As `compose`, with what the paper is written from."""
    question = checked(scope, kind=kind, unit=unit, period=period, calendar=calendar, tree=tree)
    with translation.override("vi"):
        for _ in range(_ATTEMPTS):
            build = current_build(at)
            content = _content(scope, question, build.name, build.as_of, at)
            if current_build(at).name == build.name:
                # The paper bears the time of its figures, not that of its writing: made again, it is the same file.
                return Composed(question, content, written(content, acts(), standing_bodies(), content.as_of))
    raise Refused("records_changing", "Dữ liệu đang được cập nhật liên tục; hãy lập lại báo cáo sau ít phút.")


def current_figures(scope: Scope, question: Question, at: datetime) -> tuple[str, Figures, Figures]:
    """The build that holds now, with the figures of the period and of the year so far."""
    wanted, unit = _wanted(scope, question), question.unit
    own = _figures(scope, question.asked, wanted, [unit])[unit]
    same = question.asked == question.so_far
    year = own if same else _figures(scope, question.so_far, wanted, [unit])[unit]
    return current_build(at).name, own, year


def _wanted(scope: Scope, question: Question) -> list[Indicator]:
    """What the report holds: as it is declared for a period that ends with its own."""
    end, on = question.asked.window.b, question.asked.tree
    return reported(end, documents.targeted(scope, question.unit, question.period.year, end, on))


def _content(scope: Scope, question: Question, build: str, as_of: datetime, at: datetime) -> Content:
    unit, asked, so_far = question.unit, question.asked, question.so_far
    window, on = (asked.window.a, asked.window.b), asked.tree
    wanted = _wanted(scope, question)
    own = _figures(scope, asked, wanted, [unit])[unit]
    year = own if asked == so_far else _figures(scope, so_far, wanted, [unit])[unit]
    children, hidden = _children(scope, question, [one for one in wanted if one.is_composed])
    today = at.astimezone(ZONE).date()
    return Content(
        kind=question.kind,
        label=question.period.label,
        window=window,
        year_window=(so_far.window.a, so_far.window.b),
        year=question.period.year,
        calendar=question.calendar,
        on=on,
        line=tuple(body(history(), one, on) for one in documents.line(scope, unit, on)),
        figures=own,
        to_date=year,
        children=children,
        hidden_children=hidden,
        targets=documents.target_lines(scope, unit, question.period.year, (window[1], on), year),
        programmes=documents.programmes(scope, unit, window[1], on),
        plans=documents.plans(scope, unit, window[1], on),
        issued=documents.issued_in(scope, unit, window, on),
        board=documents.board(scope, unit, on),
        hosted=training.hosted(scope, unit, window, on),
        audience=_audience(scope, question, own),
        learners=listed(_described(scope, question, "mooc.learners", own)),
        channels=activity.outreach_channels(scope, unit, window, on),
        fields=activity.assist_fields(scope, unit, window, on),
        as_of=as_of,
        build=build,
        catalogue_version=CATALOGUE_VERSION,
        estimated_on=today if today < asked.window.b else None,
    )


def _figures(scope: Scope, asked: Ask, indicators: list[Indicator], units: list[int]) -> dict[int, Figures]:
    found = figures(scope, asked, indicators, units)
    return {unit: {figure.indicator.code: figure for figure in rows} for unit, rows in found.items()}


def _children(scope: Scope, question: Question, own: Sequence[Indicator]) -> tuple[tuple[Child, ...], int]:
    """Children on the tree in administrative order, and how many of them lie outside the scope of today; `own`: the
    own indicators of the report."""
    on = question.asked.tree
    versions = history().children(question.unit, on)
    inside = reach(scope.to(Permission.SEE_FIGURES))
    ids = [version.unit for version in versions if inside.holds(version.unit)]
    counted = [*(INDICATORS[code] for code in _CHILD_COUNTS), *own]
    counts = _figures(scope, question.asked, counted, ids)
    shares = _figures(scope, question.so_far, [INDICATORS[code] for code in _SHARES], ids)
    children = [Child(body(history(), one, on), counts[one], shares[one]) for one in ids]
    return tuple(sorted(children, key=lambda child: order(child.body))), len(versions) - len(ids)


def _audience(scope: Scope, question: Question, own: Figures) -> str:
    """Who attended: by category where there are lists, delegates where there are only counts."""
    words = _described(scope, question, "training.persons", own)
    if own["training.persons"].qualifier != "over":
        return listed(words)
    return listed((*words, "đại biểu") if own["training.persons"].value else ("đại biểu",))


def _described(scope: Scope, question: Question, code: str, own: Figures) -> tuple[str, ...]:
    if not own[code].value:
        return ("người",)
    asked = question.asked
    behind = passport(scope, asked, INDICATORS[code], question.unit)
    return training.described(scope, question.unit, behind, (asked.window.a, asked.window.b))
