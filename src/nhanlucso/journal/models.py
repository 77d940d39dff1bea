"""Acts that can be taken back as a whole, row by row.

The journal holds what it needs to restore rows bit for bit, personal values among it; encrypted columns stay
encrypted. It has no foreign keys: rows and accounts may go, the journal stays.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from nhanlucso.journal.enums import ChangeKind


class Act(models.Model):
    """Something done to many rows at once. `subject`: primary key of the record it was done to, "" if there
    is no one; `permission`: what one must be allowed to take it back."""

    uid = models.CharField(max_length=40, unique=True)
    kind = models.CharField(max_length=60)
    subject = models.CharField(max_length=300, default="", blank=True)
    title = models.CharField(max_length=300)
    permission = models.CharField(max_length=40)
    account_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)
    undone_by = models.BigIntegerField(null=True)

    class Meta:
        indexes = [models.Index(fields=["kind", "subject", "-at"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(undone_at__isnull=False) | Q(undone_by__isnull=True), name="journal_act_undone"
            )
        ]


class RowChange(models.Model):
    """One row before and after an act: columns as stored, null where there was no row."""

    act = models.ForeignKey(Act, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    table = models.CharField(max_length=100)
    row = models.CharField(max_length=60)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["act", "number"], name="journal_row_number"),
            models.CheckConstraint(
                condition=Q(before__isnull=False) | Q(after__isnull=False), name="journal_row_says_something"
            ),
        ]
        indexes = [models.Index(fields=["table", "row"])]

    @property
    def kind(self) -> ChangeKind:
        if self.before is None:
            return ChangeKind.CREATED
        return ChangeKind.REMOVED if self.after is None else ChangeKind.CHANGED
