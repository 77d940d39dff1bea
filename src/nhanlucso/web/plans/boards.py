"""Steering boards: the page of one, its standing agency, who sits on it from when to when."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from nhanlucso.kernel.clock import now, today
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.people.queries import find_people, visible_person
from nhanlucso.plans.documents.queries import unit_choices
from nhanlucso.plans.models import Board
from nhanlucso.plans.queries import may_edit
from nhanlucso.plans.steering.queries import visible_board, writable_board, writable_seat
from nhanlucso.plans.steering.services import (
    add_board,
    add_seat,
    change_board,
    change_seat,
    remove_board,
    remove_seat,
)
from nhanlucso.web.kit.asking import scope_of, unit_or_404
from nhanlucso.web.kit.crossing import changed, watching
from nhanlucso.web.kit.doors import needs
from nhanlucso.web.kit.filling import attempt, done, known_day
from nhanlucso.web.plans.documents import board_address, chosen_unit, short, with_current
from nhanlucso.web.plans.forming import Crumbs, FormPage, Removal, form_page, remove_page
from nhanlucso.web.plans.forms import BoardForm, SeatForm, unit_options
from nhanlucso.web.plans.shown import unit_name

FOUND = 20  # people that one search shows


@needs(Permission.SEE_PLANS)
def steering(request: HttpRequest, pk: int) -> HttpResponse:
    """One steering board with its seats."""
    scope = scope_of(request)
    view = visible_board(scope, pk)
    found = view.board
    context = {
        "title": found.name,
        "crumbs": [(_("Kế hoạch"), board_address(scope, found.unit_id))],
        "view": view,
        "board": found,
        "unit": unit_name(found.unit_id),
        "standing": unit_name(found.standing_unit_id) if found.standing_unit_id else "",
        "editable": may_edit(scope, found.unit_id),
    }
    return render(request, "plans/steering.html", context)


@needs(Permission.EDIT_PLANS)
def board_add(request: HttpRequest) -> HttpResponse:
    """A new board of a unit."""
    scope, text = scope_of(request), request.GET.get("unit", "")
    if not text.isdecimal() or not may_edit(scope, int(text)):
        raise Http404
    unit = unit_or_404(scope, int(text))
    form = BoardForm(request.POST or None, unit_options(unit_choices(scope, unit.pk)), {})
    if form.is_valid():
        given, key = form.board(chosen_unit(scope, form.cleaned_data["standing"])), form.cleaned_data["key"]
        made = attempt(form, lambda: add_board(unit=unit, board=given, key=key, by=scope, at=now()))
        if made:
            messages.success(request, _("Đã lập ban chỉ đạo. Thêm thành viên ở dưới."))
            return redirect("steering", made.pk)
    back = board_address(scope, unit.pk)
    title = _("Thêm ban chỉ đạo của %(unit)s") % {"unit": unit_name(unit.pk)}
    return form_page(request, form, FormPage(title, _("Thêm"), back, [(_("Kế hoạch"), back)]))


@needs(Permission.EDIT_PLANS)
def board_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Corrections to a board, or its last day."""
    scope = scope_of(request)
    found = writable_board(scope, pk)
    units = with_current(unit_options(unit_choices(scope, found.unit_id)), found.standing_unit_id)
    initial = {
        "name": found.name,
        "decision": found.decision,
        "standing": found.standing_unit_id or "",
        "valid_from": known_day(found.valid_from),
        "valid_to": known_day(found.valid_to),
    }
    form = watching(BoardForm(request.POST or None, units, initial), found)
    if form.is_valid():
        given = form.board(chosen_unit(scope, form.cleaned_data["standing"], found.standing_unit))
        if changed(form, found, lambda: change_board(board=found, data=given, by=scope, at=now())):
            messages.success(request, _("Đã sửa ban chỉ đạo."))
            return redirect("steering", pk)
    return form_page(request, form, _of_board(scope, found, _("Sửa ban chỉ đạo"), _("Lưu")))


@needs(Permission.EDIT_PLANS)
def board_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks, and removes a board without members."""
    scope = scope_of(request)
    found = writable_board(scope, pk)
    removal = Removal(
        title=_("Xóa ban chỉ đạo?"),
        done=_("Đã xóa ban chỉ đạo."),
        back=reverse("steering", args=[pk]),
        after=board_address(scope, found.unit_id),
        crumbs=_crumbs(scope, found),
        goes=[found.name],
    )
    return remove_page(request, removal, lambda: remove_board(board=found, by=scope, at=now()))


@needs(Permission.EDIT_PLANS)
def seat_add(request: HttpRequest, pk: int) -> HttpResponse:
    """A new seat: the person is found by name first."""
    scope = scope_of(request)
    found = writable_board(scope, pk)
    text, words = request.GET.get("person", ""), request.GET.get("q", "").strip()
    if not text.isdecimal():
        context = {
            "title": _("Thêm thành viên: ai?"),
            "crumbs": _crumbs(scope, found),
            "q": words,
            "people": find_people(scope, words, today(), FOUND) if words else [],
        }
        return render(request, "plans/choose_person.html", context)
    person = visible_person(scope, int(text))
    form = SeatForm(request.POST or None, initial={"role": "member"})
    if form.is_valid() and done(
        form, lambda: add_seat(board=found, person=person, seat=form.seat(), by=scope, at=now())
    ):
        messages.success(request, _("Đã thêm %(name)s vào ban.") % {"name": person.full_name})
        return redirect("steering", pk)
    title = _("Thêm %(name)s vào ban") % {"name": person.full_name}
    return form_page(request, form, _of_board(scope, found, title, _("Thêm")))


@needs(Permission.EDIT_PLANS)
def seat_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Another role, other days, or the end of a seat."""
    scope = scope_of(request)
    found = writable_seat(scope, pk)
    visible_person(scope, found.person_id)
    days = {"valid_from": known_day(found.valid_from), "valid_to": known_day(found.valid_to)}
    form = watching(SeatForm(request.POST or None, initial={"role": found.role} | days), found)
    if form.is_valid() and changed(
        form, found, lambda: change_seat(seat=found, data=form.seat(), by=scope, at=now())
    ):
        messages.success(request, _("Đã sửa thành viên ban."))
        return redirect("steering", found.board_id)
    title = _("Sửa vai trò, thời gian của %(name)s") % {"name": found.person.full_name}
    return form_page(request, form, _of_board(scope, found.board, title, _("Lưu")))


@needs(Permission.EDIT_PLANS)
def seat_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks, and removes a seat that was written by mistake."""
    scope = scope_of(request)
    found = writable_seat(scope, pk)
    visible_person(scope, found.person_id)
    removal = Removal(
        title=_("Xóa khỏi ban?"),
        done=_("Đã xóa khỏi ban."),
        back=reverse("steering", args=[found.board_id]),
        after=reverse("steering", args=[found.board_id]),
        crumbs=_crumbs(scope, found.board),
        goes=[
            found.person.full_name,
            _("Chỉ xóa khi ghi nhầm. Người thôi tham gia thì ghi ngày cuối, để giữ lịch sử."),
        ],
    )
    return remove_page(request, removal, lambda: remove_seat(seat=found, by=scope, at=now()))


def _crumbs(scope: Scope, board: Board) -> Crumbs:
    return [
        (_("Kế hoạch"), board_address(scope, board.unit_id)),
        (short(board.name), reverse("steering", args=[board.pk])),
    ]


def _of_board(scope: Scope, board: Board, title: str, submit: str) -> FormPage:
    return FormPage(title, submit, reverse("steering", args=[board.pk]), _crumbs(scope, board))
