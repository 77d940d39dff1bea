"""Importing a OneRoster 1.2 package: read, checked, made a bundle, written as bundles are: all or nothing.

What it wrote is an act that can be taken back.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from nhanlucso.exchange.bundle.files import BY_NAME
from nhanlucso.exchange.bundle.importing import import_package
from nhanlucso.exchange.bundle.index import chunked
from nhanlucso.exchange.bundle.report import LISTED_PROBLEMS, ImportReport
from nhanlucso.exchange.models import RosterLink
from nhanlucso.exchange.oneroster.arriving import (
    Arrival,
    begin,
    take_courses,
    take_orgs,
    take_people,
    take_posts,
)
from nhanlucso.exchange.oneroster.attending import take_study
from nhanlucso.exchange.oneroster.checking import check_roster
from nhanlucso.exchange.oneroster.known import Decisions
from nhanlucso.exchange.oneroster.package import read_package
from nhanlucso.journal.models import Act
from nhanlucso.journal.recorder import Recorder
from nhanlucso.journal.rows import label_of
from nhanlucso.journal.services import Undone, recording, undo
from nhanlucso.kernel.clock import local_date
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.orgs.models import Unit, UnitChange, UnitVersion
from nhanlucso.orgs.queries import history, require_everything
from nhanlucso.orgs.services import structure_changed
from nhanlucso.people.enums import Category

IMPORTED = "oneroster.import"
_TABLES = ("orgs", "users", "courses")
Progress = Callable[[int, int, str], None]


@dataclass(slots=True)
class RosterReport:
    """What the import did or would do. `ambiguous`: users of whom it is not certain who they are, left out; `found`:
    how many orgs, users and courses are records of ours; `act`: what an undo takes back."""

    bundle: ImportReport
    ambiguous: int = 0
    found: dict[str, int] = field(default_factory=dict)
    act: str = ""

    def as_json(self) -> dict[str, object]:
        return self.bundle.as_json() | {
            "ambiguous": self.ambiguous,
            "found": self.found,
            "act": self.act,
        }


def import_roster(
    path: Path,
    *,
    dry_run: bool,
    by: Scope,
    at: datetime,
    decisions: Decisions | None = None,
    category: str = "",
    progress: Progress | None = None,
) -> RosterReport:
    """Imports the package at `path`; with `dry_run` only tells what it would do.

    decisions: what people said of orgs, users and courses; category: of new people, which rosters do not tell. Raises
    Refused with all that must be mended (file, line, column), nothing written; Refused("not_allowed") for who does not
    run the installation.
    """
    require_everything(by)
    if category and category not in Category.values:
        raise Refused("bad_category", _("Không có đối tượng «%(category)s».") % {"category": category})
    roster = read_package(path)
    check_roster(roster)
    arrival = begin(roster, history(), local_date(at), decisions or {}, category)
    if dry_run:
        return _apply(arrival, dry_run=True, by=by, at=at, progress=progress)
    with recording(
        kind=IMPORTED,
        subject=arrival.made.source,
        title=_("Nhập gói OneRoster"),
        permission=Permission.OPERATE,
        by=by,
        at=at,
    ) as recorder:
        report = _apply(arrival, dry_run=False, by=by, at=at, progress=progress, recorder=recorder)
    report.act = recorder.uid
    return report


def _apply(
    arrival: Arrival,
    *,
    dry_run: bool,
    by: Scope,
    at: datetime,
    progress: Progress | None,
    recorder: Recorder | None = None,
) -> RosterReport:
    take_orgs(arrival)
    take_people(arrival)
    take_posts(arrival)
    take_courses(arrival)
    take_study(arrival)
    arrival.made.keep_what_is_known()
    if recorder:
        _watch(recorder, arrival)
    package = arrival.made.packed()
    try:
        report = import_package(
            package, dry_run=dry_run, by=by.account_id, at=at, progress=progress, verb=IMPORTED
        )
    except Refused as refusal:
        raise Refused(refusal.code, refusal.message, package.told(refusal.details)) from None
    said = [*arrival.notes, *package.told(report.warnings)]
    report.warnings, report.warning_count = said[:LISTED_PROBLEMS], len(arrival.notes) + report.warning_count
    if recorder:
        _watch_made(recorder, arrival)
        _link(recorder, arrival, at)
    found = {name: sum(1 for table, _uid in arrival.links if table == name) for name in _TABLES}
    return RosterReport(report, arrival.ambiguous, found)


def _watch(recorder: Recorder, arrival: Arrival) -> None:
    """The stored rows that the bundle may change."""
    for name in ("people", "posts", "courses", "classes", "sessions", "results"):
        model = BY_NAME[name].model
        recorder.watch_where(model, "pk", _pks(model, arrival.made.keys(name)))
    sessions = _pks(BY_NAME["sessions"].model, arrival.made.keys("sessions"))
    classes = _pks(BY_NAME["classes"].model, arrival.made.keys("classes"))
    recorder.watch_where(BY_NAME["attendance"].model, "session_id", sessions)
    recorder.watch_where(BY_NAME["invitations"].model, "training_class_id", classes)


def _watch_made(recorder: Recorder, arrival: Arrival) -> None:
    """The rows that are there now."""
    units = _pks(Unit, arrival.made.keys("units"))
    recorder.made(Unit, "pk", units)
    recorder.made(UnitVersion, "unit_id", units)
    recorder.made(UnitChange, "from_unit_id", units)
    for name in ("people", "posts", "courses", "classes", "sessions", "results"):
        model = BY_NAME[name].model
        recorder.made(model, "pk", _pks(model, arrival.made.keys(name)))
    for name, column, owner in (
        ("attendance", "session_id", "sessions"),
        ("invitations", "training_class_id", "classes"),
    ):
        found = _pks(BY_NAME[owner].model, arrival.made.keys(owner))
        recorder.made(BY_NAME[name].model, column, found)


def _pks(model: Any, keys: list[tuple[str, str]]) -> list[int]:
    wanted, found = set(keys), []
    for chunk in chunked(sorted({uid for _origin, uid in keys})):
        rows = model._default_manager.filter(uid__in=chunk).values_list("pk", "origin", "uid")
        found += [pk for pk, origin, uid in rows if (origin, uid) in wanted]
    return found


def _link(recorder: Recorder, arrival: Arrival, at: datetime) -> None:
    """Keeps which records of ours the orgs, users and courses are, so that the next roster need not ask again."""
    made: list[int] = []
    recorder.watch_where(RosterLink, "sourced_id", sorted({uid for _table, uid in arrival.links}))
    for (table, uid), (origin, own) in arrival.links.items():
        row, _created = RosterLink.objects.update_or_create(
            system=arrival.made.source,
            table=table,
            sourced_id=uid,
            defaults={"origin": origin, "uid": own},
            create_defaults={"origin": origin, "uid": own, "at": at},
        )
        made.append(row.pk)
    recorder.made(RosterLink, "pk", made)


def undo_roster(*, act: Act, by: Scope, at: datetime) -> Undone:
    """Takes an import back. Raises as `journal.services.undo`."""
    require_everything(by)
    with transaction.atomic():
        done = undo(act=act, by=by, at=at)
        if not done.already and act.rows.filter(table=label_of(UnitVersion)).exists():
            structure_changed()
    return done
