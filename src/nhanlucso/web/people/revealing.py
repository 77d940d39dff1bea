"""Seeing whole what the page of a person masks."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from nhanlucso.kernel.clock import now
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.kernel.sealing import Undecipherable, decrypt
from nhanlucso.people.enums import RevealReason
from nhanlucso.people.identity import masked, shown
from nhanlucso.people.models import Person
from nhanlucso.people.queries import visible_person
from nhanlucso.people.revealing.queries import may_reveal, shown_whole
from nhanlucso.people.revealing.services import reveal
from nhanlucso.web.kit.asking import scope_of
from nhanlucso.web.kit.doors import needs


class RevealForm(forms.Form):
    """Why it is needed."""

    reason = forms.ChoiceField(choices=RevealReason.choices)

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["reason"].label = _("Cần xem để")


@needs(Permission.EDIT_PEOPLE)
@require_POST
def show_whole(request: HttpRequest, pk: int) -> HttpResponse:
    """Notes who looks and why; the page then shows the values for some minutes."""
    scope = scope_of(request)
    found = visible_person(scope.to(Permission.EDIT_PEOPLE), pk)
    try:
        reveal(person=found, reason=request.POST.get("reason", ""), by=scope, at=now())
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect("person", pk)


def identifiers(scope: Scope, person: Person) -> dict[str, Any]:
    """Phone, mail and number for the page: masked unless the account has just asked to see them."""
    if shown_whole(scope, person, now()):
        try:
            number = decrypt(person.national_id_cipher)
        except Undecipherable:
            number = shown(person.national_id_cipher)
        return {"phone": person.phone, "email": person.email, "national_id": number, "whole": True}
    held = bool(person.phone or person.email or person.national_id_cipher)
    return {
        "phone": masked(person.phone),
        "email": masked_mail(person.email),
        "national_id": shown(person.national_id_cipher),
        "whole": False,
        "reveal_form": RevealForm() if held and may_reveal(scope, person) else None,
    }


def hidden_values(scope: Scope, person: Person) -> dict[str, tuple[str, str]]:
    """What a form shows instead of phone and mail, with what is stored: nothing for who has just asked to see them."""
    if shown_whole(scope, person, now()):
        return {}
    told = {"phone": (masked(person.phone), person.phone), "email": (masked_mail(person.email), person.email)}
    return {name: pair for name, pair in told.items() if pair[1]}


def masked_mail(text: str) -> str:
    """anh.ly@laocai.gov.vn → a••••@laocai.gov.vn."""
    name, at, domain = text.partition("@")
    return f"{name[:1]}••••{at}{domain}" if text else ""
