"""Forms of the classes."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.http import QueryDict
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from nhanlucso.courses.enums import CountsFor, Delivery
from nhanlucso.courses.models import Course
from nhanlucso.courses.queries import course_list
from nhanlucso.courses.services import CourseData
from nhanlucso.kernel.clock import ZONE, today
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.orgs.models import Unit
from nhanlucso.orgs.queries import ended_units, history, today_tree
from nhanlucso.plans.models import Activity
from nhanlucso.training.enums import Form, Mode, Qualifier
from nhanlucso.training.queries.planning import offered_activities
from nhanlucso.training.services.classes import ClassData
from nhanlucso.training.services.head_counts import HeadCountData
from nhanlucso.training.sessions import SessionData
from nhanlucso.web.kit.filling import day_field, whole_field
from nhanlucso.web.kit.wording import day as said_day

MOST_SESSIONS = 60
_WITH_VILLAGES = 200  # up to so many units the villages are offered too

Choices = list[tuple[Any, Any]]


def _time_field(label: Any, required: bool = True) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        required=required,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={
            "required": _("Hãy ghi giờ."),
            "invalid": _("Giờ này không có. Viết như 08:00."),
        },
    )


class ClassForm(forms.Form):
    """What is said of a class; a course that is not in the catalogue yet is made with it."""

    key = forms.RegexField(r"^[a-z0-9]{12}$", required=False, widget=forms.HiddenInput)
    title = forms.CharField(
        label=_("Tên lớp"),
        max_length=300,
        help_text=_("Ví dụ: Tập huấn kỹ năng số cơ bản, khóa 2."),
        error_messages={"required": _("Hãy ghi tên lớp.")},
    )
    form = forms.ChoiceField(label=_("Hình thức"), choices=Form.choices, initial=Form.CLASS)
    mode = forms.ChoiceField(label=_("Cách học"), choices=Mode.choices, initial=Mode.IN_PERSON)
    course = forms.TypedChoiceField(label=_("Khóa học"), coerce=int, required=False, empty_value=None)
    host_unit = forms.TypedChoiceField(
        label=_("Đơn vị chủ trì"),
        coerce=int,
        error_messages={"invalid_choice": _("Chọn đơn vị chủ trì trong danh sách.")},
    )
    co_hosts = forms.TypedMultipleChoiceField(
        label=_("Đơn vị phối hợp"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Đơn vị này không có.")},
    )
    round = forms.CharField(
        label=_("Đợt"),
        max_length=100,
        required=False,
        help_text=_("Ví dụ: Đợt 1. Các lớp cùng đợt ghi giống nhau."),
    )
    capacity = whole_field(_("Số chỗ"), 1, 100_000, required=False)
    activity = forms.TypedChoiceField(
        label=_("Nhiệm vụ trong kế hoạch"), coerce=int, required=False, empty_value=None
    )
    new_title = forms.CharField(label=_("Tên khóa học mới"), max_length=300, required=False)
    new_counts = forms.MultipleChoiceField(
        label=_("Học xong được tính"),
        choices=CountsFor.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    new_delivery = forms.ChoiceField(
        label=_("Học ở đâu"), choices=Delivery.choices, initial=Delivery.CLASS, required=False
    )
    new_periods = whole_field(_("Số tiết"), 1, 10_000, required=False)

    def __init__(self, data: QueryDict | None = None, *, scope: Scope, initial: dict[str, Any]) -> None:
        super().__init__(data, initial=initial, use_required_attribute=False)
        joined = self._raw("co_hosts")
        host = self._raw("host_unit")[:1]
        held = str(initial.get("host_unit") or "")
        offered: dict[str, Choices] = {
            "course": [("", _("Không theo khóa nào")), *((c.pk, c.title) for c in course_list(scope))],
            "host_unit": host_choices(scope, int(held) if held.isdecimal() else None),
            "co_hosts": _named_units(joined),
            "activity": [("", _("Không thuộc nhiệm vụ nào")), *_activities(scope, host)],
        }
        for name, choices in offered.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices

    def _raw(self, name: str) -> list[str]:
        """What stands in a field now, sent or not."""
        found = self.data.getlist(name) if isinstance(self.data, QueryDict) else self.initial.get(name, [])
        return [str(one) for one in (found if isinstance(found, list | tuple) else [found])]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("new_title") and given.get("course"):
            self.add_error("new_title", _("Đã chọn một khóa có sẵn: bỏ chọn khóa đó, hoặc để trống ô này."))
        return given

    def class_data(self) -> ClassData:
        """What was written; call on a valid form."""
        known = self.cleaned_data
        units = Unit.objects.in_bulk([known["host_unit"], *known["co_hosts"]])
        return ClassData(
            title=known["title"],
            form=known["form"],
            host_unit=units[known["host_unit"]],
            course=Course.objects.get(pk=known["course"]) if known["course"] else None,
            mode=known["mode"],
            co_hosts=tuple(units[pk] for pk in dict.fromkeys(known["co_hosts"])),
            round=known["round"],
            capacity=known["capacity"],
            activity=Activity.objects.get(pk=known["activity"]) if known["activity"] else None,
        )

    def new_course(self) -> CourseData | None:
        """The course to be made with the class, if one was written; call on a valid form."""
        known = self.cleaned_data
        if not known["new_title"]:
            return None
        return CourseData(
            title=known["new_title"],
            counts_for=frozenset(known["new_counts"]),
            delivery=known["new_delivery"] or Delivery.CLASS,
            periods=known["new_periods"],
        )


def host_choices(scope: Scope, also: int | None = None) -> Choices:
    """Units that may hold a class: those of today as a tree, then those that have ended, for classes of then."""
    scope = scope.to(Permission.EDIT_CLASSES)
    now = [(version.unit, "\u2003" * depth + version.name) for version, depth in today_tree(scope)]
    gone = [
        (v.unit, gettext("%(name)s (đến %(day)s)") % {"name": v.name, "day": said_day(v.valid_to)})
        for v in ended_units(scope)
    ]
    known = {unit for unit, _name in (*now, *gone)}
    kept = _named_units([str(also)]) if also is not None and also not in known else []
    return [*kept, *now, *([(_("Đã kết thúc"), gone)] if gone else [])]


def _named_units(units: list[str]) -> Choices:
    """Units that are chosen already, by the name they bear or last bore."""
    past = history()
    found = (past.version_near(int(unit), today()) for unit in units if unit.isdecimal())
    return [(v.unit, v.name) for v in found if v]


def _activities(scope: Scope, host: list[str]) -> Choices:
    """The activities that a class of the host may belong to, by plan."""
    if not host or not host[0].isdecimal():
        return []
    groups: dict[str, Choices] = {}
    for row in offered_activities(scope, int(host[0])):
        plan = " ".join(filter(None, (row.plan.number, row.plan.title)))
        groups.setdefault(plan, []).append((row.pk, row.title))
    return list(groups.items())


class SessionForm(forms.Form):
    """When and where a class meets. `gap`: days after the first session; with it the day may be left out."""

    day = day_field(_("Ngày"))
    starts = _time_field(_("Từ"))
    ends = _time_field(_("Đến"), required=False)
    place = forms.CharField(label=_("Địa điểm"), max_length=300, required=False)
    gap = forms.IntegerField(required=False, min_value=0, max_value=3_660, widget=forms.HiddenInput)

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["day"].required = self["gap"].value() in (None, "")

    @property
    def later(self) -> str:
        """When and where, for a row whose day follows from the first one; "" for a row that has a day or a fault."""
        gap = str(self["gap"].value() or 0)
        if self.fields["day"].required or self["day"].value() or self.errors or not gap.isdecimal():
            return ""
        day = gettext("cùng ngày")
        if n := int(gap):
            day = ngettext("%(n)s ngày sau buổi đầu", "%(n)s ngày sau buổi đầu", n) % {"n": n}
        times = "–".join(str(self[name].value()) for name in ("starts", "ends") if self[name].value())
        return ", ".join(filter(None, (day, times, self["place"].value())))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        starts, ends = given.get("starts"), given.get("ends")
        if starts and ends and ends <= starts:
            self.add_error("ends", _("Buổi học phải kết thúc sau khi bắt đầu."))
        return given

    def session_data(self, first: date | None = None) -> SessionData | None:
        """What was written; None where no day follows from it. Call on a form that was cleaned."""
        known = self.cleaned_data
        day = known.get("day")
        if day is None and first is not None and known.get("gap") is not None:
            day = first + timedelta(days=known["gap"])
        if day is None:
            return None
        return SessionData(
            starts_at=datetime.combine(day, known["starts"], ZONE),
            ends_at=datetime.combine(day, known["ends"], ZONE) if known["ends"] else None,
            place=known["place"],
        )


class _Sessions(BaseFormSet[SessionForm]):
    """All sessions of a new class; at least one."""

    def __init__(self, data: Any = None, initial: list[dict[str, Any]] | None = None) -> None:
        given: dict[str, Any] = {"empty_permitted": False, "use_required_attribute": False}
        super().__init__(data, initial=initial, prefix="buoi", form_kwargs=given)

    def add_fields(self, form: SessionForm, index: int | None) -> None:
        super().add_fields(form, index)
        if index == 0:  # the day that others are counted from
            form.fields["day"].required = True

    def clean(self) -> None:
        if any(self.errors):
            return
        first = self.forms[0].cleaned_data.get("day") if self.forms else None
        for form in self.forms:
            if form.session_data(first) is None:
                form.add_error("day", _("Hãy ghi ngày, hoặc bỏ buổi này."))

    def session_data(self) -> list[SessionData]:
        """What was written; call on valid forms."""
        first = self.forms[0].cleaned_data["day"]
        return [data for form in self.forms if (data := form.session_data(first))]


SessionsForm = formset_factory(
    SessionForm,
    formset=_Sessions,
    extra=0,
    min_num=1,
    validate_min=True,
    max_num=MOST_SESSIONS,
    validate_max=True,
)


class HeadCountForm(forms.Form):
    """People present who stand on no list: how many, how exactly that is known."""

    count = whole_field(
        _("Số người"),
        1,
        1_000_000,
        words={
            "required": _("Hãy ghi số người. Chưa biết thì chưa ghi."),
            "invalid": _("Viết một số tròn bằng chữ số, như 120 hoặc 1.120."),
        },
    )
    qualifier = forms.ChoiceField(
        label=_("Con số này là"),
        choices=Qualifier.choices,
        widget=forms.RadioSelect,
        initial=Qualifier.EXACT,
        error_messages={"required": _("Hãy chọn con số được biết chính xác đến đâu.")},
    )
    audience = forms.CharField(
        label=_("Đối tượng"),
        max_length=200,
        required=False,
        help_text=_("Ví dụ: người dân, đại biểu, học sinh."),
    )
    unit = forms.TypedChoiceField(label=_("Của đơn vị"), coerce=int)
    date = day_field(_("Ngày"))

    def __init__(self, data: Any = None, *, scope: Scope, initial: dict[str, Any]) -> None:
        super().__init__(data, initial=initial, use_required_attribute=False)
        may = scope.to(Permission.RECORD_ATTENDANCE)
        tree = today_tree(may, without=())
        if len(tree) > _WITH_VILLAGES:
            tree = today_tree(may)
        units: Choices = [(version.unit, "\u2003" * depth + version.name) for version, depth in tree]
        gone = [(v.unit, v.name) for v in ended_units(may)]
        known = {unit for unit, _name in (*units, *gone)}
        if initial.get("unit") not in (None, *known):
            units = [*_named_units([str(initial["unit"])]), *units]
        field = self.fields["unit"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [*units, *([(_("Đã kết thúc"), gone)] if gone else [])]

    def head_count(self) -> HeadCountData:
        """What was written; call on a valid form."""
        known = self.cleaned_data
        return HeadCountData(
            unit=Unit.objects.get(pk=known["unit"]),
            audience=known["audience"],
            count=known["count"],
            qualifier=known["qualifier"],
            date=known["date"],
        )
