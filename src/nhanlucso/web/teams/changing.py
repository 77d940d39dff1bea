"""Pages that write teams: one, many at once, corrections, the end."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nhanlucso.kernel.clock import now, today
from nhanlucso.kernel.permissions import Permission
from nhanlucso.orgs.queries import history, writable_unit
from nhanlucso.teams.models import Team
from nhanlucso.teams.queries import teams_in_reach
from nhanlucso.teams.rules import team_name
from nhanlucso.teams.services.teams import add_team, add_teams, change_team, end_team
from nhanlucso.web.kit.asking import scope_of
from nhanlucso.web.kit.crossing import changed, status_of, watching
from nhanlucso.web.kit.doors import needs
from nhanlucso.web.kit.filling import attempt, done
from nhanlucso.web.teams.forms import ChangeForm, EndForm, ManyForm, TeamForm
from nhanlucso.web.teams.rows import EMPTY, board


@needs(Permission.EDIT_TEAMS)
def add(request: HttpRequest) -> HttpResponse:
    """The team of a village or commune that the address names."""
    scope, text = scope_of(request), request.GET.get("unit", "")
    if not text.isdecimal():
        raise Http404
    unit = writable_unit(scope, Permission.EDIT_TEAMS, int(text))
    version = history().version_near(unit.pk, today())
    name = version.name if version else ""
    form = TeamForm(request.POST or None, team_name(name))
    if form.is_valid():
        made = attempt(form, lambda: add_team(unit=unit, data=form.team(), by=scope, at=now()))
        if made:
            messages.success(request, _("Đã lập tổ. Nay thêm thành viên."))
            return redirect("team", made.pk)
    back = f"{reverse('teams')}?unit={version.parent}" if version and version.parent else reverse("teams")
    return _page(request, form, _("Lập tổ của %(unit)s") % {"unit": name}, _("Lập tổ"), back)


@needs(Permission.EDIT_TEAMS)
def add_many(request: HttpRequest) -> HttpResponse:
    """Teams for all villages of a unit that have none: one decision, one day."""
    scope = scope_of(request)
    held = board(request, scope)
    if held is None or held.seen.groups:
        raise Http404
    back = f"{reverse('teams')}?{held.asked.query}"
    villages = [village for village in held.seen.missing if village.unit in held.makeable]
    if not villages:
        messages.info(request, _("Thôn nào cũng đã có tổ."))
        return redirect(back)
    form = ManyForm(request.POST or None, villages)
    if form.is_valid():
        units = [int(unit) for unit in form.cleaned_data["units"]]
        made = attempt(form, lambda: add_teams(units=units, data=form.team(), by=scope, at=now()))
        if made:
            messages.success(
                request,
                ngettext(
                    "Đã lập %(count)d tổ. Nay thêm thành viên cho từng tổ.",
                    "Đã lập %(count)d tổ. Nay thêm thành viên cho từng tổ.",
                    made.added,
                )
                % {"count": made.added},
            )
            return redirect(f"{reverse('teams')}?unit={held.asked.unit.pk}&show={EMPTY}")
    title = _("Lập tổ cho mọi thôn chưa có")
    return _page(request, form, title, _("Lập các tổ"), back, held.asked.version.name)


@needs(Permission.EDIT_TEAMS)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Corrections to a team."""
    scope, found = scope_of(request), _kept(request, pk)
    form = watching(ChangeForm(request.POST or None, found), found)
    if form.is_valid() and changed(
        form, found, lambda: change_team(team=found, data=form.team(), by=scope, at=now())
    ):
        messages.success(request, _("Đã sửa."))
        if found.valid_to < form.team().valid_to:
            words = _(
                "Tổ hoạt động tiếp; thành viên đã ghi ngày cuối không tự trở lại: ai còn làm thì thêm lại."
            )
            messages.warning(request, words)
        return redirect("team", pk)
    return _page(request, form, _("Sửa thông tin tổ"), _("Lưu"), reverse("team", args=[pk]), found.name)


@needs(Permission.EDIT_TEAMS)
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """The end of a team."""
    scope, found = scope_of(request), _kept(request, pk)
    form = EndForm(request.POST or None)
    if form.is_valid() and done(
        form,
        lambda: end_team(team=found, last_day=form.cleaned_data["last_day"], by=scope, at=now()),
    ):
        messages.success(request, _("Đã ghi ngày cuối của tổ. Số liệu trước ngày đó giữ nguyên."))
        return redirect("team", pk)
    title, back = _("Kết thúc hoạt động của tổ"), reverse("team", args=[pk])
    return _page(request, form, title, _("Kết thúc tổ"), back, found.name, danger=True)


def _kept(request: HttpRequest, pk: int) -> Team:
    return teams_in_reach(scope_of(request), Permission.EDIT_TEAMS).get(pk=pk)


def _page(
    request: HttpRequest,
    form: forms.Form,
    title: str,
    submit: str,
    back: str,
    lead: str = "",
    danger: bool = False,
) -> HttpResponse:
    context = {
        "title": title,
        "lead": lead,
        "crumbs": [(_("Tổ công nghệ số"), back)],
        "form": form,
        "submit": submit,
        "back": back,
        "danger": danger,
    }
    return render(request, "teams/form.html", context, status=status_of(form))
