"""The last step: what will be written, writing it, what was written, taking it back."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from nhanlucso.exchange.enums import ImportState
from nhanlucso.exchange.lists.services import comment, undo, write
from nhanlucso.exchange.lists.work import UNDO
from nhanlucso.exchange.sheets.understanding import ATTENDANCE, STAFF
from nhanlucso.journal.queries import act_named, changes, told_conflicts
from nhanlucso.kernel.clock import now
from nhanlucso.kernel.permissions import Permission
from nhanlucso.web.imports.flow import DONE_STEP, Opened, opened, stepped
from nhanlucso.web.imports.understood import problems_of
from nhanlucso.web.kit.acts import InTheWay, Undoing, undoing
from nhanlucso.web.kit.doors import needs

LOOKED = 2_000  # rows of an act that a page looks through itself


@needs(Permission.IMPORT_LISTS)
def done_step(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Before writing: what it would write; afterwards: what it wrote. Sent: writes."""
    found = opened(request, uid)
    if request.method == "POST":
        write(uid=uid, by=found.scope, at=now())
        return redirect(DONE_STEP, uid=uid)
    written = found.item.state == ImportState.WRITTEN
    ended = found.item.state in (ImportState.WRITTEN, ImportState.UNDONE)
    if found.item.state == ImportState.READ or (found.reading is None and not ended):
        return redirect("import-read", uid=uid)
    if found.reading is None:
        return stepped(request, found, DONE_STEP, "imports/_done.html", {})
    summary = found.reading.summary
    outcome = summary["outcome"]
    context = {
        "written": written,
        "outcome": outcome,
        "staff": summary["kind"] == STAFF,
        "attendance": summary["kind"] == ATTENDANCE,
        "left": len(found.undecided) + sum(unit["count"] for unit in summary["units"]),
        "more": written and outcome["writes"] and not summary["written"],
        "problems": problems_of(found.reading),
    }
    return stepped(request, found, DONE_STEP, "imports/_done.html", context)


@needs(Permission.IMPORT_LISTS)
def problem_file(request: HttpRequest, uid: UUID) -> HttpResponseBase:
    """The file as it was uploaded, with a comment in each cell that something is wrong with."""
    found = opened(request, uid)
    if found.reading is None:
        raise Http404
    path = comment(uid=uid, by=found.scope, at=now())
    name = found.item.upload.name
    stem = name.rpartition(".")[0] or name
    body = path.open("rb")
    path.unlink()  # the open file stays readable until it is sent
    return FileResponse(body, as_attachment=True, filename=f"{stem} - {_('cho-can-xem')}{path.suffix}")


@needs(Permission.IMPORT_LISTS)
def undo_step(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What taking this import back would do, and what stands in the way; sent: takes it back."""
    found = opened(request, uid)
    if found.item.state != ImportState.WRITTEN:
        return redirect("list-import", uid=uid)
    if request.method == "POST":
        undo(uid=uid, by=found.scope, at=now())
        return redirect("list-import", uid=uid)
    return stepped(request, found, DONE_STEP, "imports/_undo.html", _undoing(found))


def _undoing(found: Opened) -> dict[str, Any]:
    """What taking back the acts of an import does, kind by kind, and the rows that were changed since.

    Those of a long list are looked for when it is taken back; a refusal has named them then.
    """
    counts: Counter[str] = Counter()
    in_the_way: list[InTheWay] = []
    looked = True
    for uid in reversed(found.item.acts):
        act = act_named(found.scope, uid)
        would = changes(found.scope, act, most=LOOKED)
        if not would.looked:
            looked = False
            would = replace(would, conflicts=tuple(told_conflicts(found.scope, act, _told(found))))
        told = undoing(found.scope, would)
        counts.update(dict(told.counts))
        in_the_way += told.in_the_way
    told = Undoing(tuple(counts.items()), tuple(in_the_way))
    return {"told": told, "looked": looked, "unread": True}


def _told(found: Opened) -> list[str]:
    """What the last attempt to take the import back was refused for, in the words of the journal."""
    job = found.failed
    error = job.result.get("error", {}) if job is not None and job.kind == UNDO else {}
    return [detail["message"] for detail in error.get("details", [])]
