"""Communications: what was published where."""

from __future__ import annotations

from django.db import models

from nhanlucso.orgs.models import Sourced, Unit
from nhanlucso.outreach.enums import Channel


class OutreachItem(Sourced):
    """One entry of the communications log; `count` items under one title and date."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="outreach")
    channel = models.CharField(max_length=20, choices=Channel, default="", blank=True)
    date = models.DateField()
    title = models.CharField(max_length=300, default="", blank=True)
    count = models.PositiveIntegerField(null=True, blank=True)
