"""Inviting one person to a class that is still to come."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nhanlucso.kernel.clock import now
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.people.queries import visible_person
from nhanlucso.training.queries.attended import classes_to_come
from nhanlucso.training.queries.classes import hosted_class
from nhanlucso.training.services.invitations import invite
from nhanlucso.web.kit.asking import scope_of
from nhanlucso.web.kit.doors import needs
from nhanlucso.web.kit.filling import attempt
from nhanlucso.web.kit.wording import day


class InviteForm(forms.Form):
    """One of the classes to come."""

    training_class = forms.TypedChoiceField(
        label=gettext_lazy("Lớp"),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Hãy chọn một lớp.")},
    )

    def __init__(self, choices: list[tuple[int, str]], data: Any = None) -> None:
        super().__init__(data)
        field = self.fields["training_class"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices


@needs(Permission.EDIT_CLASSES)
def invite_person(request: HttpRequest, pk: int) -> HttpResponse:
    """Puts somebody on the list of a class that the account hosts."""
    scope = scope_of(request)
    writer = scope.to(Permission.EDIT_CLASSES)
    found, back = visible_person(writer, pk), reverse("person", args=[pk])
    choices = _to_come(writer)
    form = InviteForm(choices, request.POST if request.method == "POST" else None)
    if form.is_valid():
        chosen = hosted_class(writer, form.cleaned_data["training_class"])
        done = attempt(form, lambda: invite(training_class=chosen, people=[pk], by=scope, at=now()))
        if done is not None:
            said = _("Đã mời %(name)s.") if done.added else _("%(name)s đã được mời từ trước.")
            messages.success(request, said % {"name": found.full_name})
            return redirect(back)
    context = {
        "title": _("Mời %(name)s vào lớp") % {"name": found.full_name},
        "crumbs": [(_("Quay lại"), back)],
        "form": form,
        "choices": choices,
        "back": back,
    }
    return render(request, "people/invite.html", context)


def _to_come(writer: Scope) -> list[tuple[int, str]]:
    return [
        (one.id, f"{one.title or _('Lớp chưa có tên')}, {day(one.first_day)}")
        for one in classes_to_come(writer)
    ]
