"""Forms that a service answers: a day as a field, a refusal on the form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django import forms
from django.utils.translation import gettext_lazy as _

from nhanlucso.kernel.errors import Refused

Made = TypeVar("Made")


def day_field(label: Any, help_text: Any = "", required: bool = True, initial: Any = None) -> forms.DateField:
    """A day, chosen or typed."""
    return forms.DateField(
        label=label,
        help_text=help_text,
        required=required,
        initial=initial,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={
            "required": _("Hãy ghi ngày."),
            "invalid": _("Ngày này không có. Viết như 15/12/2024."),
        },
    )


def attempt(form: forms.Form, act: Callable[[], Made]) -> Made | None:
    """What a service made, or None with its refusal on the form."""
    try:
        return act()
    except Refused as refusal:
        if refusal.code == "not_allowed":
            raise
        form.add_error(None, forms.ValidationError(refusal.message, code=refusal.code))
        return None


def done(form: forms.Form, act: Callable[[], object]) -> bool:
    """Whether a service that makes nothing did it; its refusal stands on the form otherwise."""

    def acted() -> bool:
        act()
        return True

    return attempt(form, acted) is not None
