"""What the list of results is asked, from the address: filters, and the same filters as chips."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest, QueryDict

from nhanlucso.courses.models import Course
from nhanlucso.courses.queries import course_list
from nhanlucso.kernel.clock import today
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.periods import Period, parse_period
from nhanlucso.learning.enums import ResultState
from nhanlucso.learning.queries import ResultsAsked
from nhanlucso.orgs.rules import Version
from nhanlucso.web.kit.asking import scope_of, unit_asked
from nhanlucso.web.kit.periods import period_label


@dataclass(frozen=True, slots=True)
class Chip:
    """An active filter and the address without it."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class ResultsQuestion:
    """A checked question; `words`: the address without what is empty."""

    asked: ResultsAsked
    course: Course | None
    unit: Version | None
    period: Period | None
    words: QueryDict

    @property
    def query(self) -> str:
        """The question without the page, for the file of the list."""
        words = self.words.copy()
        words.pop("page", None)
        return words.urlencode()

    @property
    def chips(self) -> list[Chip]:
        """The active filters, each with the address that takes it away."""
        return [Chip(label, self._without(name)) for name, label in self._active()]

    def _active(self) -> Iterator[tuple[str, str]]:
        if self.course:
            yield "course", self.course.title
        if self.asked.state:
            yield "state", str(ResultState(self.asked.state).label)
        if self.period:
            yield "period", period_label(self.period)
        if self.unit:
            yield "unit", self.unit.name
        if self.asked.platform:
            yield "platform", self.asked.platform

    def _without(self, name: str) -> str:
        words = self.words.copy()
        words.pop(name, None)
        words.pop("page", None)
        return "?" + words.urlencode()


def results_question(request: HttpRequest) -> ResultsQuestion:
    """The question of the list. Words that say nothing known are left out. Raises Http404 for a unit outside the
    scope."""
    given, scope = request.GET, scope_of(request)
    unit, period = unit_asked(request), _period(given)
    course = next((one for one in course_list(scope) if str(one.pk) == given.get("course")), None)
    window = period.window() if period else (None, None)
    state = given.get("state", "")
    asked = ResultsAsked(
        on=min(today(), unit.valid_to) if unit else today(),
        course=course.pk if course else None,
        platform=given.get("platform", "").strip(),
        state=state if state in ResultState.values else "",
        unit=unit.unit if unit else None,
        first=window[0],
        last=window[1],
    )
    words = QueryDict(mutable=True)
    for name, value in given.items():
        if value:
            words[name] = str(value)
    return ResultsQuestion(asked, course, unit, period, words)


def _period(given: QueryDict) -> Period | None:
    try:
        return parse_period(given.get("period", ""))
    except Refused:
        return None
