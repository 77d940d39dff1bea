"""What was done, by whom, when; and which data changed since the figures were last built.

Rows of `Event` can only be inserted (a trigger refuses the rest) and hold no personal values.
"""

from __future__ import annotations

from django.db import models


class Event(models.Model):
    """One act. `account_id` is a number, not a foreign key: the record outlives the account."""

    at = models.DateTimeField(db_index=True)
    account_id = models.BigIntegerField(null=True)
    verb = models.CharField(max_length=60)
    object_type = models.CharField(max_length=60)
    object_id = models.CharField(max_length=300)
    count = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [models.Index(fields=["object_type", "object_id"])]


class Touch(models.Model):
    """One row for every transaction that changed what figures are made of, or for each record that it changed.

    `verb` and `object_id` are those of the event, so that a build need not read again what stayed as it was; one that
    cannot tell reads everything. A build of the facts reads these rows in the same snapshot as the data and deletes
    exactly those afterwards, so a write that committed late is never taken for built.
    """

    at = models.DateTimeField()
    verb = models.CharField(max_length=60, default="", blank=True)
    object_id = models.CharField(max_length=300, default="", blank=True)
