"""What findings name: people, classes, teams, units, targets, each asked of its room with its own permission.

Whoever may not see a record reads what kind of record it is, and gets no link. A page of findings costs one query for
each kind of record, not for each finding.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from nhanlucso.courses.models import Course
from nhanlucso.indicators.catalogue import Indicator
from nhanlucso.indicators.definitions import definitions
from nhanlucso.indicators.quality.enums import Lack, Source
from nhanlucso.indicators.quality.findings import Finding
from nhanlucso.kernel.clock import ALWAYS, EVER, ZONE, today
from nhanlucso.kernel.periods import parse_period
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.orgs.queries import history, reach
from nhanlucso.people.queries import PersonName, people_by_ids
from nhanlucso.plans.models import Plan
from nhanlucso.plans.queries import concerns
from nhanlucso.teams.models import Team
from nhanlucso.teams.queries import teams_in_reach
from nhanlucso.training.models import ClassSession, TrainingClass
from nhanlucso.training.queries.classes import visible_classes
from nhanlucso.web.kit.periods import period_label
from nhanlucso.web.kit.wording import day, number

Link = tuple[str, str]
_Record = TypeVar("_Record", bound=Model)
_BATCH = 5_000

PEOPLE = ("person", "other_person")
CLASSES = ("training_class", "other_class")
SESSIONS = ("session", "other_session")
UNITS = ("unit", "held_unit")
DAYS = ("date", "since", "until", "first", "last", "enrolled", "completed")


@dataclass(frozen=True, slots=True)
class Named:
    """A finding in words, with the ways to its records: where it is mended first."""

    text: str
    links: list[Link]
    unit: str
    day: date | None


class Names:
    """The records that some findings name, as far as a scope sees them."""

    def __init__(self, scope: Scope, findings: Sequence[Finding]) -> None:
        self._scope = scope
        self._findings = findings
        self._past = history()

    def named(self, finding: Finding) -> Named:
        """A finding in words."""
        facts = finding.facts
        words = {name: self._word(name, value) for name, value in facts.items()}
        text = str(finding.rule.sentence) % words
        return Named(
            text[0].upper() + text[1:], list(self._links(finding)), self.unit(finding.unit), finding.day
        )

    def unit(self, unit: int | None) -> str:
        """The name of a unit as it is or last was, with the unit above of a village."""
        if unit is None:
            return _("Không thuộc đơn vị nào")
        version = self._past.version(unit, today()) or self._past.last_version(unit)
        if version is None:
            return "–"
        above = (
            self._past.last_version(version.parent) if version.kind == "village" and version.parent else None
        )
        return f"{version.name}, {above.name}" if above else version.name

    def _word(self, name: str, value: object) -> str:
        for names, say in self._sayers:
            if name in names:
                return say(value)
        return number(value) if isinstance(value, int) else str(value or "–")

    @cached_property
    def _sayers(self) -> tuple[tuple[tuple[str, ...], Callable[[object], str]], ...]:
        return (
            (PEOPLE, lambda pk: self._people[pk].name if pk in self._people else _("một người")),
            (CLASSES, lambda pk: f"«{self._classes[pk]}»" if pk in self._classes else _("một lớp")),
            (SESSIONS, self._session),
            (UNITS, lambda pk: self.unit(int(str(pk)))),
            (("team",), lambda pk: self._teams.get(pk, _("một tổ"))),
            (("course",), lambda pk: f"«{self._courses.get(pk, '–')}»"),
            (("indicator",), self._indicator),
            (("period",), lambda text: period_label(parse_period(str(text)))),
            (("source",), lambda code: str(Source(str(code)).label)),
            (("lack",), lambda code: str(Lack(str(code)).label)),
            (("year",), str),
            (DAYS, _day),
        )

    def _session(self, pk: object) -> str:
        held = self._sessions.get(pk)
        if held is None or held.training_class_id not in self._classes:
            return _("một buổi học")
        starts = held.starts_at.astimezone(ZONE)
        hours = f"{starts:%H:%M}" + (f"–{held.ends_at.astimezone(ZONE):%H:%M}" if held.ends_at else "")
        return _("«%(title)s» (%(hours)s, %(day)s)") % {
            "title": self._classes[held.training_class_id],
            "hours": hours,
            "day": day(held.starts_at),
        }

    def _indicator(self, code: object) -> str:
        found = self._indicators.get(str(code))
        return f"«{found.name}»" if found else f"«{code}»"

    def _links(self, finding: Finding) -> Iterable[Link]:
        """The ways to the records, those that are mended first."""
        facts = finding.facts
        if finding.rule.code == "person.duplicates" and {facts["person"], facts["other_person"]} <= set(
            self._people
        ):
            yield _("So hai hồ sơ"), reverse("people-pair", args=[facts["person"], facts["other_person"]])
            return
        yield from self._record_links(facts)
        yield from self._unit_links(finding)

    def _record_links(self, facts: Mapping[str, object]) -> Iterable[Link]:
        for name in PEOPLE:
            if (pk := facts.get(name)) in self._people:
                yield self._people[pk].name, reverse("person", args=[pk])
        classes = [self._class_of(facts, name) for name in (*SESSIONS, *CLASSES)]
        for pk in dict.fromkeys(one for one in classes if one in self._classes):
            yield self._classes[pk], reverse("training-class", args=[pk])
        if (team := facts.get("team")) in self._teams:
            yield self._teams[team], reverse("team", args=[team])
        if (plan := facts.get("plan")) in self._plans:
            yield self._plans[plan], reverse("plan", args=[plan])

    def _class_of(self, facts: Mapping[str, object], name: str) -> object:
        if name in SESSIONS:
            held = self._sessions.get(facts.get(name))
            return held.training_class_id if held else None
        return facts.get(name)

    def _unit_links(self, finding: Finding) -> Iterable[Link]:
        facts, code = finding.facts, finding.rule.code
        unit = facts.get("unit", facts.get("held_unit"))
        if not isinstance(unit, int) or not reach(self._scope).holds(unit):
            return
        if code == "unit.outlier" and self._scope.may(Permission.SEE_FIGURES):
            query = f"?unit={unit}&period={facts['period']}&tree=now"
            yield _("Mở số liệu"), reverse("figure", args=[facts["indicator"]]) + query
        elif code == "unit.unallocated" and self._may(unit, Permission.EDIT_UNITS, Permission.EDIT_PEOPLE):
            yield _("Phân bổ"), reverse("split", args=[unit])
        elif code == "village.no_team" and self._may(unit, Permission.EDIT_TEAMS):
            yield _("Lập tổ"), f"{reverse('team-add')}?unit={unit}"
        else:
            yield self.unit(unit), reverse("unit", args=[unit])

    def _may(self, unit: int, *permissions: Permission) -> bool:
        return any(reach(self._scope.to(permission)).holds(unit) for permission in permissions)

    # -- records, each kind read once -------------------------------------------------------------------------

    def _ids(self, *names: str) -> list[int]:
        found = {
            f.facts[name]: None for f in self._findings for name in names if f.facts.get(name) is not None
        }
        return list(found)

    @cached_property
    def _people(self) -> Mapping[Any, PersonName]:
        return people_by_ids(self._scope, self._ids(*PEOPLE))

    @cached_property
    def _sessions(self) -> Mapping[Any, ClassSession]:
        return {one.pk: one for one in _read(ClassSession.objects.all(), self._ids(*SESSIONS))}

    @cached_property
    def _classes(self) -> Mapping[Any, str]:
        wanted = {*self._ids(*CLASSES), *(one.training_class_id for one in self._sessions.values())}
        seen = self._scope.to(Permission.SEE_CLASSES)
        rows = TrainingClass.objects.all() if seen.everything else visible_classes(self._scope)
        return {} if seen.is_empty else {one.pk: one.title for one in _read(rows, sorted(wanted))}

    @cached_property
    def _teams(self) -> Mapping[Any, str]:
        rows: QuerySet[Team] = teams_in_reach(self._scope, Permission.SEE_TEAMS)
        return {one.pk: one.name or _("Tổ chưa có tên") for one in _read(rows, self._ids("team"))}

    @cached_property
    def _courses(self) -> Mapping[Any, str]:
        return {one.pk: one.title for one in _read(Course.objects.all(), self._ids("course"))}

    @cached_property
    def _plans(self) -> Mapping[Any, str]:
        """Plans of issuers that bind somebody in reach; a unit whose own target it is reads it too."""
        held = {f.facts.get("plan"): f.unit for f in self._findings}
        if not self._scope.may(Permission.SEE_PLANS):
            return {}
        inside = reach(self._scope.to(Permission.SEE_PLANS))
        return {
            one.pk: one.number or one.title
            for one in _read(Plan.objects.all(), self._ids("plan"))
            if concerns(self._scope, one.issuer_unit_id)
            or (held[one.pk] is not None and inside.holds(held[one.pk] or 0))
        }

    @cached_property
    def _indicators(self) -> Mapping[str, Indicator]:
        return definitions()


def _read(rows: QuerySet[_Record], ids: Sequence[int]) -> Iterable[_Record]:
    for start in range(0, len(ids), _BATCH):
        yield from rows.filter(pk__in=ids[start : start + _BATCH])


def _day(text: object) -> str:
    if text in (EVER.isoformat(), None, ""):
        return _("chưa rõ ngày")
    return _("nay") if text == ALWAYS.isoformat() else day(text)
