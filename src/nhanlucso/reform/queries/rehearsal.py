"""What carrying a resolution out would touch, counted before it is done. Nothing is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from nhanlucso.access.models import Assignment
from nhanlucso.exchange.enums import ImportState
from nhanlucso.exchange.models import ListImport
from nhanlucso.jobs.services import Say
from nhanlucso.kernel.scope import Scope
from nhanlucso.orgs.browsing.rules import ordered
from nhanlucso.orgs.queries import history
from nhanlucso.orgs.restructuring.rules import Ref
from nhanlucso.orgs.rules import History, Version
from nhanlucso.people.models import Post
from nhanlucso.plans.models import Plan, Target
from nhanlucso.reform.models import Resolution
from nhanlucso.reform.queries.resolutions import visible_resolution
from nhanlucso.reform.rules.draft import Draft
from nhanlucso.reform.rules.draft import Plan as Planned
from nhanlucso.reform.rules.foreseen import foreseen
from nhanlucso.reform.rules.planning import plan
from nhanlucso.reform.rules.reaching import Effect, effects
from nhanlucso.reform.rules.rehearsal import (
    ACCOUNTS,
    CLASSES,
    IMPORTS,
    PLANS,
    POSTS,
    REPORTS,
    TARGETS,
    TEAMS,
    TOUCHED,
    Rehearsal,
    TouchedUnit,
    Waiting,
)
from nhanlucso.reform.stored import draft_of
from nhanlucso.reports.models import Report
from nhanlucso.teams.models import Team
from nhanlucso.training.models import ClassSession, TrainingClass


def rehearsal(scope: Scope, uid: str, say: Say | None = None) -> Rehearsal:
    """What a resolution would do as things are now; nothing is written. `say` is told how far it is.

    Raises Resolution.DoesNotExist outside the scope. Asks the database once for each table.
    """
    tell = say or _silent
    resolution = visible_resolution(scope, uid)
    draft, past = draft_of(resolution), history()
    planned = plan(past, draft)
    counts: dict[str, Counter[int]] = {}
    for done, what in enumerate(TOUCHED):
        tell(done, len(TOUCHED) + 1, _("Đếm hồ sơ bị chạm tới"))
        counts[what] = _by_unit(what, draft.day)
    tell(len(TOUCHED), len(TOUCHED) + 1, _("Xem ai thấy nhiều hơn, ít hơn"))
    told = _Told(past, draft, counts)
    units = tuple(told.unit(unit) for unit in told.speaks)
    seeing = told.effects(planned)
    totals = {what: sum(counts[what][u] for u in told.nearest) for what in TOUCHED}
    totals[ACCOUNTS] = sum(counts[ACCOUNTS][u] for u in {*told.nearest, *seeing})
    return Rehearsal(
        problems=planned.problems,
        units=units,
        totals=totals,
        lost={what: sum(counts[what][u] for u in planned.ended) for what in (ACCOUNTS, TARGETS)},
        waiting=told.waiting(planned),
        partly=tuple(unit for unit in units if unit.version.unit in planned.ended and len(unit.heirs) > 1),
        ended=len(planned.ended),
        made=len(draft.units),
        brought=len(planned.brought),
        effects={unit: effect for unit, effect in seeing.items() if counts[ACCOUNTS][unit]},
    )


def _silent(done: int, total: int, step: str) -> None:
    """Nobody listens."""


def touched_units(scope: Scope, resolution: Resolution, unit: int | None = None) -> frozenset[int]:
    """The units that a resolution touches, or those of them that are counted to one that it speaks of."""
    draft = draft_of(visible_resolution(scope, resolution.uid))
    nearest = _Told(history(), draft, {}).nearest
    return frozenset(u for u, speaks in nearest.items() if unit in (None, speaks))


class _Told:
    """A draft beside the tree of the day before."""

    def __init__(self, past: History, draft: Draft, counts: Mapping[str, Counter[int]]) -> None:
        self.past, self.draft, self.counts = past, draft, counts
        self.names: dict[Ref, str] = {unit.key: unit.name for unit in draft.units}
        self.heirs: dict[int, list[Ref]] = {}
        self.kinds: dict[int, str] = {}
        for row in draft.rows:
            if row.origin is not None:
                self.kinds.setdefault(row.origin, row.kind)
                self.heirs.setdefault(row.origin, [])
                if row.target is not None and row.target != row.origin:
                    self.heirs[row.origin].append(row.target)
        self.nearest = self._nearest()
        self._own: dict[int, list[int]] = {unit: [] for unit in self.kinds}
        for unit, speaks in self.nearest.items():
            self._own[speaks].append(unit)
        versions = (past.version_near(unit, draft.last) for unit in self.kinds)
        self.speaks = [version.unit for version in ordered(v for v in versions if v)]

    def _nearest(self) -> dict[int, int]:
        """Every unit of the day before that lies at or below one that the draft speaks of, with that one."""
        found = {}
        for unit, line in self.past.closure(self.draft.last).items():
            speaks = next((above for above in line if above in self.kinds), None)
            if speaks is not None:
                found[unit] = speaks
        return found

    def unit(self, unit: int) -> TouchedUnit:
        version = self.past.version_near(unit, self.draft.last)
        assert version is not None
        own = self._own[unit]
        return TouchedUnit(
            version,
            self.kinds[unit],
            tuple(self.name(ref) for ref in self.heirs[unit]),
            {what: sum(counts[u] for u in own) for what, counts in self.counts.items()},
        )

    def waiting(self, planned: Planned) -> tuple[Waiting, ...]:
        groups: dict[tuple[int, tuple[Ref, ...]], list[Version]] = {}
        for unit, heirs in planned.waiting.items():
            version = self.past.version(unit, self.draft.last)
            if version is not None and version.parent is not None:
                groups.setdefault((version.parent, heirs), []).append(version)
        return tuple(
            Waiting(self.name(above), tuple(map(self.name, heirs)), tuple(ordered(versions)))
            for (above, heirs), versions in groups.items()
        )

    def effects(self, planned: Planned) -> Mapping[int, Effect]:
        """By unit, what whoever is entrusted with it sees more or less of; nothing where there are problems."""
        if planned.problems:
            return {}
        return effects(self.past, foreseen(self.past, self.draft, planned), self.draft, self.nearest)

    def name(self, ref: Ref) -> str:
        if isinstance(ref, str):
            return self.names.get(ref, "")
        version = self.past.version_near(ref, self.draft.day)
        return version.name if version else ""


def _posts(day: date) -> QuerySet[Post]:
    return Post.objects.filter(valid_from__lt=day, valid_to__gte=day)


def _teams(day: date) -> QuerySet[Team]:
    return Team.objects.filter(valid_from__lt=day, valid_to__gte=day)


def _classes(day: date) -> QuerySet[TrainingClass]:
    """Classes that are not over before the day."""
    sessions = ClassSession.objects.filter(training_class=OuterRef("pk"))
    return TrainingClass.objects.filter(~Exists(sessions) | Exists(sessions.filter(starts_at__date__gte=day)))


def _targets(day: date) -> QuerySet[Target]:
    return Target.objects.filter(year__gte=day.year)


def _plans(day: date) -> QuerySet[Plan]:
    return Plan.objects.filter(valid_to__gte=day)


def _accounts(day: date) -> QuerySet[Assignment]:
    return Assignment.objects.filter(valid_to__gte=day, account__is_active=True)


def _reports(day: date) -> QuerySet[Report]:
    return Report.objects.all()


def _imports(day: date) -> QuerySet[ListImport]:
    return ListImport.objects.filter(Q(state=ImportState.READ) | Q(state=ImportState.ASKED))


RECORDS: dict[str, tuple[Callable[[date], QuerySet[Any]], str, tuple[str, ...]]] = {
    POSTS: (_posts, "unit", ("person",)),
    TEAMS: (_teams, "unit", ()),
    CLASSES: (_classes, "host_unit", ()),
    TARGETS: (_targets, "unit", ()),
    PLANS: (_plans, "issuer_unit", ()),
    ACCOUNTS: (_accounts, "unit", ("account",)),
    REPORTS: (_reports, "unit", ()),
    IMPORTS: (_imports, "unit", ("upload",)),
}
"""What makes the records of a kind that a change of a day touches, the column of their unit, what is read with them."""


def _by_unit(what: str, day: date) -> Counter[int]:
    make, field, _with = RECORDS[what]
    rows: Iterable[tuple[int | None, int]] = (
        make(day).order_by().values_list(field).annotate(count=Count("pk"))
    )
    return Counter({unit: count for unit, count in rows if unit is not None})
