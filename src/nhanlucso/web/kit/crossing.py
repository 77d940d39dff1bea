"""Two who correct one record: whoever comes second is told what stands there now, and nothing of theirs is written.

A form carries a hidden mark of the record that it shows. What is sent is written only if the record is still that
one; otherwise the page comes back with 409, with the words of both, and sending it again then is meant.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.db import models, transaction
from django.http import QueryDict
from django.utils.translation import gettext as _

from nhanlucso.web.kit.filling import done
from nhanlucso.web.kit.wording import day

CROSSED = 409
_MARK, _CODE = "seen", "crossed"
_Form = TypeVar("_Form", bound=forms.Form)


def watching(form: _Form, record: models.Model) -> _Form:
    """The form, with the mark of the record that it corrects."""
    form.fields[_MARK] = forms.CharField(
        required=False, max_length=32, widget=forms.HiddenInput, initial=_mark(record)
    )
    return form


def changed(form: forms.Form, record: models.Model, act: Callable[[], object]) -> bool:
    """Whether a service corrected the record; what kept it from doing so stands on the form. A form without a mark,
    of a page opened before there was one, is taken as it is."""
    with transaction.atomic():
        # Whoever corrects the same record at the same moment waits here.
        stands = type(record)._default_manager.select_for_update().get(pk=record.pk)
        sent = form.cleaned_data.get(_MARK, "")
        if not sent or sent == _mark(stands):
            return done(form, act)
    words = _("Đã có người sửa trong lúc này, nên chưa ghi gì.")
    if differing := _differing(form):
        words += " " + _("Hiện nay: %(what)s.") % {"what": "; ".join(differing)}
    words += " " + _("Vẫn muốn ghi như dưới đây thì bấm lần nữa.")
    form.add_error(None, forms.ValidationError(words, code=_CODE))
    sent_again = QueryDict(mutable=True)
    sent_again.update(form.data)
    sent_again[_MARK] = _mark(stands)
    form.data = sent_again
    return False


def status_of(form: forms.Form) -> int:
    """The status of the page that shows the form."""
    return CROSSED if form.has_error(NON_FIELD_ERRORS, _CODE) else 200


def _mark(record: models.Model) -> str:
    values = [repr(field.value_from_object(record)) for field in record._meta.concrete_fields]
    return hashlib.sha256("\n".join(values).encode()).hexdigest()[:32]


def _differing(form: forms.Form) -> list[str]:
    """What stands now where something else was written, field by field."""
    return [
        f"{field.label} «{_said(field, form.initial[name])}»"
        for name, field in form.fields.items()
        if name in form.initial and name in form.changed_data and not field.widget.is_hidden
    ]


def _said(field: forms.Field, value: Any) -> str:
    if isinstance(field, forms.ChoiceField):
        labels: dict[str, Any] = {str(key): label for key, label in field.widget.choices}
        return str(labels.get(str(value), value))
    return day(value) if isinstance(value, date) else str("" if value is None else value)
