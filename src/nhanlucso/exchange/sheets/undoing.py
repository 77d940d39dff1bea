"""Taking the import of a list back: what it may touch, and who may undo it."""

from __future__ import annotations

from datetime import datetime

from nhanlucso.exchange.sheets.plan import ImportPlan
from nhanlucso.journal.models import Act
from nhanlucso.journal.recorder import Recorder
from nhanlucso.journal.rows import Row
from nhanlucso.journal.services import Undone, undo
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.learning.models import CourseResult
from nhanlucso.orgs.queries import writable_unit
from nhanlucso.people.models import Person, Post
from nhanlucso.training.models import Attendance, HeadCount, MarkChange

IMPORTED = "sheet.import"


def watch(recorder: Recorder, plan: ImportPlan) -> None:
    """Everything that writing the plan may change; people who are new are told to the recorder once they are there."""
    recorder.watch_where(Person, "pk", list(plan.changes))
    recorder.watch_where(Post, "pk", list(plan.post_changes))
    recorder.watch_where(Post, "person", sorted({person for person, _ in plan.new_posts}))
    marked = {(mark.session, mark.person) for mark in plan.marks}

    def is_marked(row: Row) -> bool:
        return (row["session_id"], row["person_id"]) in marked

    for model in (Attendance, MarkChange):
        recorder.watch_where(model, "session", sorted({session for session, _ in marked}), is_marked)
    recorder.watch_where(HeadCount, "training_class", sorted({count.training_class for count in plan.counts}))
    recorder.watch_where(CourseResult, "person", sorted({result.person for result in plan.results}))


def undo_import(*, act: Act, by: Scope, at: datetime) -> Undone:
    """Takes an import back, for whoever may import into its unit. Raises as `journal.services.undo`,
    Unit.DoesNotExist outside the scope."""
    by = by.require(Permission.IMPORT_LISTS)
    writable_unit(by, Permission.IMPORT_LISTS, int(act.subject))
    return undo(act=act, by=by, at=at)
