"""Taking the import of a list back: what it may touch, and who may undo it."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Model
from django.utils.translation import gettext as _

from nhanlucso.exchange.sheets.plan import ImportPlan
from nhanlucso.journal.models import Act
from nhanlucso.journal.recorder import Recorder
from nhanlucso.journal.rows import Row, label_of, where
from nhanlucso.journal.services import Undone, undo
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.learning.models import CourseResult
from nhanlucso.orgs.queries import writable_unit
from nhanlucso.people.models import Person, Post
from nhanlucso.people.queries import people_by_ids
from nhanlucso.training.models import Attendance, ClassSession, HeadCount, TrainingClass
from nhanlucso.training.queries.classes import hosted_classes

IMPORTED = "sheet.import"
_NEEDS: dict[type[Model], Permission] = {
    Person: Permission.EDIT_PEOPLE,
    Post: Permission.EDIT_PEOPLE,
    Attendance: Permission.RECORD_ATTENDANCE,
    HeadCount: Permission.RECORD_ATTENDANCE,
    CourseResult: Permission.RECORD_RESULTS,
}


def watch(recorder: Recorder, plan: ImportPlan) -> None:
    """Everything that writing the plan may change; people who are new are told to the recorder once they are there."""
    recorder.watch_where(Person, "pk", list(plan.changes))
    recorder.watch_where(Post, "pk", list(plan.post_changes))
    recorder.watch_where(Post, "person", sorted({person for person, _post in plan.new_posts}))
    marked = {(mark.session, mark.person) for mark in plan.marks}

    def is_marked(row: Row) -> bool:
        return (row["session_id"], row["person_id"]) in marked

    recorder.watch_where(Attendance, "session", sorted({mark.session for mark in plan.marks}), is_marked)
    recorder.watch_where(HeadCount, "training_class", sorted({count.training_class for count in plan.counts}))
    recorder.watch_where(CourseResult, "person", sorted({result.person for result in plan.results}))


def undo_import(*, act: Act, by: Scope, at: datetime) -> Undone:
    """Takes an import back, for whoever may import into its unit and still may write all that it wrote: what was
    entrusted then may have been taken back since. Raises as `journal.services.undo`, Unit.DoesNotExist outside the
    scope, Refused("not_allowed") for what `by` may no longer write, Refused("out_of_reach") for classes that it no
    longer hosts and people whom it no longer reaches."""
    by = by.require(Permission.IMPORT_LISTS)
    writable_unit(by, Permission.IMPORT_LISTS, int(act.subject))
    if act.undone_at is None:
        _check_still_allowed(act, by)
    return undo(act=act, by=by, at=at)


def _check_still_allowed(act: Act, by: Scope) -> None:
    touched = set(act.rows.order_by().values_list("table", flat=True).distinct())
    for model, permission in _NEEDS.items():
        if label_of(model) in touched:
            by.require(permission)
    if _lost_classes(act, by) or _lost_people(act, by):
        raise Refused(
            "out_of_reach",
            _(
                "Lần nhập này ghi cả vào lớp hoặc người không còn thuộc phạm vi của tài khoản. Nhờ cấp trên hoàn tác."
            ),
        )


def _lost_classes(act: Act, by: Scope) -> bool:
    """Whether it wrote into classes that `by` does not host (any more)."""
    sessions = _told(act, Attendance, "session_id")
    classes = _told(act, HeadCount, "training_class_id")
    classes |= set(ClassSession.objects.filter(pk__in=sessions).values_list("training_class_id", flat=True))
    if not classes:
        return False
    there = TrainingClass.objects.filter(pk__in=classes)
    hosted = hosted_classes(by.to(Permission.RECORD_ATTENDANCE)).filter(pk__in=classes)
    return bool(set(there.values_list("pk", flat=True)) - set(hosted.values_list("pk", flat=True)))


def _lost_people(act: Act, by: Scope) -> bool:
    """Whether it changed people whom `by` does not reach (any more), or told results of them."""
    changed = act.rows.filter(table=label_of(Person), before__isnull=False).values_list("row", flat=True)
    people = {int(pk) for pk in changed} | _told(act, CourseResult, "person_id")
    there = {pk for rows in where(Person, "pk", people) for pk in rows.values_list("pk", flat=True)}
    made = act.rows.filter(table=label_of(Person), before__isnull=True).values_list("row", flat=True)
    return bool(there - people_by_ids(by, there).keys() - {int(pk) for pk in made})


def _told(act: Act, model: type[Model], column: str) -> set[int]:
    """The values of a column in all rows of a table that the act wrote."""
    rows = act.rows.filter(table=label_of(model)).values_list("before", "after")
    told = ((after or before or {})[column] for before, after in rows.iterator())
    return {int(value) for value in told if value is not None}
