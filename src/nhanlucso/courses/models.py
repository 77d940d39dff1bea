"""What is taught, and what completing it counts for."""

from __future__ import annotations

from django.db import models

from nhanlucso.courses.enums import CountsFor, Delivery
from nhanlucso.orgs.models import Sourced


class Course(Sourced):
    """A course; `periods` are teaching periods (tiết) of 45 minutes, never clock hours."""

    title = models.CharField(max_length=300)
    topics = models.TextField(default="", blank=True)
    counts_basic_digital_skills = models.BooleanField(default=False)
    counts_ict_standard = models.BooleanField(default=False)
    delivery = models.CharField(max_length=20, choices=Delivery, default="", blank=True)
    periods = models.PositiveIntegerField(null=True, blank=True)

    @property
    def counts_for(self) -> frozenset[str]:
        """What completing it proves (values of CountsFor)."""
        return frozenset(kind for kind in CountsFor.values if getattr(self, f"counts_{kind}"))
