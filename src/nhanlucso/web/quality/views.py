"""The room of quality: what was found in a unit, and one rule with its findings."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from nhanlucso.indicators.quality.declared import RULES
from nhanlucso.indicators.quality.queries import ACCEPTED, findings, held, limits_in_force, tallies
from nhanlucso.kernel.clock import today
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.papers.lists import Value
from nhanlucso.web.kit.asking import scope_of
from nhanlucso.web.kit.doors import needs
from nhanlucso.web.kit.lists import Listing, listing
from nhanlucso.web.kit.periods import period_label
from nhanlucso.web.kit.wording import day
from nhanlucso.web.quality.asking import (
    Place,
    RuleQuestion,
    period_options,
    place_asked,
    rule_question,
    unit_options,
)
from nhanlucso.web.quality.rows import KINDS, below, file_head, file_rows, finding_lines, groups

ON_A_PAGE = 50


@needs(Permission.SEE_FIGURES)
@require_GET
def quality(request: HttpRequest) -> HttpResponse:
    """What all rules found in a unit, by rule and by unit below."""
    scope, place = scope_of(request), place_asked(request)
    context: dict[str, object] = {"title": _("Chất lượng số liệu"), "place": place}
    if place is not None:
        tally = tallies(scope, [place.unit])[place.unit]
        columns, units = below(scope, place, list(RULES))
        context |= {
            "groups": groups(tally, place),
            "open": tally.open.total(),
            "accepted": tally.accepted.total(),
            "columns": columns,
            "units": units,
            "unit_options": unit_options(request, place),
            "held": held(scope),
        }
    return render(request, "quality/page.html", context)


@needs(Permission.EXPORT_LISTS)
@require_POST
def overview_file(request: HttpRequest) -> HttpResponse:
    """The table of units by rules as a file."""
    scope, place = scope_of(request), place_asked(request)
    columns, units = below(scope, place, list(RULES)) if place is not None else ([], [])
    head = [_("Đơn vị"), *(str(rule.short) for rule in columns), _("Cộng")]
    rows: list[list[Value]] = [
        [line.name, *(count for _rule, count, _url in line.cells), line.total] for line in units
    ]
    notes = [place.name if place else "", _("Lập ngày %(day)s") % {"day": day(today())}]
    return listing(request, Listing(_("Chất lượng số liệu"), head, rows, notes, ("quality.units", "")))


@needs(Permission.SEE_FIGURES)
@require_GET
def rule(request: HttpRequest, code: str) -> HttpResponse:
    """One rule: why, how found, what to do; its findings; its numbers."""
    scope, question = scope_of(request), rule_question(request, code)
    told = findings(scope, question.place.unit, question.asked)
    page = Paginator(told, ON_A_PAGE).get_page(request.GET.get("page"))
    tally = tallies(scope, [question.place.unit])[question.place.unit]
    _columns, units = below(scope, question.place, [code])
    context = {
        "title": question.rule.name,
        "rule": question.rule,
        "kind": KINDS[question.rule.severity],
        "question": question,
        "place": question.place,
        "crumbs": [(_("Chất lượng số liệu"), f"{reverse('quality')}?unit={question.place.word}")],
        "open": tally.open[code],
        "accepted": tally.accepted[code],
        "shows_accepted": question.state == ACCEPTED,
        "page": page,
        "count": page.paginator.count,
        "lines": finding_lines(scope, question, list(page)),
        "units": units,
        "unit_options": unit_options(request, question.place),
        "period_options": period_options(question.period),
        "held": held(scope),
        "limits": _limits(scope, question),
        "may_set": scope.to(Permission.OPERATE).everything,
    }
    return render(request, "quality/rule.html", context)


def _limits(scope: Scope, question: RuleQuestion) -> list[tuple[object, int]]:
    in_force = limits_in_force(scope, question.rule)
    return [(limit, in_force[limit.name]) for limit in question.rule.limits]


@needs(Permission.EXPORT_LISTS)
@require_POST
def rule_file(request: HttpRequest, code: str) -> HttpResponse:
    """The findings of a rule that the filters leave, as a file."""
    scope, question = scope_of(request), rule_question(request, code)
    told = findings(scope, question.place.unit, question.asked)
    subject = ("quality.findings", code)
    given = Listing(
        str(question.rule.name), file_head(), list(file_rows(scope, told)), _notes(question), subject
    )
    return listing(request, given)


def _notes(question: RuleQuestion) -> list[str]:
    place: Place = question.place
    notes = [place.name, str(question.rule.how), _("Lập ngày %(day)s") % {"day": day(today())}]
    if question.period is not None:
        notes.insert(1, period_label(question.period))
    return notes
