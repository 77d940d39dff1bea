"""An import as its pages show it: how far it is, what is under way, which step is next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from nhanlucso.exchange.enums import ImportState
from nhanlucso.exchange.lists.kept import Kept
from nhanlucso.exchange.lists.queries import own_import, reading_of
from nhanlucso.exchange.lists.rules import decided
from nhanlucso.exchange.lists.stating import counted_of, said_of
from nhanlucso.exchange.lists.work import READ
from nhanlucso.exchange.models import ListImport
from nhanlucso.jobs import progress
from nhanlucso.jobs.enums import JobState
from nhanlucso.jobs.models import Job
from nhanlucso.jobs.progress import Progress
from nhanlucso.jobs.queries import lost_jobs, nobody_works
from nhanlucso.jobs.services import tidy
from nhanlucso.kernel.clock import now
from nhanlucso.kernel.scope import Scope
from nhanlucso.web.kit.asking import scope_of

READ_STEP, ASK_STEP, DONE_STEP = "import-read", "import-ask", "import-done"


@dataclass(frozen=True, slots=True)
class Opened:
    """An import with its present reading (None while there is none) and the scope that looks."""

    item: ListImport
    reading: Kept | None
    scope: Scope

    @property
    def work(self) -> Job | None:
        """The work under way."""
        return self.item.job if self.item.job is not None and self.item.job.is_open else None

    @property
    def failed(self) -> Job | None:
        """The last work, if it came to nothing and what it was to do is still not done."""
        job = self.item.job
        if job is None or job.state not in (JobState.REFUSED, JobState.FAILED, JobState.CANCELLED):
            return None
        return None if job.kind == READ and self.fresh else job

    @property
    def fresh(self) -> bool:
        """Whether the reading takes in all that was said of the list as a whole."""
        return self.reading is not None and self.reading.summary["said"] == said_of(self.item)

    @property
    def counted(self) -> bool:
        """Whether it takes in the decisions on rows, too."""
        return self.reading is not None and self.reading.summary["counted"] == counted_of(self.item)

    @property
    def doubts(self) -> list[tuple[str, int]]:
        return [(sheet, row) for sheet, row in self.reading.summary["doubts"]] if self.reading else []

    @property
    def undecided(self) -> list[int]:
        """Places, among the doubts, of those nobody has decided."""
        said = decided(self.item.decisions)
        return [place for place, key in enumerate(self.doubts) if key not in said]

    @property
    def unknown_units(self) -> list[dict[str, Any]]:
        return self.reading.summary["units"] if self.reading else []

    @property
    def waiting(self) -> int:
        """How many answers are wanted: names of units and rows."""
        return len(self.unknown_units) + len(self.undecided)

    @property
    def may_take_back(self) -> bool:
        """Whether there is a decision that can be taken back."""
        said = decided(self.item.decisions)
        return any(key in said for key in self.doubts)

    @property
    def settled(self) -> bool:
        """Whether nothing can be decided any more, short of undoing."""
        return self.item.state == ImportState.WRITTEN and not self.item.left


def opened(request: HttpRequest, uid: UUID) -> Opened:
    """One's own import; what was left behind by a lost process is ended first."""
    scope, at = scope_of(request), now()
    if lost_jobs(scope, at):
        tidy(by=scope.account_id, at=at)
    item = own_import(scope, uid)
    return Opened(item, reading_of(scope, item), scope)


def next_step(found: Opened) -> str:
    """The name of the address where the import goes on."""
    state = found.item.state
    if state in (ImportState.WRITTEN, ImportState.UNDONE):
        return DONE_STEP
    if state == ImportState.READ or found.reading is None:
        return READ_STEP
    return ASK_STEP if found.unknown_units or found.undecided else DONE_STEP


def stepped(
    request: HttpRequest, found: Opened, step: str, template: str, context: dict[str, object]
) -> HttpResponse:
    """A step as a page; asked for by htmx, only the part that changes."""
    page: dict[str, object] = {
        "title": found.item.upload.name,
        "found": found,
        "item": found.item,
        "step": step,
        "steps": _steps(found, step),
        "part": template,
        **context,
    }
    if found.work is not None:
        page |= {
            "progress": progress.read(found.work.pk) or Progress(),
            "stopping": progress.stop_asked(found.work.pk),
            "nobody_works": nobody_works(found.scope, now()),
        }
    return render(request, "imports/_step.html" if request.htmx else "imports/step.html", page)  # type: ignore[attr-defined]


def _steps(found: Opened, step: str) -> list[tuple[str, str, bool]]:
    """The four steps: word, address ("" where it cannot be gone to now), whether it is this one."""
    uid, ready = found.item.uid, found.reading is not None
    words = {READ_STEP: _("Xem lại"), ASK_STEP: _("Chưa chắc"), DONE_STEP: _("Ghi")}
    there = [(_("Tệp"), reverse("imports"), False)]
    for name, word in words.items():
        reachable = name == READ_STEP or (ready and found.item.state != ImportState.READ)
        there.append((word, reverse(name, args=[uid]) if reachable else "", name == step))
    return there
