"""Builds of the facts that figures are computed from, and indicators composed here."""

from __future__ import annotations

from django.db import models

from nhanlucso.access.models import Account
from nhanlucso.indicators.enums import Measure
from nhanlucso.kernel.clock import EVER


class FactsBuild(models.Model):
    """One finished build: a folder of Parquet files below the facts folder, immutable."""

    name = models.CharField(max_length=60, unique=True)
    as_of = models.DateTimeField()
    rows = models.PositiveBigIntegerField()
    checksum = models.CharField(max_length=64)


class OwnIndicator(models.Model):
    """An indicator that somebody composed here; its code is `own.` and the slug. Retired: no figure of a period that
    ends after `retired_on`."""

    slug = models.CharField(max_length=40, unique=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    retired_on = models.DateField(null=True, blank=True)


class OwnDefinition(models.Model):
    """One version of an own indicator: a draft until it is published, unchangeable afterwards.

    `parts` are those of `indicators.parts`; `sentence` says them as they were told when this was written. It holds for
    periods that end on `valid_from` or later, until the next version takes over.
    """

    indicator = models.ForeignKey(OwnIndicator, on_delete=models.CASCADE, related_name="definitions")
    version = models.PositiveIntegerField()
    name = models.CharField(max_length=200)
    measure = models.CharField(max_length=20, choices=Measure)
    parts = models.JSONField()
    sentence = models.TextField()
    note = models.TextField(default="", blank=True)
    valid_from = models.DateField(default=EVER)
    saved_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["indicator", "version"], name="indicators_own_version_once"),
            models.UniqueConstraint(
                fields=["indicator"],
                condition=models.Q(published_at=None),
                name="indicators_own_one_draft",
            ),
            models.UniqueConstraint(
                fields=["indicator", "valid_from"],
                condition=models.Q(published_at__isnull=False),
                name="indicators_own_day_once",
            ),
            models.CheckConstraint(
                condition=models.Q(published_by=None) | models.Q(published_at__isnull=False),
                name="indicators_own_published",
            ),
        ]
