"""Forms that a service answers: a day and a number as fields, a refusal on the form."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, TypeVar

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from nhanlucso.kernel.clock import ALWAYS, EVER
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.numbers import whole_number_of
from nhanlucso.web.kit.wording import number

Made = TypeVar("Made")


def day_field(label: Any, help_text: Any = "", required: bool = True, initial: Any = None) -> forms.DateField:
    """A day, chosen or typed."""
    return forms.DateField(
        label=label,
        help_text=help_text,
        required=required,
        initial=initial,
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],  # where days are typed, the day of the month comes first
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={
            "required": _("Hãy ghi ngày."),
            "invalid": _("Ngày này không có. Viết như 15/12/2024."),
        },
    )


def known_day(day: date | None) -> date | None:
    """A day to be shown in a field; nothing for an end that is open."""
    return None if day in (None, EVER, ALWAYS) else day


def _bounded(words: object, value: int) -> str:
    return str(words) % {"number": number(value)}


_bound = lazy(_bounded, str)  # said in the language of whoever reads it


class WholeField(forms.IntegerField):
    """A whole number as it is written here: «1120», «1.120», «1 120»; what is not clear is refused."""

    def to_python(self, value: Any) -> int | None:
        if value in self.empty_values or isinstance(value, int):
            return super().to_python(value)
        found = whole_number_of(str(value))
        if found is None:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return found


def whole_field(
    label: Any,
    least: int,
    most: int,
    *,
    words: Mapping[str, Any] = MappingProxyType({}),
    **given: Any,
) -> WholeField:
    """A whole number between two bounds. `words`: error messages that say it better than these; `given`: as fields
    of forms take it (help_text, required, widget …)."""
    given.setdefault("widget", forms.TextInput(attrs={"inputmode": "numeric"}))
    return WholeField(
        label=label,
        min_value=least,
        max_value=most,
        error_messages={
            "required": _("Hãy ghi một số."),
            "invalid": _("Viết một số tròn bằng chữ số, như 35 hoặc 1.120."),
            "min_value": _bound(_("Ít nhất là %(number)s."), least),
            "max_value": _bound(_("Nhiều nhất là %(number)s."), most),
            **words,
        },
        **given,
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
