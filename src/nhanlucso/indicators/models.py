"""Builds of the facts that figures are computed from."""

from __future__ import annotations

from django.db import models


class FactsBuild(models.Model):
    """One finished build: a folder of Parquet files below the facts folder, immutable."""

    name = models.CharField(max_length=60, unique=True)
    as_of = models.DateTimeField()
    rows = models.PositiveBigIntegerField()
    checksum = models.CharField(max_length=64)
