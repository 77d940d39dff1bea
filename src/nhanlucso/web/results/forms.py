"""Forms of the results."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nhanlucso.courses.enums import CountsFor, Delivery
from nhanlucso.courses.models import Course
from nhanlucso.courses.queries import course_list
from nhanlucso.courses.services import CourseData
from nhanlucso.kernel.clock import today
from nhanlucso.kernel.periods import parse_period
from nhanlucso.kernel.scope import Scope
from nhanlucso.learning.enums import ResultState
from nhanlucso.learning.models import CourseResult
from nhanlucso.learning.queries import platforms
from nhanlucso.learning.services import Entry
from nhanlucso.web.kit.choices import period_groups
from nhanlucso.web.kit.filling import day_field, whole_field
from nhanlucso.web.kit.steps import unit_steps
from nhanlucso.web.results.asking import ResultsQuestion

_ANY = ("", _("Bất kỳ"))


class FilterForm(forms.Form):
    """The filters of the list; sent by GET, so that every list has an address."""

    course = forms.ChoiceField(label=_("Khóa học"), required=False)
    state = forms.ChoiceField(label=_("Kết quả"), required=False, choices=[_ANY, *ResultState.choices])
    period = forms.ChoiceField(label=_("Kỳ"), required=False)
    unit = forms.ChoiceField(label=_("Đơn vị"), required=False)
    platform = forms.ChoiceField(label=_("Nền tảng"), required=False)

    def __init__(self, scope: Scope, question: ResultsQuestion) -> None:
        asked = question.asked
        super().__init__(
            initial={
                "course": asked.course or "",
                "state": asked.state,
                "period": question.period.text if question.period else "",
                "unit": asked.unit or "",
                "platform": asked.platform,
            }
        )
        names = platforms(scope)
        self._choose("course", [_ANY, *((course.pk, course.title) for course in course_list(scope))])
        self._choose("period", [_ANY, *_periods(question)])
        self._choose("unit", unit_steps(scope, question.unit, asked.on))
        self._choose("platform", [_ANY, *((name, name) for name in names)])
        if not names:
            del self.fields["platform"]

    def _choose(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices


def _periods(question: ResultsQuestion) -> list[tuple[str, list[tuple[str, str]]]]:
    """The periods around the one asked for, or around this year, by kind."""
    around = question.period or parse_period(f"{today().year:04d}")
    return [
        (group.label, [(option.value, option.label) for option in group.options])
        for group in period_groups(around)
    ]


class ScoreField(forms.CharField):
    """A score from 0 to 10, with a comma or a point; empty is unknown."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "size": "4"})

    def clean(self, value: Any) -> float | None:
        text = str(super().clean(value)).replace(",", ".")
        try:
            score = float(text) if text else None
        except ValueError:
            raise forms.ValidationError(_("Điểm là một số, ví dụ 7,5.")) from None
        if score is not None and not 0 <= score <= 10:
            raise forms.ValidationError(_("Điểm từ 0 đến 10."))
        return score


class CourseForm(forms.Form):
    """What stands above the rows: the course, where it was learned, and the day of whoever has no other."""

    course = forms.TypedChoiceField(
        label=_("Khóa học"), coerce=int, error_messages={"required": _("Hãy chọn khóa học.")}
    )
    day = day_field(_("Ngày của cả danh sách"), initial=today)
    platform = forms.CharField(label=_("Nền tảng"), required=False, max_length=100)

    def __init__(self, scope: Scope, data: Any = None, **more: Any) -> None:
        super().__init__(data, **more)
        field = self.fields["course"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            ("", _("Chọn khóa học")),
            *((course.pk, course.title) for course in course_list(scope)),
        ]


class RowForm(forms.Form):
    """What one person reached."""

    state = forms.ChoiceField(label=_("Kết quả"), choices=ResultState.choices, initial=ResultState.PASSED)
    score = ScoreField(label=_("Điểm"), required=False)
    day = day_field(_("Ngày riêng"), required=False)

    def named(self, name: str) -> RowForm:
        """The same form; every field says whose it is, for who hears the page."""
        for field in self.fields.values():
            field.widget.attrs["aria-label"] = f"{field.label}, {name}"
        return self

    def entry(self, person: int, day: date) -> Entry:
        """What was written of the person, on the day of all unless another one is given."""
        known = self.cleaned_data
        return Entry(person, known["state"], known["day"] or day, known["score"])


class ResultForm(forms.Form):
    """Corrections of one result."""

    state = forms.ChoiceField(label=_("Kết quả"), choices=ResultState.choices, widget=forms.RadioSelect)
    day = day_field(_("Ngày"), _("Ngày hoàn thành; với người mới ghi danh là ngày ghi danh."))
    enrolled_at = day_field(_("Ngày ghi danh"), _("Nếu biết."), required=False)
    score = ScoreField(label=_("Điểm"), required=False)
    platform = forms.CharField(label=_("Nền tảng"), required=False, max_length=100)

    def __init__(self, result: CourseResult, data: Any = None) -> None:
        super().__init__(
            data,
            initial={
                "state": result.state,
                "day": result.completed_at or result.enrolled_at,
                "enrolled_at": result.enrolled_at,
                "score": "" if result.score is None else f"{result.score:g}".replace(".", ","),
                "platform": result.platform,
            },
        )
        self._person = result.person_id

    def entry(self) -> Entry:
        """What was written."""
        known = self.cleaned_data
        return Entry(self._person, known["state"], known["day"], known["score"])


class CatalogueForm(forms.Form):
    """A course."""

    title = forms.CharField(
        label=_("Tên khóa học"), max_length=300, error_messages={"required": _("Hãy ghi tên khóa học.")}
    )
    counts_for = forms.MultipleChoiceField(
        label=_("Được tính cho"),
        required=False,
        choices=CountsFor.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Hoàn thành lớp hoặc đạt khóa này là đạt kỹ năng được chọn."),
    )
    delivery = forms.ChoiceField(
        label=_("Cách học"),
        choices=Delivery.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Hãy chọn cách học.")},
    )
    periods = whole_field(_("Số tiết"), 1, 2_000, required=False, help_text=_("Một tiết là 45 phút."))
    topics = forms.CharField(label=_("Nội dung"), required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, course: Course | None, data: Any = None) -> None:
        initial: dict[str, Any] = {}
        if course is not None:
            initial = {name: getattr(course, name) for name in ("title", "delivery", "periods", "topics")} | {
                "counts_for": list(course.counts_for)
            }
        super().__init__(data, initial=initial)

    def course(self) -> CourseData:
        """What was written."""
        known = self.cleaned_data
        return CourseData(
            title=known["title"],
            topics=known["topics"],
            counts_for=frozenset(known["counts_for"]),
            delivery=known["delivery"],
            periods=known["periods"],
        )
