"""Long work with its progress, outcome or error kept."""

from __future__ import annotations

import uuid

from django.db import models

from nhanlucso.access.models import Account
from nhanlucso.jobs.enums import JobState


class Job(models.Model):
    """One piece of long work. `arguments` and `result` are JSON of the kind of work, never reportable facts."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=60)
    title = models.CharField(max_length=300)
    account = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    state = models.CharField(max_length=20, choices=JobState, default=JobState.WAITING)
    arguments = models.JSONField(default=dict)
    done = models.PositiveBigIntegerField(default=0)
    total = models.PositiveBigIntegerField(default=0)
    step = models.CharField(max_length=200, default="", blank=True)
    result = models.JSONField(default=dict)
    cancel_requested = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["account", "-created_at"])]
