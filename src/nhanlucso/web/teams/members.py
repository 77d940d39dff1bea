"""Pages that write who is on a team: found in the register, or somebody new."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from nhanlucso.kernel.clock import EVER, now, today
from nhanlucso.kernel.permissions import Permission
from nhanlucso.teams.models import Team, TeamMember
from nhanlucso.teams.queries import (
    may_edit,
    reached_person,
    seatable_people,
    teams_in_reach,
    visible_seat,
)
from nhanlucso.teams.services.members import change_seat, remove_seat, seat_newcomer, seat_person
from nhanlucso.web.kit.asking import scope_of
from nhanlucso.web.kit.doors import needs
from nhanlucso.web.kit.filling import attempt, done
from nhanlucso.web.teams.forms import NewcomerForm, SeatForm

FOUND_AT_MOST = 20


@needs(Permission.EDIT_TEAMS)
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """First the person by name, then what they are on the team; `new` for somebody not in the register."""
    scope, words = scope_of(request), request.GET
    found = teams_in_reach(scope, Permission.EDIT_TEAMS).get(pk=pk)
    if words.get("person", "").isdecimal():
        return _seat_known(request, found, int(words["person"]))
    if "new" in words and scope.may(Permission.EDIT_PEOPLE):
        return _seat_new(request, found)
    asked = words.get("q", "").strip()
    context = {
        "title": _("Thêm thành viên"),
        "crumbs": [(found.name, reverse("team", args=[pk]))],
        "team": found,
        "q": asked,
        "found": seatable_people(scope, asked, FOUND_AT_MOST) if asked else (),
        "most": FOUND_AT_MOST,
        "on_team": set(_sitting(found)),
    }
    return render(request, "teams/choose_member.html", context)


def _sitting(team: Team) -> list[int]:
    """Who sits on the team today."""
    day = today()
    seats = TeamMember.objects.filter(team=team, valid_from__lte=day, valid_to__gte=day)
    return list(seats.values_list("person_id", flat=True))


def _seat_known(request: HttpRequest, team: Team, person: int) -> HttpResponse:
    scope = scope_of(request)
    who = reached_person(scope, person)
    form = SeatForm(request.POST or None, first=_first(team))
    if form.is_valid() and done(
        form, lambda: seat_person(team=team, person=person, seat=form.seat(), by=scope, at=now())
    ):
        return _seated(request, team, who.full_name)
    return _page(request, form, team, _("Thêm %(name)s vào tổ") % {"name": who.full_name}, _("Thêm"))


def _seat_new(request: HttpRequest, team: Team) -> HttpResponse:
    scope = scope_of(request)
    form = NewcomerForm(request.POST or None, request.GET.get("q", "").strip(), _first(team))
    if form.is_valid():
        made = attempt(
            form,
            lambda: seat_newcomer(team=team, person=form.person(), seat=form.seat(), by=scope, at=now()),
        )
        if made:
            return _seated(request, team, form.cleaned_data["full_name"])
    return _page(request, form, team, _("Thêm người mới vào tổ"), _("Thêm"))


def _first(team: Team) -> date:
    """The day that a seat begins unless said otherwise: with a team made lately, else today."""
    return team.valid_from if team.valid_from != EVER and not team.members.exists() else today()


def _seated(request: HttpRequest, team: Team, name: str) -> HttpResponse:
    messages.success(request, _("Đã thêm %(name)s vào tổ.") % {"name": name})
    return redirect("team", team.pk)


@needs(Permission.EDIT_TEAMS)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Another role, other days, the end of somebody's time on a team."""
    scope, found = scope_of(request), _seat(request, pk)
    form = SeatForm(request.POST or None, found)
    if form.is_valid() and done(
        form, lambda: change_seat(member=found, seat=form.seat(), by=scope, at=now())
    ):
        messages.success(request, _("Đã sửa."))
        return redirect("team", found.team_id)
    return _page(request, form, found.team, found.person.full_name, _("Lưu"), seat=found)


@needs(Permission.EDIT_TEAMS)
@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes a seat away that was entered by mistake."""
    found = _seat(request, pk)
    remove_seat(member=found, by=scope_of(request), at=now())
    messages.success(request, _("Đã bỏ %(name)s khỏi tổ.") % {"name": found.person.full_name})
    return redirect("team", found.team_id)


def _seat(request: HttpRequest, pk: int) -> TeamMember:
    found = visible_seat(scope_of(request), pk)
    if not may_edit(scope_of(request), found.team):
        raise TeamMember.DoesNotExist
    return found


def _page(
    request: HttpRequest,
    form: SeatForm,
    team: Team,
    title: str,
    submit: str,
    seat: TeamMember | None = None,
) -> HttpResponse:
    context = {
        "title": title,
        "lead": team.name,
        "crumbs": [(_("Tổ công nghệ số"), reverse("team", args=[team.pk]))],
        "form": form,
        "submit": submit,
        "back": reverse("team", args=[team.pk]),
        "seat": seat,
    }
    return render(request, "teams/form.html", context)
