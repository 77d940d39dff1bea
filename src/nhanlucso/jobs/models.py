"""Long work, with its outcome or error kept; how far it is stands in progress.py."""

from __future__ import annotations

import uuid

from django.db import models

from nhanlucso.access.models import Account
from nhanlucso.jobs.enums import JobState


class Job(models.Model):
    """One piece of long work. `arguments` and `result` are JSON of its kind, never reportable facts."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=60)
    title = models.CharField(max_length=300)
    account = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    state = models.CharField(max_length=20, choices=JobState, default=JobState.WAITING)
    arguments = models.JSONField(default=dict)
    result = models.JSONField(default=dict)
    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["account", "-created_at"])]

    @property
    def is_open(self) -> bool:
        return self.state in (JobState.WAITING, JobState.RUNNING)
