"""Units, their dated versions and the dated events that turn one into another.

A code is never an identity, nor is a name: a unit is a row of `Unit`, and everything that can change about it
stands in `UnitVersion`. Nothing else in the product stores a code, name or parent.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from nhanlucso.kernel.clock import ALWAYS, EVER
from nhanlucso.orgs.enums import ChangeKind, UnitKind

_LONGEST_ORIGIN = 100


class Sourced(models.Model):
    """A record with an opaque id, unique within where it came from (empty: made here)."""

    origin = models.CharField(max_length=_LONGEST_ORIGIN, default="", blank=True)
    uid = models.CharField(max_length=200)

    class Meta:
        abstract = True
        constraints = [models.UniqueConstraint(fields=["origin", "uid"], name="%(app_label)s_%(class)s_uid")]


def named(reference: str) -> Q:
    """The records that `ID` or `source:ID` may mean. Sources and ids may hold colons; `:ID` is one of our own."""
    condition = Q(uid=reference)
    for at in range(min(len(reference) - 1, _LONGEST_ORIGIN + 1)):
        if reference[at] == ":":
            condition |= Q(origin=reference[:at], uid=reference[at + 1 :])
    return condition


class Valid(models.Model):
    """A span of days, both ends included; the far ends of the calendar stand for «since ever», «still»."""

    valid_from = models.DateField(default=EVER)
    valid_to = models.DateField(default=ALWAYS)

    class Meta:
        abstract = True


class Unit(Sourced):
    """An organisational unit through all its names, codes and parents."""

    catalogue_key = models.CharField(max_length=40, default="", blank=True)


class UnitVersion(Valid):
    """What a unit was called and where it stood, from day to day. Versions of one unit never overlap (trigger)."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="versions")
    code = models.CharField(max_length=60, default="", blank=True)
    name = models.CharField(max_length=300)
    name_folded = models.CharField(max_length=300, db_index=True)
    kind = models.CharField(max_length=20, choices=UnitKind)
    parent = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="child_versions"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "valid_from"], name="orgs_version_start"),
            models.CheckConstraint(condition=Q(valid_from__lte=F("valid_to")), name="orgs_version_span"),
            models.CheckConstraint(condition=~Q(parent=F("unit")), name="orgs_version_own_parent"),
        ]


class UnitChange(models.Model):
    """One row of a change event: `from_unit` becomes `to_unit` on `date`, the first day of the new state.

    Rows with one (origin, uid) are one event. No `to_unit`: the unit ended without an heir; no `from_unit`:
    it was created.
    """

    origin = models.CharField(max_length=100, default="", blank=True)
    uid = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=ChangeKind)
    date = models.DateField(db_index=True)
    from_unit = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.CASCADE, related_name="changes_from"
    )
    to_unit = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.CASCADE, related_name="changes_to"
    )
    document = models.CharField(max_length=300, default="", blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["origin", "uid", "from_unit", "to_unit"], name="orgs_change_row", nulls_distinct=False
            ),
            models.CheckConstraint(
                condition=Q(from_unit__isnull=False) | Q(to_unit__isnull=False),
                name="orgs_change_touches_a_unit",
            ),
        ]


class StructureStamp(models.Model):
    """One row whose token changes with every change of units; trees held in memory are keyed by it."""

    token = models.CharField(max_length=40)
