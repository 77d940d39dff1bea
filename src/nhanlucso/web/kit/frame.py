"""What the pages of this room share: the question in words, its bar, and what to do where a unit is not valid."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from nhanlucso.indicators.catalogue import Indicator
from nhanlucso.indicators.definitions import definition
from nhanlucso.kernel.clock import today
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.periods import parse_period
from nhanlucso.orgs.queries import history, reach
from nhanlucso.web.kit.asking import NOW, THEN, Question, default_period, question, running_period, scope_of
from nhanlucso.web.kit.choices import bar, predecessors, query
from nhanlucso.web.kit.periods import period_label, unfinished
from nhanlucso.web.kit.wording import day


@dataclass(frozen=True, slots=True)
class Gone:
    """Why there are no figures for the unit on this tree, and where to look instead."""

    text: str
    links: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class WhyPeriod:
    """Why a page opens with a period of the past, and the way to the running one."""

    text: str
    label: str
    url: str


def indicator_or_404(code: str, on: date | None = None) -> Indicator:
    """The indicator of a code, as it holds for a period that ends on the day (None: the newest). Raises Http404, and
    Refused("not_in_force") where an own indicator has no definition for the period."""
    try:
        return definition(code, on)
    except Refused as refusal:
        if refusal.code == "unknown_indicator":
            raise Http404 from None
        raise


def asked_of(request: HttpRequest) -> Question:
    """The question of a page that needs one."""
    asked = question(request)
    if asked is None:
        raise Http404
    return asked


def frame(request: HttpRequest, asked: Question) -> dict[str, object]:
    """The context of every page of the room."""
    scope = scope_of(request)
    label = period_label(asked.period)
    return {
        "question": asked,
        "bar": bar(scope, asked),
        "period": label,
        "lead": f"{asked.version.name} · {label}",
        "window": asked.asked.window,
        "unfinished": unfinished(asked.asked.window.a, asked.asked.window.b),
        "crumbs_line": _line(request, asked),
        "why": why_period(request, asked),
        "gone": None if asked.valid else gone(request, asked),
    }


def why_period(request: HttpRequest, asked: Question) -> WhyPeriod | None:
    """Nothing where somebody chose the period, or where it is the running one."""
    running = parse_period(running_period(today()))
    if request.GET.get("period") or asked.period == running:
        return None
    return WhyPeriod(
        _("Năm %(year)s chưa ghi nhận gì, nên đang xem %(period)s.")
        % {"year": running.year, "period": period_label(asked.period)},
        _("Xem %(period)s") % {"period": period_label(running)},
        f"{request.path}?{query(asked, period=running.text)}",
    )


def unrecorded_year(request: HttpRequest, asked: Question) -> WhyPeriod | None:
    """Why everybody is missing in the running period, where nothing is recorded in its year but was before."""
    running, busy = running_period(today()), default_period(asked.unit.pk)
    if asked.period.text != running or busy == running:
        return None
    return WhyPeriod(
        _("Năm %(year)s chưa ghi nhận gì.") % {"year": asked.period.year},
        _("Xem %(period)s") % {"period": period_label(parse_period(busy))},
        f"{request.path}?{query(asked, period=busy)}",
    )


def _line(request: HttpRequest, asked: Question) -> list[tuple[str, str]]:
    """The units above in reach, highest first, each as a way to the same page."""
    past, inside = history(), reach(scope_of(request))
    above = past.closure(asked.asked.tree).get(asked.unit.pk, ())[1:]
    return [
        (version.name, f"{request.path}?{query(asked, unit=unit)}")
        for unit in reversed(above)
        if inside.holds(unit) and (version := past.version(unit, asked.asked.tree))
    ]


def gone(request: HttpRequest, asked: Question) -> Gone:
    """Words and ways on for a unit that is not valid on the tree of the question."""
    past, inside, unit, tree = history(), reach(scope_of(request)), asked.unit.pk, asked.asked.tree
    links: list[tuple[str, str]] = []
    then = asked.asked.window.b
    if past.version(unit, then):
        links.append((_("Xem trên cây đơn vị cuối kỳ"), query(asked, tree=THEN)))
    elif past.version(unit, max(today(), then)):
        links.append((_("Xem trên cây đơn vị hôm nay"), query(asked, tree=NOW)))
    first = past.versions[unit][0]
    if tree < first.valid_from:
        text = _("%(name)s có từ ngày %(day)s, sau ngày của cây đơn vị đang xem (%(tree)s).") % {
            "name": first.name,
            "day": day(first.valid_from),
            "tree": day(tree),
        }
        others = [u for u in predecessors(past, unit) if past.version(u, tree)]
    else:
        text = _("%(name)s không có trên cây đơn vị ngày %(tree)s.") % {
            "name": asked.version.name,
            "tree": day(tree),
        }
        others = sorted(past.carry(unit, first.valid_from, tree))
    for other in others:
        version = past.version(other, tree)
        if version is not None and inside.holds(other) and other != unit:
            words = _("Xem ở %(name)s") % {"name": version.name}
            links.append((words, query(asked, unit=other)))
    return Gone(text, [(label, f"{request.path}?{words}") for label, words in links])


def address(name: str, code: str, words: str) -> str:
    """The address of a page of an indicator with a question."""
    return f"{reverse(name, args=[code])}?{words}"
