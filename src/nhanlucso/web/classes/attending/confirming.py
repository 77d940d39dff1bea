"""Units confirm the marks of their own people, or object; hosts answer."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from nhanlucso.kernel.clock import now
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.permissions import Permission
from nhanlucso.training.enums import Confirmation, Mark
from nhanlucso.training.roster.queries.confirming import OwnRows, own_rows
from nhanlucso.training.roster.services.confirming import (
    Place,
    answer_objection,
    confirm_roster,
    object_to_row,
    withdraw_objection,
)
from nhanlucso.web.classes.attending import words
from nhanlucso.web.kit.asking import scope_of
from nhanlucso.web.kit.doors import needs
from nhanlucso.web.kit.filling import attempt


class ConfirmForm(forms.Form):
    """What a unit says of its rows."""

    state = forms.ChoiceField(
        label=gettext_lazy("Ý kiến của đơn vị"),
        choices=[
            (Confirmation.CONFIRMED, gettext_lazy("Đúng, đơn vị xác nhận")),
            (Confirmation.DISPUTED, gettext_lazy("Đơn vị không đồng ý")),
        ],
        widget=forms.RadioSelect,
        initial=Confirmation.CONFIRMED,
        error_messages={"required": gettext_lazy("Hãy chọn xác nhận hoặc không đồng ý.")},
    )
    note = forms.CharField(
        label=gettext_lazy("Ghi chú"),
        required=False,
        max_length=500,
        help_text=gettext_lazy(
            "Không đồng ý thì ghi rõ điều gì. Sai ở một người thì ghi ở dòng của người đó."
        ),
        widget=forms.Textarea(attrs={"rows": 2}),
    )


@needs(Permission.RECORD_ATTENDANCE)
@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest, class_id: int) -> HttpResponse:
    """The rows of one's own people in a class that others host."""
    scope = scope_of(request)
    held = own_rows(scope, class_id, _unit(request))
    form = ConfirmForm(request.POST or None)
    if form.is_valid():
        given = form.cleaned_data
        place, seen = Place(class_id, held.unit.unit), request.POST.get("seen", "")
        done = attempt(
            form,
            lambda: confirm_roster(
                place=place, state=given["state"], note=given["note"], seen=seen, by=scope, at=now()
            ),
        )
        if done:
            messages.success(request, _("Đã gửi ý kiến của đơn vị cho đơn vị chủ trì."))
            return _back(request, held)
    return render(request, "classes/confirm.html", _page(held, form))


@needs(Permission.RECORD_ATTENDANCE)
@require_POST
def object_to(request: HttpRequest, class_id: int, person_id: int) -> HttpResponse:
    """An objection to one row, or its withdrawal."""
    scope = scope_of(request)
    held = own_rows(scope, class_id, _unit(request))
    place = Place(class_id, held.unit.unit)
    if "withdraw" in request.POST:
        withdraw_objection(place=place, person_id=person_id, by=scope, at=now())
        messages.success(request, _("Đã rút ý kiến."))
        return _back(request, held)
    note = request.POST.get("note", "")
    try:
        object_to_row(place=place, person_id=person_id, note=note, by=scope, at=now())
    except Refused as refusal:
        if refusal.code != "note_missing":
            raise
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("Đã gửi ý kiến; đơn vị chủ trì sẽ trả lời."))
    return _back(request, held)


@needs(Permission.RECORD_ATTENDANCE)
@require_POST
def answer(request: HttpRequest, class_id: int, objection_id: int) -> HttpResponse:
    """The host's answer to an objection."""
    text = request.POST.get("answer", "")
    try:
        answer_objection(objection_id=objection_id, answer=text, by=scope_of(request), at=now())
    except Refused as refusal:
        if refusal.code != "answer_missing":
            raise
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("Đã trả lời."))
    return redirect("training-class", class_id)


def _unit(request: HttpRequest) -> int | None:
    text = request.GET.get("unit", "")
    return int(text) if text.isdecimal() else None


def _back(request: HttpRequest, held: OwnRows) -> HttpResponse:
    answer = redirect("roster-confirm", held.training_class.pk)
    if len(held.units) > 1:
        answer["Location"] += f"?unit={held.unit.unit}"
    return answer


def _page(held: OwnRows, form: ConfirmForm) -> dict[str, Any]:
    rows = [
        {
            "person": row.person,
            "post": words.post_of(row.person),
            "cells": [(words.SIGNS[Mark(mark)] if mark else "", words.mark_word(mark)) for mark in row.marks],
            "standing": words.standing_words(row.standing),
            "open": next((one for one in row.objections if one.answered_at is None), None),
            "answered": [one for one in row.objections if one.answered_at is not None],
        }
        for row in held.rows
    ]
    return {
        "title": _("Xác nhận điểm danh"),
        "held": held,
        "rows": rows,
        "sessions": [words.session_words(session) for session in held.sessions],
        "form": form,
    }
