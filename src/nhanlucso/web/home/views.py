"""Today: what waits for somebody, the jobs of their role, and progress to each target in one line."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from nhanlucso.access.queries import assignments
from nhanlucso.access.tour.queries import tour_is_due
from nhanlucso.indicators.catalogue import INDICATORS
from nhanlucso.indicators.queries import figures, passport
from nhanlucso.kernel.clock import now, today
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.orgs.enums import UnitKind
from nhanlucso.orgs.queries import history
from nhanlucso.teams.queries import my_teams
from nhanlucso.training.queries.attended import own_classes_coming
from nhanlucso.training.queries.days import sessions_on
from nhanlucso.web.home.actions import MISSING, Known, actions, records
from nhanlucso.web.home.waiting import TO_ACCEPT, TO_APPROVE, running, waiting
from nhanlucso.web.kit.asking import Question, question, running_period, scope_of
from nhanlucso.web.kit.board import earlier, targets_behind
from nhanlucso.web.kit.doors import everyone, needs
from nhanlucso.web.kit.frame import frame
from nhanlucso.web.kit.tour import WORD, start_of_tour

SHOWN = ("staff.headcount", "training.attendances", "training.persons", "teams.count")
_AHEAD = timedelta(days=14)


@everyone("every role begins here; what it shows is in reach")
def home(request: HttpRequest) -> HttpResponse:
    """What waits, what can be done, how far each target is."""
    scope = scope_of(request)
    sees_figures = scope.may(Permission.SEE_FIGURES)
    asked = question(request) if sees_figures else None
    lines = waiting(scope)
    context: dict[str, object] = {"title": _("Hôm nay"), "waiting": [*lines, *running(scope)]}
    missing = None
    current = _current(request, asked)
    if asked is not None:
        context |= frame(request, asked)
        if asked.valid:
            missing = _missing(scope, current)
            context |= _standing(scope, asked)
    known = Known(asked, current, missing, sum(line.kind in (TO_APPROVE, TO_ACCEPT) for line in lines))
    context |= {
        "actions": actions(scope, known),
        "without_units": sees_figures and asked is None,
        "ended": _ended(scope) if sees_figures and asked is None else [],
        "tour_start": start_of_tour() if WORD not in request.GET and tour_is_due(scope) else "",
        **_ahead(scope),
    }
    return render(request, "home/page.html", context)


def _ended(scope: Scope) -> list[tuple[str, str]]:
    """The units that the account is entrusted with and that are not there any more, with what they became."""
    past, on = history(), today()
    held = {one.unit_id for one in assignments(scope) if one.unit_id is not None}
    return [
        (past.name(unit, on), ", ".join(version.name for version in past.standing([unit], on)))
        for unit in sorted(held)
        if past.version(unit, on) is None
    ]


def _current(request: HttpRequest, asked: Question | None) -> Question | None:
    """The question of the running period, unless another one was asked for: the missing of a year that is over are
    nobody's work any more."""
    running = running_period(today())
    if asked is None or asked.period.text == running or request.GET.get("period"):
        return asked
    return question(request, running)


def _missing(scope: Scope, asked: Question | None) -> int | None:
    """How many are missing; of the running period unless another one was asked for."""
    if asked is None or not asked.valid:
        return None
    sizes = passport(scope, asked.asked, INDICATORS[MISSING], asked.unit.pk).sizes()
    return sizes.get("missing", 0) if sum(sizes.values()) else None


def _standing(scope: Scope, asked: Question) -> dict[str, object]:
    unit, behind = asked.unit.pk, targets_behind(scope, asked)
    found = figures(scope, asked.asked, [INDICATORS[code] for code in SHOWN], [unit])[unit]
    known = [figure for figure in found if figure.value or figure.high]
    return {
        # An enterprise has no staff and no teams; where nothing at all is known, nought says nothing.
        "figures": known if not known or asked.version.kind == UnitKind.ENTERPRISE else found,
        "board": behind.own,
        "behind": behind,
        "earlier": earlier(scope, asked),
    }


def _ahead(scope: Scope) -> dict[str, object]:
    """The next days of those who record or attend classes, the team of those who only log its help."""
    found: dict[str, object] = {"coming": own_classes_coming(scope)}
    if scope.may(Permission.RECORD_ATTENDANCE):
        found["sessions"] = list(sessions_on(scope, today() + timedelta(days=1), today() + _AHEAD)[:5])
    if scope.may(Permission.LOG_ASSISTS) and not scope.may(Permission.SEE_TEAMS):
        found["mine"] = my_teams(scope, now())
    return found


@needs(
    Permission.EDIT_CLASSES,
    Permission.RECORD_ATTENDANCE,
    Permission.IMPORT_LISTS,
    Permission.RECORD_RESULTS,
    Permission.LOG_ASSISTS,
    Permission.EDIT_TEAMS,
    Permission.EDIT_PEOPLE,
)
def record(request: HttpRequest) -> HttpResponse:
    """What there is to record, and where."""
    context = {"title": _("Ghi lại việc gì?"), "records": records(scope_of(request))}
    return render(request, "home/record.html", context)
