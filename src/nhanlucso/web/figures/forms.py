"""The form that turns missing people into the invitation list of a class."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from nhanlucso.courses.enums import Delivery
from nhanlucso.courses.models import Course
from nhanlucso.kernel.clock import ZONE, today
from nhanlucso.kernel.scope import Scope
from nhanlucso.orgs.models import Unit
from nhanlucso.orgs.queries import today_tree
from nhanlucso.training.enums import Form
from nhanlucso.training.queries.classes import hosted_classes
from nhanlucso.training.queries.planning import latest_place
from nhanlucso.training.services.classes import ClassData
from nhanlucso.training.sessions import SessionData
from nhanlucso.web.kit import wording

EXISTING, NEW = "existing", "new"
_NEEDED = {EXISTING: ("training_class",), NEW: ("title", "host_unit", "day", "starts")}
_CLASSES_AT_MOST = 200


def _clock() -> forms.TimeInput:
    return forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class InviteForm(forms.Form):
    """An existing class, or what a new one needs."""

    key = forms.RegexField(r"^[a-z0-9]{12}$", required=False, widget=forms.HiddenInput)
    target = forms.ChoiceField(
        label=_("Mời vào"),
        choices=[(EXISTING, _("Lớp đã có")), (NEW, _("Lớp mới"))],
        widget=forms.RadioSelect,
        initial=EXISTING,
    )
    training_class = forms.TypedChoiceField(
        label=_("Lớp đã có"), coerce=int, required=False, empty_value=None
    )
    title = forms.CharField(label=_("Tên lớp mới"), max_length=300, required=False)
    form = forms.ChoiceField(label=_("Hình thức"), choices=Form.choices, initial=Form.CLASS, required=False)
    course = forms.TypedChoiceField(label=_("Khóa học"), coerce=int, required=False, empty_value=None)
    host_unit = forms.TypedChoiceField(
        label=_("Đơn vị chủ trì"), coerce=int, required=False, empty_value=None
    )
    day = forms.DateField(
        label=_("Ngày buổi đầu"),
        required=False,
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Ngày này không có. Viết như 15/12/2026.")},
    )
    starts = forms.TimeField(label=_("Bắt đầu"), required=False, widget=_clock(), initial="08:00")
    ends = forms.TimeField(label=_("Kết thúc"), required=False, widget=_clock(), initial="11:30")
    place = forms.CharField(label=_("Địa điểm"), max_length=300, required=False)

    def __init__(
        self, *arguments: Any, scope: Scope, unit: int, tracks: tuple[str, ...], **named: Any
    ) -> None:
        super().__init__(*arguments, **named)
        classes = _classes(scope)
        offered: dict[str, list[tuple[Any, Any]]] = {
            "training_class": [("", _("Chọn lớp")), *classes],
            "course": [("", _("Không theo khóa nào")), *_courses(tracks)],
            "host_unit": _hosts(scope),
        }
        for name, choices in offered.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices
        if not classes:
            self.fields["target"].initial = NEW
        self.fields["host_unit"].initial = unit
        self.fields["day"].initial = today()
        self.fields["place"].initial = latest_place(scope)
        for target, names in _NEEDED.items():
            for name in names:
                self.fields[name].required = not self.is_bound or self.data.get("target") == target
                self.fields[name].error_messages["required"] = str(_MISSING[name])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        starts, ends = given.get("starts"), given.get("ends")
        if given.get("target") == NEW and starts and ends and ends <= starts:
            self.add_error("ends", _("Buổi học phải kết thúc sau khi bắt đầu."))
        for names in _NEEDED.values():  # shown as needed, whichever way is chosen next
            for name in names:
                self.fields[name].required = True
        return given

    def class_data(self) -> ClassData:
        """What the form says of a new class; call on a valid form."""
        given = self.cleaned_data
        return ClassData(
            title=given["title"],
            form=given["form"] or Form.CLASS,
            host_unit=Unit.objects.get(pk=given["host_unit"]),
            course=Course.objects.get(pk=given["course"]) if given["course"] else None,
        )

    def session_data(self) -> SessionData:
        """What the form says of its first session; call on a valid form."""
        given = self.cleaned_data
        return SessionData(
            starts_at=datetime.combine(given["day"], given["starts"], ZONE),
            ends_at=datetime.combine(given["day"], given["ends"], ZONE) if given["ends"] else None,
            place=given["place"],
        )


def _classes(scope: Scope) -> list[tuple[int, str]]:
    """The newest classes that the scope hosts, with their day."""
    rows = hosted_classes(scope).order_by(F("first_day").desc(nulls_last=True), "-pk")[:_CLASSES_AT_MOST]
    return [(row.pk, f"{row.title} ({wording.day(getattr(row, 'first_day', None))})") for row in rows]


def _courses(tracks: tuple[str, ...]) -> list[tuple[int, str]]:
    """Courses taught in classes; those that count for what is missing first."""
    rows = Course.objects.exclude(delivery=Delivery.SELF_PACED).order_by("title", "pk")
    wanted = [row for row in rows if any(getattr(row, f"counts_{track}") for track in tracks)]
    return [(row.pk, row.title) for row in (*wanted, *(row for row in rows if row not in wanted))]


def _hosts(scope: Scope) -> list[tuple[int, str]]:
    """Units of today that may hold the class, as a tree."""
    return [(version.unit, "\u2003" * depth + version.name) for version, depth in today_tree(scope)]


_MISSING = {
    "training_class": _("Chọn lớp mà những người này được mời vào."),
    "title": _("Hãy ghi tên lớp."),
    "host_unit": _("Chọn đơn vị chủ trì."),
    "day": _("Hãy ghi ngày buổi đầu."),
    "starts": _("Hãy ghi giờ bắt đầu."),
}
