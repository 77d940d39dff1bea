"""Reading jobs: everybody sees their own."""

from __future__ import annotations

from django.db.models import QuerySet

from nhanlucso.jobs.models import Job
from nhanlucso.kernel.scope import Scope


def own_jobs(scope: Scope) -> QuerySet[Job]:
    """The jobs of the account, newest first."""
    return Job.objects.filter(account_id=scope.account_id or 0).order_by("-created_at")
