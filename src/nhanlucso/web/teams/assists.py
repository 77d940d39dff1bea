"""Logging help in three taps, correcting and taking back what was logged."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from nhanlucso.kernel.clock import day_of, now, today
from nhanlucso.kernel.ids import new_uid
from nhanlucso.kernel.permissions import Permission
from nhanlucso.teams.enums import SHORT_OUTCOMES, Outcome
from nhanlucso.teams.models import Assist, Team
from nhanlucso.teams.queries import changeable_assist, loggable_team, visible_team
from nhanlucso.teams.services.assists import change_assist, log_assist, remove_assist
from nhanlucso.web.kit.asking import scope_of
from nhanlucso.web.kit.crossing import changed, status_of, watching
from nhanlucso.web.kit.doors import needs
from nhanlucso.web.kit.filling import attempt
from nhanlucso.web.teams.forms import AssistForm


@needs(Permission.LOG_ASSISTS)
def log(request: HttpRequest, pk: int) -> HttpResponse:
    """The form of one visit; after saving it says what was saved and is ready for the next."""
    scope = scope_of(request)
    found = loggable_team(scope, pk)
    form = AssistForm(request.POST or None, on=_kept_day(request))
    if form.is_valid():
        nonce = form.cleaned_data["nonce"]
        made = attempt(
            form, lambda: log_assist(team=found, nonce=nonce, data=form.entry(), by=scope, at=now())
        )
        if made:
            kept = f"&on={made.date}" if made.date != today() else ""
            return redirect(f"{reverse('team-log', args=[pk])}?saved={made.pk}{kept}")
        if form.has_error(NON_FIELD_ERRORS, "nonce_taken"):
            form = _with_new_nonce(request, form)
    saved = None if form.is_bound else _saved(request, found)
    told = {"saved": saved, "saved_outcome": SHORT_OUTCOMES[Outcome(saved.outcome)]} if saved else {}
    return _page(request, _("Ghi lượt hỗ trợ"), found, form, told)


def _page(
    request: HttpRequest, title: str, team: Team, form: AssistForm, more: dict[str, object]
) -> HttpResponse:
    back = _back(request, team)
    context = {
        "title": title,
        "lead": "" if back[0] == team.name else team.name,
        "crumbs": [back],
        "form": form,
    }
    return render(request, "teams/log.html", context | more, status=status_of(form))


def _with_new_nonce(request: HttpRequest, told: AssistForm) -> AssistForm:
    """The same form with its refusal, as a visit of its own when it is sent again."""
    words = request.POST.copy()
    words["nonce"] = new_uid("visit")
    form = AssistForm(words)
    for error in told.non_field_errors():
        form.add_error(None, error)
    return form


def _kept_day(request: HttpRequest) -> date | None:
    """The day of the visit before, for whoever enters several of one day."""
    return day_of(request.GET.get("on", ""))


def _saved(request: HttpRequest, team: Team) -> Assist | None:
    """What was saved just before, if it can still be taken back."""
    text = request.GET.get("saved", "")
    try:
        found = changeable_assist(scope_of(request), int(text), now()) if text.isdecimal() else None
    except (Assist.DoesNotExist, OverflowError):
        return None
    return found if found and found.team_id == team.pk else None


@needs(Permission.LOG_ASSISTS)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Corrections to an entry."""
    scope = scope_of(request)
    found = changeable_assist(scope, pk, now())
    form = watching(AssistForm(request.POST or None, found), found)
    if form.is_valid() and changed(
        form, found, lambda: change_assist(assist=found, data=form.entry(), by=scope, at=now())
    ):
        messages.success(request, _("Đã sửa lượt hỗ trợ."))
        return redirect(_back(request, found.team)[1])
    return _page(request, _("Sửa lượt hỗ trợ"), found.team, form, {"entry": found})


@needs(Permission.LOG_ASSISTS)
@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes an entry back; to the form of the next one where it was undone right after."""
    scope = scope_of(request)
    found = changeable_assist(scope, pk, now())
    team = found.team
    remove_assist(assist=found, by=scope, at=now())
    messages.success(request, _("Đã bỏ lượt hỗ trợ."))
    if request.GET.get("to") == "log":
        return redirect("team-log", team.pk)
    return redirect(_back(request, team)[1])


def _back(request: HttpRequest, team: Team) -> tuple[str, str]:
    """Where the pages of a team lead back to: who looks at teams, to the team; who only logs, to their own."""
    try:
        visible_team(scope_of(request), team.pk)
    except Team.DoesNotExist:
        return _("Tổ của tôi"), reverse("my-teams")
    return team.name or _("Tổ công nghệ số"), reverse("team", args=[team.pk])
