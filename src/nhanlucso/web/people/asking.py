"""What the list of people is asked, from the address: filters, and the same filters as chips."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, QueryDict
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from nhanlucso.indicators.catalogue import INDICATORS
from nhanlucso.indicators.queries import passport
from nhanlucso.kernel.clock import today
from nhanlucso.orgs.rules import Version
from nhanlucso.people.enums import Category, Duty
from nhanlucso.people.queries import ALL_STAFF, PeopleAsked
from nhanlucso.web.kit.asking import Question, question, scope_of, unit_asked
from nhanlucso.web.kit.periods import period_label
from nhanlucso.web.kit.wording import day

TRAINED, MISSING = "yes", "no"
GROUPS = {TRAINED: "counted", MISSING: "missing"}


@dataclass(frozen=True, slots=True)
class Chip:
    """An active filter and the address without it."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class PeopleQuestion:
    """A checked question. `period`: of training, where that was asked."""

    asked: PeopleAsked
    unit: Version | None
    trained: str
    period: Question | None
    words: QueryDict

    @property
    def invitable(self) -> bool:
        """Whether the list is all those who miss training, so that they can be invited to a class."""
        asked = self.asked
        return self.trained == MISSING and not (asked.words or asked.category or asked.duty)

    @property
    def chips(self) -> list[Chip]:
        """The active filters, each with the address that takes it away."""
        return [Chip(label, self._without(name)) for name, label in self._active()]

    @property
    def offers(self) -> list[Chip]:
        """What most people narrow the list to, as far as it is not narrowed there yet."""
        words = (
            ("trained", MISSING, _("Còn thiếu kỹ năng số cơ bản")),
            ("category", ALL_STAFF, _("Cán bộ, công chức, viên chức")),
            ("duty", Duty.DT_DEDICATED, _("Chuyên trách")),
            ("duty", Duty.DT_CONCURRENT, _("Kiêm nhiệm")),
        )
        taken = {name for name, _label in self._active()}
        return [
            Chip(label, f"?{self._with(name, value)}") for name, value, label in words if name not in taken
        ]

    @property
    def query(self) -> str:
        """The question without the page, for the file of the list."""
        words = self.words.copy()
        words.pop("page", None)
        return words.urlencode()

    def _with(self, name: str, value: str) -> str:
        words = self.words.copy()
        words[name] = value
        words.pop("page", None)
        return words.urlencode()

    def _active(self) -> Iterator[tuple[str, str]]:
        asked = self.asked
        if asked.words:
            yield "q", f"«{asked.words}»"
        if self.unit:
            yield "unit", self.unit.name
        if asked.category:
            yield "category", category_label(asked.category)
        if asked.duty:
            yield "duty", str(Duty(asked.duty).label)
        if self.trained and self.period:
            word = _("Đã có kỹ năng số cơ bản") if self.trained == TRAINED else _("Chưa có kỹ năng số cơ bản")
            yield "trained", f"{word}, {period_label(self.period.period)}"
        if asked.former:
            yield "former", _("Kể cả người đã thôi")
        if self.words.get("on") and asked.on != today() and not self.period:
            yield "on", _("Ngày %(day)s") % {"day": day(asked.on)}

    def _without(self, name: str) -> str:
        words = self.words.copy()
        for gone in (name, "page", *(("period", "tree", "calendar") if name == "trained" else ())):
            words.pop(gone, None)
        return "?" + words.urlencode()


def category_label(category: str) -> str:
    if category == ALL_STAFF:
        return _("Cán bộ, công chức, viên chức, hợp đồng")
    return str(Category(category).label)


def people_question(request: HttpRequest) -> PeopleQuestion:
    """The question of the list. Words that say nothing known are left out.

    Raises Http404 for a unit outside the scope, Refused as `question` where training is asked for.
    """
    words = request.GET
    trained = words.get("trained", "") if words.get("trained") in GROUPS else ""
    period = question(request) if trained else None
    unit = period.version if period else unit_asked(request)
    on = period.asked.window.b if period else _day(words.get("on", ""), unit)
    category, duty = words.get("category", ""), words.get("duty", "")
    asked = PeopleAsked(
        on=on,
        unit=unit.unit if unit else None,
        category=category if category in (ALL_STAFF, *Category.values) else "",
        duty=duty if duty in Duty.values else "",
        words=words.get("q", "").strip(),
        former=words.get("former") == "on",
        only=_only(request, period, trained) if period else None,
    )
    return PeopleQuestion(asked, unit, trained if period else "", period, _kept(words))


def _kept(words: QueryDict) -> QueryDict:
    """The address without what is empty."""
    kept = QueryDict(mutable=True)
    for name, value in words.items():
        if value:
            kept[name] = str(value)
    return kept


def _day(text: str, unit: Version | None) -> date:
    """The day asked for; by default today, or the last day of a unit that has ended."""
    try:
        asked = parse_date(text)
    except ValueError:
        asked = None
    return asked or (min(today(), unit.valid_to) if unit else today())


def _only(request: HttpRequest, period: Question, trained: str) -> frozenset[int]:
    behind = passport(scope_of(request), period.asked, INDICATORS["coverage.basic"], period.unit.pk)
    return frozenset(row.person for row in behind.rows(GROUPS[trained]) if row.person is not None)
