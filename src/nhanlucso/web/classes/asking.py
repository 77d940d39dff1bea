"""What the list of classes is asked, from the address: filters, and the same filters as chips."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from nhanlucso.courses.models import Course
from nhanlucso.kernel.clock import today
from nhanlucso.kernel.periods import Period, parse_period
from nhanlucso.kernel.scope import Scope
from nhanlucso.orgs.queries import history
from nhanlucso.orgs.rules import Version
from nhanlucso.training.enums import Form, Mode
from nhanlucso.training.queries.listing import GUESTS, OURS, ClassesAsked, courses_in_use, hosts_in_use
from nhanlucso.web.kit.choices import period_groups
from nhanlucso.web.kit.periods import period_label

SIDES = {"": _("Tất cả"), OURS: _("Mình chủ trì, phối hợp"), GUESTS: _("Nơi khác, có người mình")}


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter and an address: without it where it holds, with it where it does not."""

    label: Any
    url: str
    on: bool = True


@dataclass(frozen=True, slots=True)
class ClassQuestion:
    """A checked question; `words` are those of the address that say something."""

    asked: ClassesAsked
    period: Period | None
    unit: Version | None
    course: Course | None
    words: QueryDict

    @property
    def query(self) -> str:
        """The question as a query string, for links and files that keep it."""
        return self.words.urlencode()

    @property
    def chips(self) -> list[Chip]:
        """The active filters, each with the address that takes it away."""
        return [Chip(label, self._with(name, "")) for name, label in self._active()]

    @property
    def sides(self) -> list[Chip]:
        """Whose classes: all, one's own, those of others with one's people."""
        return [
            Chip(label, self._with("side", side), side == self.asked.side) for side, label in SIDES.items()
        ]

    def _active(self) -> Iterator[tuple[str, str]]:
        asked = self.asked
        if asked.words:
            yield "q", f"«{asked.words}»"
        if self.period:
            label = period_label(self.period)
            yield "period", label[0].upper() + label[1:]
        if asked.form:
            yield "form", str(Form(asked.form).label)
        if asked.mode:
            yield "mode", str(Mode(asked.mode).label)
        if self.unit:
            yield "unit", self.unit.name
        if self.course:
            yield "course", self.course.title

    def _with(self, name: str, value: str) -> str:
        words = self.words.copy()
        words.pop(name, None)
        if value:
            words[name] = value
        return "?" + words.urlencode()


def class_question(request: HttpRequest) -> ClassQuestion:
    """The question of the list. Words that say nothing known are left out. Raises Refused for a period that cannot
    be."""
    words = request.GET
    period = parse_period(words["period"]) if words.get("period") else None
    unit = history().last_version(int(words["unit"])) if _number(words.get("unit")) else None
    course = Course.objects.filter(pk=int(words["course"])).first() if _number(words.get("course")) else None
    asked = ClassesAsked(
        words=words.get("q", "").strip(),
        span=period.window() if period else None,
        form=words.get("form", "") if words.get("form") in Form.values else "",
        mode=words.get("mode", "") if words.get("mode") in Mode.values else "",
        unit=unit.unit if unit else None,
        course=course.pk if course else None,
        side=words.get("side", "") if words.get("side") in SIDES else "",
    )
    kept = QueryDict(mutable=True)
    for name in ("q", "period", "form", "mode", "unit", "course", "side"):
        if words.get(name):
            kept[name] = words[name]
    return ClassQuestion(asked, period, unit, course, kept)


def _number(text: str | None) -> bool:
    return bool(text) and str(text).isdecimal() and len(str(text)) < 19


class FilterForm(forms.Form):
    """The filters of the list; sent by GET, so that every list has an address."""

    period = forms.ChoiceField(label=_("Có buổi học trong"), required=False)
    form = forms.ChoiceField(label=_("Hình thức"), required=False, choices=[("", _("Bất kỳ")), *Form.choices])
    mode = forms.ChoiceField(label=_("Cách học"), required=False, choices=[("", _("Bất kỳ")), *Mode.choices])
    unit = forms.ChoiceField(label=_("Chủ trì ở"), required=False)
    course = forms.ChoiceField(label=_("Khóa học"), required=False)

    def __init__(self, scope: Scope, question: ClassQuestion) -> None:
        super().__init__(initial=question.words.dict())
        offered: dict[str, list[tuple[Any, Any]]] = {
            "period": [("", _("Mọi lúc")), *_periods(question.period)],
            "unit": [("", _("Mọi đơn vị")), *_hosts(scope)],
            "course": [("", _("Bất kỳ")), *((c.pk, c.title) for c in courses_in_use(scope))],
        }
        for name, choices in offered.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices


def _periods(asked: Period | None) -> list[tuple[Any, Any]]:
    groups = period_groups(asked or parse_period(f"{today().year:04d}"))
    return [(group.label, [(one.value, one.label) for one in group.options]) for group in groups]


def _hosts(scope: Scope) -> list[tuple[Any, Any]]:
    """The units that hold classes, below what stands above them, as a tree by today or their last day."""
    past, day = history(), today()
    paths: dict[tuple[tuple[str, int], ...], int] = {}
    for unit in hosts_in_use(scope):
        last = past.last_version(unit)
        on = min(day, last.valid_to) if last else day
        line = past.closure(on).get(unit, (unit,))
        for depth in range(len(line)):
            path = tuple(_step(past.version_near(one, on)) for one in reversed(line[depth:]))
            paths[path] = line[depth]
    return [(paths[path], "\u2003" * (len(path) - 1) + _name(paths[path], day)) for path in sorted(paths)]


def _step(version: Version | None) -> tuple[str, int]:
    return (version.name, version.unit) if version else ("", 0)


def _name(unit: int, day: date) -> str:
    last = history().last_version(unit)
    if last is None:
        return ""
    return last.name if last.valid_to >= day else gettext("%(name)s (trước đây)") % {"name": last.name}
