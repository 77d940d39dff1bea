"""Importing a sheet: read, match, write in one transaction, put on record."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from nhanlucso.audit.services import record
from nhanlucso.exchange.sheets.matching import plan_import
from nhanlucso.exchange.sheets.plan import ImportPlan, ImportRequest, PlannedCount
from nhanlucso.exchange.sheets.reading import AUTO, SheetReading, read_sheet
from nhanlucso.exchange.sheets.undoing import IMPORTED, watch
from nhanlucso.journal.services import recording
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.learning.services import record_results
from nhanlucso.orgs.models import Unit
from nhanlucso.people.models import Person, Post
from nhanlucso.people.services import add_people, complete_people
from nhanlucso.training.models import HeadCount, TrainingClass
from nhanlucso.training.services.head_counts import add_head_count, change_head_count
from nhanlucso.training.services.marks import record_marks


def import_sheet(
    path: Path, *, request: ImportRequest, dry_run: bool, by: Scope, at: datetime, kind: str = AUTO
) -> ImportPlan:
    """Reads a file and imports it; with `dry_run` only tells what it would do.

    Raises Refused("not_allowed"), and as `read_sheet` and `plan_import` do; nothing is written then.
    """
    by = by.require(Permission.IMPORT_LISTS)
    reading = read_sheet(path, kind)
    if dry_run:
        return plan_import(by, reading, request)
    return apply_reading(reading=reading, request=request, by=by, at=at)


def apply_reading(*, reading: SheetReading, request: ImportRequest, by: Scope, at: datetime) -> ImportPlan:
    """Plans inside the transaction of the write, so that nothing changes between the two."""
    with transaction.atomic():
        Unit.objects.select_for_update().get(pk=request.unit.pk)  # imports of one unit go one after the other
        plan = plan_import(by, reading, request)
        apply_plan(plan=plan, request=request, by=by, at=at)
    return plan


def apply_plan(*, plan: ImportPlan, request: ImportRequest, by: Scope, at: datetime) -> ImportPlan:
    """Writes what a plan says; it then knows its act. A plan that changes nothing leaves no trace."""
    plan.dry_run = False
    if not plan.writes:
        return plan
    with recording(
        kind=IMPORTED,
        subject=str(request.unit.pk),
        title=_("Nhập danh sách"),
        permission=Permission.IMPORT_LISTS,
        by=by,
        at=at,
    ) as recorder:
        watch(recorder, plan)
        if plan.new_people or plan.new_posts:
            people = add_people(newcomers=plan.new_people, posts=plan.new_posts, by=by, at=at)
            recorder.made(Person, "pk", [person.pk for person in people])
            recorder.made(Post, "person", [person.pk for person in people])
        if plan.changes or plan.post_changes:
            complete_people(changes=plan.changes, posts=plan.post_changes, by=by, at=at)
        if plan.marks:
            record_marks(marks=plan.marks, by=by, at=at)
        if plan.results:
            record_results(results=plan.results, by=by, at=at)
        _record_counts(plan.counts, by, at)
        record(
            verb="sheet.import",
            object_type="unit",
            object_id=request.unit.uid,
            by=by.account_id,
            at=at,
            count=len(plan.rows),
            facts=True,
        )
    plan.act = recorder.uid
    return plan


def _record_counts(counts: Sequence[PlannedCount], by: Scope, at: datetime) -> None:
    classes = TrainingClass.objects.in_bulk({count.training_class for count in counts})
    known = HeadCount.objects.in_bulk([count.known for count in counts if count.known is not None])
    for count in counts:
        if count.known is not None:
            change_head_count(head_count=known[count.known], data=count.data, by=by, at=at)
        else:
            add_head_count(training_class=classes[count.training_class], data=count.data, by=by, at=at)
