"""Rehearsing a resolution, carrying it out, taking it back: at once, or as long work where many units change."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django_tasks import task

from nhanlucso.access.queries import scope_of
from nhanlucso.jobs.models import Job
from nhanlucso.jobs.services import Say, run_job, start
from nhanlucso.kernel.clock import now
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.orgs.queries import history
from nhanlucso.reform.models import Resolution
from nhanlucso.reform.queries.resolutions import visible_resolution
from nhanlucso.reform.services.enacting import enact_resolution, reverse_resolution
from nhanlucso.reform.services.rehearsing import rehearse_resolution
from nhanlucso.reform.stored import draft_of

REHEARSE, ENACT, REVERSE = "reform.rehearse", "reform.enact", "reform.reverse"
AT_ONCE = 300  # units at or below those that a resolution speaks of; more become a job

Doing = Callable[..., object]
_DOING: dict[str, Doing] = {
    REHEARSE: rehearse_resolution, ENACT: enact_resolution, REVERSE: reverse_resolution,
}  # fmt: skip


def begin(*, kind: str, resolution: Resolution, by: Scope, at: datetime) -> Job | object:
    """Does one of the three at once and gives its outcome, or queues it where many units change. Work on the same
    resolution that is under way is given again instead.

    Raises as the service does; of queued work only Refused("not_allowed") and Resolution.DoesNotExist at once.
    """
    by.require(Permission.EDIT_UNITS)
    visible_resolution(by, resolution.uid)
    with transaction.atomic():
        held = Resolution.objects.select_for_update(of=("self",)).select_related("job").get(pk=resolution.pk)
        if held.job is not None and held.job.is_open:
            return held.job
        if by.account_id is not None and units_below(held) > AT_ONCE:
            held.job = _queued(kind, held, by, at)
            held.save(update_fields=["job"])
            return held.job
        if held.job is not None:  # what came of it then is told no more
            held.job = None
            held.save(update_fields=["job"])
    return _DOING[kind](resolution=held, by=by, at=at)


def units_below(resolution: Resolution) -> int:
    """How many units stand at or below those that a resolution speaks of, on the day before."""
    draft = draft_of(resolution)
    spoken = {row.origin for row in draft.rows if row.origin is not None}
    return sum(not spoken.isdisjoint(line) for line in history().closure(draft.last).values())


def _queued(kind: str, resolution: Resolution, by: Scope, at: datetime) -> Job:
    titles = {
        REHEARSE: _("Xem trước %(what)s"), ENACT: _("Thực hiện %(what)s"), REVERSE: _("Hoàn tác %(what)s"),
    }  # fmt: skip
    return start(
        kind=kind,
        title=titles[kind] % {"what": resolution.document},
        task=run_resolution,
        arguments={"resolution": resolution.uid},
        by=by.account_id,
        at=at,
        repeatable=True,
    )


@task()
def run_resolution(job_id: str) -> None:
    """Task of all three; the job's kind tells which."""
    run_job(job_id=job_id, work=_work)


def _work(job: Job, say: Say) -> dict[str, Any]:
    assert job.account is not None
    _DOING[job.kind](
        resolution=Resolution.objects.get(uid=job.arguments["resolution"]),
        by=scope_of(job.account),  # as it is now: what was entrusted may have been taken back meanwhile
        at=now(),
        say=say,
    )
    return {"resolution": job.arguments["resolution"]}
