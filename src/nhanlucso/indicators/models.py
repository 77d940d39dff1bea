"""Builds of the facts that figures are computed from, indicators composed here, what was said of findings."""

from __future__ import annotations

from django.db import models

from nhanlucso.access.models import Account
from nhanlucso.indicators.enums import Measure
from nhanlucso.kernel.clock import EVER
from nhanlucso.orgs.models import Unit


class FactsBuild(models.Model):
    """One finished build: a folder of Parquet files below the facts folder, immutable."""

    name = models.CharField(max_length=60, unique=True)
    as_of = models.DateTimeField()
    rows = models.PositiveBigIntegerField()
    checksum = models.CharField(max_length=64)


class OwnIndicator(models.Model):
    """An indicator that somebody composed here; its code is `own.` and the slug. Retired: no figure of a period that
    ends after `retired_on`. `reported`: official reports hold it."""

    slug = models.CharField(max_length=40, unique=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    retired_on = models.DateField(null=True, blank=True)
    reported = models.BooleanField(default=False)


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


class QualityException(models.Model):
    """Somebody said, with a reason, that a finding of a quality rule is right as it is. It counts apart from the open
    ones, never hidden; it ends when the facts behind the finding change (`fingerprint`) or when it is taken back.

    `subject`: what the finding is about, as the rule names it; `unit`: where the finding lay then.
    """

    rule = models.CharField(max_length=60)
    version = models.PositiveIntegerField()
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    subject = models.CharField(max_length=200)
    fingerprint = models.CharField(max_length=64)
    reason = models.CharField(max_length=500)
    by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()
    taken_back_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["rule", "subject"],
                condition=models.Q(taken_back_at=None),
                name="indicators_exception_once",
            ),
            models.CheckConstraint(condition=~models.Q(reason=""), name="indicators_exception_reason"),
            models.CheckConstraint(
                condition=models.Q(taken_back_by=None) | models.Q(taken_back_at__isnull=False),
                name="indicators_exception_back",
            ),
        ]


class QualityLimit(models.Model):
    """A number of a quality rule that this installation set otherwise than it ships: «at most 5 members»."""

    rule = models.CharField(max_length=60)
    name = models.CharField(max_length=40)
    value = models.PositiveIntegerField()
    by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["rule", "name"], name="indicators_limit_once")]
