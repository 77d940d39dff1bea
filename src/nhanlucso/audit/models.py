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


class Seal(models.Model):
    """A link of the chain over the events: made some minutes after them, so that no writer waits for another.

    `ids`: which events, «1-40 43 45-60»; `marks`: the first bytes of the hash of each, to tell which one was changed;
    `digest`: over the seal before and the whole of these events; signed with the key of the installation. Rows can
    only be inserted.
    """

    number = models.BigIntegerField(unique=True)
    at = models.DateTimeField()
    first = models.BigIntegerField()
    last = models.BigIntegerField(db_index=True)
    count = models.PositiveIntegerField()
    ids = models.TextField()
    marks = models.BinaryField()
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    signature = models.CharField(max_length=128)
    key = models.CharField(max_length=64)


class Breach(models.Model):
    """Personal data that got out, was lost or changed: what happened, and by when it must be reported.

    `noted_by`: a number, not a foreign key, as in Event. Nothing here names whom the data are about.
    """

    title = models.CharField(max_length=200)
    found_at = models.DateTimeField()
    happened = models.TextField()
    people = models.PositiveIntegerField(null=True, blank=True)
    measures = models.TextField(default="", blank=True)
    reported_at = models.DateTimeField(null=True, blank=True)
    reported_to = models.CharField(max_length=200, default="", blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    noted_by = models.BigIntegerField(null=True)
    noted_at = models.DateTimeField()
