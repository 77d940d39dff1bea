"""Lists sent by programs, and how the long ones get on."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, JsonResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from nhanlucso.exchange.sheets.packages import MOST_BYTES, too_large
from nhanlucso.exchange.sheets.reading import AUTO
from nhanlucso.exchange.unattended import Wanted, import_or_queue, outcome_json, outcome_of
from nhanlucso.jobs import progress
from nhanlucso.jobs.models import Job
from nhanlucso.jobs.queries import own_jobs
from nhanlucso.kernel.clock import EVER, day_of, now
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.orgs.models import Unit
from nhanlucso.orgs.queries import resolve_unit, visible_unit
from nhanlucso.training.queries.classes import resolve_sessions
from nhanlucso.web.api.answers import programs, said
from nhanlucso.web.kit.asking import scope_of
from nhanlucso.web.kit.doors import everyone, needs

_AROUND = 1024 * 1024  # bytes of a request beside the file
_TRUE = ("1", "true")


@programs
@needs(Permission.IMPORT_LISTS)
@require_POST
def lists(request: HttpRequest) -> JsonResponse:
    """Imports a list unattended: multipart file, unit[, kind, category, session…, on, since, dry_run].

    200 with the plan; 202 with the address of the job where the list is long.
    """
    words, file = _sent(request)
    done = import_or_queue(file=file, wanted=_wanted(request, words), by=scope_of(request), at=now())
    if not isinstance(done, Job):
        return said(outcome_json(done))
    answer = said(_job_json(scope_of(request), done), 202)
    answer.headers["Location"] = reverse("api-job", args=[done.pk])
    return answer


@programs
@everyone("one's own work")
@require_GET
def job(request: HttpRequest, job_id: str) -> JsonResponse:
    """How far a job of the account is, and its outcome."""
    scope, key = scope_of(request), _key(job_id)
    found = own_jobs(scope).filter(pk=key).first() if key else None
    if found is None:
        raise Refused("unknown_job", _("Không có việc này, hoặc của tài khoản khác."))
    return said(_job_json(scope, found))


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _job_json(scope: Scope, found: Job) -> dict[str, Any]:
    far = progress.read(found.pk)
    return {
        "id": str(found.pk),
        "state": found.state,
        "progress": {"done": far.done, "total": far.total, "step": far.step} if found.is_open else None,
        "created_at": found.created_at.isoformat(),
        "finished_at": found.finished_at.isoformat() if found.finished_at else None,
        "result": outcome_of(scope, found),
    }


def _sent(request: HttpRequest) -> tuple[QueryDict, UploadedFile]:
    """The fields and the file. Raises Refused("too_large", "missing_parameter")."""
    length = request.headers.get("Content-Length", "")
    if length.isdecimal() and int(length) > MOST_BYTES + _AROUND:
        raise too_large()
    words, file = request.POST, request.FILES.get("file")
    for name, value in (("file", file), ("unit", words.get("unit"))):
        if not value:
            raise Refused("missing_parameter", _("Thiếu tham số «%(name)s».") % {"name": name})
    assert isinstance(file, UploadedFile)
    return words, file


def _wanted(request: HttpRequest, words: QueryDict) -> Wanted:
    scope = scope_of(request).to(Permission.IMPORT_LISTS)
    return Wanted(
        unit=_unit(scope, words.get("unit", "")),
        kind=words.get("kind") or AUTO,
        category=words.get("category", ""),
        sessions=tuple(session.pk for session in resolve_sessions(scope, words.getlist("session"))),
        on=_day(words, "on"),
        since=_day(words, "since") or EVER,
        dry_run=words.get("dry_run", "").lower() in _TRUE,
    )


def _unit(scope: Scope, text: str) -> int:
    """The unit in reach; the same words for one out of reach and one that does not exist. Raises Refused."""
    try:
        return visible_unit(scope, resolve_unit(text).pk).pk
    except (Unit.DoesNotExist, Refused) as problem:
        if isinstance(problem, Refused) and problem.code != "unknown_unit":
            raise
        raise Refused("unknown_unit", _("Không có đơn vị «%(unit)s».") % {"unit": text}) from None


def _day(words: QueryDict, name: str) -> date | None:
    text = words.get(name, "")
    day = day_of(text) if text else None
    if text and day is None:
        raise Refused("bad_date", _("Không có ngày «%(text)s»; viết như 2024-09-14.") % {"text": text})
    return day
