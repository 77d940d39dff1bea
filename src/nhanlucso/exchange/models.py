"""Imports of lists on their way from a file to records, and what was said of columns for the next list alike."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from nhanlucso.access.models import Account
from nhanlucso.exchange.enums import ImportState
from nhanlucso.files.models import Upload
from nhanlucso.jobs.models import Job
from nhanlucso.orgs.models import Unit
from nhanlucso.people.enums import Category
from nhanlucso.training.models import TrainingClass


class ListImport(models.Model):
    """One list, from its upload to its undoing, with all that was said about it meanwhile.

    kind: as asked, "auto" if nobody said; corrections: heading -> field, "" for a column that is not read; decisions:
    [sheet, row, person uid | "new" | "skip"] in the order in which they were made; units: name as written -> unit
    uid or "skip"; left: [sheet, row] of what a writing left undecided; acts: uids in the journal, the oldest first;
    reading: which of the stored readings is the present one, empty while there is none.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    upload = models.ForeignKey(Upload, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, default="auto")
    category = models.CharField(max_length=20, choices=Category, default="", blank=True)
    training_class = models.ForeignKey(
        TrainingClass, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    since = models.DateField(null=True, blank=True)
    corrections = models.JSONField(default=dict, blank=True)
    decisions = models.JSONField(default=list, blank=True)
    units = models.JSONField(default=dict, blank=True)
    left = models.JSONField(default=list, blank=True)
    acts = models.JSONField(default=list, blank=True)
    shape = models.CharField(max_length=64, default="", blank=True)
    remembers = models.BooleanField(default=True)
    reading = models.CharField(max_length=40, default="", blank=True)
    state = models.CharField(max_length=20, choices=ImportState, default=ImportState.READ)
    job = models.ForeignKey(Job, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    account = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()
    written_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["account", "-at"])]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=ImportState.WRITTEN) | Q(written_at__isnull=False),
                name="exchange_list_written_at",
            )
        ]

    @property
    def is_open(self) -> bool:
        """Whether its owner has still to go on with it."""
        return self.state in (ImportState.READ, ImportState.ASKED)


class ListShape(models.Model):
    """What somebody said of the columns of lists with these headings; holds for the next list alike."""

    shape = models.CharField(max_length=64, unique=True)
    corrections = models.JSONField(default=dict)
    account = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()


class RosterLink(models.Model):
    """Which of our records a record of another system is: found by what both say, or said by people.

    `system`: the source of the roster; `table`: orgs, users or courses; the record of ours by its source and id.
    """

    system = models.CharField(max_length=100)
    table = models.CharField(max_length=20)
    sourced_id = models.CharField(max_length=255)
    origin = models.CharField(max_length=100, default="", blank=True)
    uid = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["system", "table", "sourced_id"], name="exchange_roster_link_once"
            )
        ]
