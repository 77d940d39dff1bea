"""The teams of a unit, one team, the teams of whoever asks; the lists of them as files."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from nhanlucso.kernel.clock import now
from nhanlucso.kernel.periods import parse_period
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.teams.enums import ServiceField
from nhanlucso.teams.models import Team
from nhanlucso.teams.queries import (
    assist_log,
    entries_of,
    loggable_teams,
    may_edit,
    my_teams,
    team_help,
    team_view,
    visible_team,
)
from nhanlucso.web.kit.asking import scope_of
from nhanlucso.web.kit.doors import needs
from nhanlucso.web.kit.lists import Listing, listing
from nhanlucso.web.kit.monthly import Monthly, monthly
from nhanlucso.web.kit.periods import period_label, short_period
from nhanlucso.web.kit.wording import day
from nhanlucso.web.teams.rows import board, board_of, sheet

ENTRIES_ON_A_PAGE = 50


@needs(Permission.SEE_TEAMS, Permission.LOG_ASSISTS)
@require_GET
def teams(request: HttpRequest) -> HttpResponse:
    """The villages of a unit with and without a team; of a province its communes. Who only logs: their own."""
    scope = scope_of(request)
    if not scope.may(Permission.SEE_TEAMS):
        return redirect("my-teams")
    asked = monthly(request, scope.to(Permission.SEE_TEAMS))
    context: dict[str, object] = {"title": _("Tổ công nghệ số"), "asked": asked}
    if asked is not None and asked.valid:
        held = board_of(request, scope, asked)
        context |= {
            "held": held,
            "counts": held.seen.counts,
            "list_query": _list_query(held.asked, held.show),
        }
    return render(request, "teams/page.html", context)


def _list_query(asked: Monthly, show: str) -> str:
    return f"{asked.query}&show={show}" if show else asked.query


@needs(Permission.SEE_TEAMS)
@require_POST
def teams_list(request: HttpRequest) -> HttpResponse:
    """The list of the page as a file."""
    held = board(request, scope_of(request))
    if held is None:
        raise Http404
    head, rows = sheet(held)
    counts = held.seen.counts
    notes = [
        f"{held.asked.version.name}, {_window(held.asked)}",
        _("%(villages)s thôn, %(with)s có tổ, %(without)s chưa có; %(teams)s tổ, %(members)s thành viên")
        % {
            "villages": counts.villages,
            "with": counts.with_team,
            "without": counts.without,
            "teams": counts.teams,
            "members": counts.members,
        },
    ]
    title = _("Tổ công nghệ số cộng đồng")
    return listing(request, Listing(title, head, rows, notes, ("unit", held.asked.unit.uid)))


def _window(asked: Monthly) -> str:
    words = {"period": period_label(asked.period), "start": day(asked.start), "end": day(asked.end)}
    return _("%(period)s (%(start)s – %(end)s)") % words


@needs(Permission.SEE_TEAMS)
@require_GET
def team(request: HttpRequest, pk: int) -> HttpResponse:
    """One team: who is on it, what help it gave in the period."""
    scope = scope_of(request)
    view, asked = team_view(scope, pk), _asked(request, scope, pk)
    log = assist_log(scope, view.team, asked.start, asked.last)
    given = team_help(scope, view.team, asked.start, asked.last)
    page = Paginator(log, ENTRIES_ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "title": view.team.name or _("Tổ công nghệ số"),
        "crumbs": [(_("Tổ công nghệ số"), _above(view.team, view.now))],
        "view": view,
        "asked": asked,
        "total": given.fields.total,
        "fields": [(_field(line.key), line) for line in given.fields.lines],
        "months": [(short_period(parse_period(line.key)), line) for line in given.months.lines],
        "page": page,
        "entries": entries_of(scope, page.object_list, now()),
        "editable": may_edit(scope, view.team),
        "loggable": view.current and loggable_teams(scope).filter(pk=pk).exists(),
    }
    return render(request, "teams/team.html", context)


def _field(key: str) -> str:
    return str(ServiceField(key).label) if key else _("Chưa rõ lĩnh vực")


def _above(found: Team, now_: tuple[object, ...]) -> str:
    """The list that the team stands in: of the unit above its own."""
    parents = {getattr(version, "parent", None) for version in now_}
    above = next(iter(parents)) if len(parents) == 1 else None
    return f"{reverse('teams')}?unit={above}" if above else reverse("teams")


def _asked(request: HttpRequest, scope: Scope, pk: int) -> Monthly:
    asked = monthly(request, scope.to(Permission.SEE_TEAMS))
    if asked is None:
        raise Http404
    return asked


@needs(Permission.SEE_TEAMS)
@require_POST
def team_log_list(request: HttpRequest, pk: int) -> HttpResponse:
    """The entries of a team as a file."""
    scope = scope_of(request)
    found, asked = visible_team(scope, pk), _asked(request, scope, pk)
    rows = [
        [row.date, row.get_field_display(), row.get_outcome_display(), row.people]
        for row in assist_log(scope, found, asked.start, asked.last)
    ]
    head = [_("Ngày"), _("Lĩnh vực"), _("Kết quả"), _("Lượt")]
    title = _("Sổ hỗ trợ: %(team)s") % {"team": found.name}
    return listing(request, Listing(title, head, rows, [_window(asked)], ("team", found.uid)))


@needs(Permission.LOG_ASSISTS)
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """The teams that somebody is on: this month's help, the button to log, the latest entries."""
    found = my_teams(scope_of(request), now())
    title = _("Tổ của tôi")
    return render(request, "teams/mine.html", {"title": title, "mine": found})
