"""Resolutions on units: written as drafts, rehearsed, then carried out as a whole. What they did to units stands in
the rows of orgs and in the journal; here stands what they say."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from nhanlucso.access.models import Account
from nhanlucso.jobs.models import Job
from nhanlucso.orgs.enums import ChangeKind, UnitKind
from nhanlucso.orgs.models import Unit
from nhanlucso.reform.enums import ResolutionState


class Resolution(models.Model):
    """A decision on units that takes effect on a day, `date` being the first day of the new state.

    `unit`: below which it works, and whose officers see it; None: the whole installation. `job`: the last long work
    on it.
    """

    uid = models.CharField(max_length=40, unique=True)
    number = models.CharField(max_length=100, default="", blank=True)
    title = models.CharField(max_length=300)
    date = models.DateField()
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=20, choices=ResolutionState, default=ResolutionState.DRAFT)
    made_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField()
    enacted_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    enacted_at = models.DateTimeField(null=True, blank=True)
    job = models.ForeignKey(Job, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state=ResolutionState.ENACTED, enacted_at__isnull=False)
                | Q(state=ResolutionState.DRAFT, enacted_at__isnull=True, enacted_by__isnull=True),
                name="reform_resolution_enacted",
            )
        ]

    @property
    def document(self) -> str:
        """What versions and changes are said to come from."""
        return self.number or self.title


class StoredRehearsal(models.Model):
    """The last rehearsal of a resolution, as it was at a time. `content`: `rules.rehearsal.as_json`. `draft` and
    `structure` tell whether the resolution or units have changed since, `last_event` which records may have."""

    resolution = models.OneToOneField(Resolution, on_delete=models.CASCADE, related_name="rehearsal")
    at = models.DateTimeField()
    by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    draft = models.CharField(max_length=64)
    structure = models.CharField(max_length=64, default="", blank=True)
    last_event = models.BigIntegerField(default=0)
    content = models.JSONField(default=dict)


class PlannedUnit(models.Model):
    """A unit that a resolution makes; `unit` once it is carried out. It stands below a unit or another planned one."""

    resolution = models.ForeignKey(Resolution, on_delete=models.CASCADE, related_name="units")
    name = models.CharField(max_length=300)
    kind = models.CharField(max_length=20, choices=UnitKind)
    code = models.CharField(max_length=60, default="", blank=True)
    parent = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    above = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="planned_below"
    )
    catalogue_key = models.CharField(max_length=40, default="", blank=True)
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | Q(above__isnull=True), name="reform_planned_one_parent"
            )
        ]


class PlannedChange(models.Model):
    """One row of a resolution: `from_unit` becomes a unit that is there or a planned one.

    Of a rename or move, what is new: name, code, parent; empty is as before. A unit that is split and goes on stands
    on both sides of one row. `catalogue_key`: the entry of the catalogue that the unit bears from then on.
    """

    resolution = models.ForeignKey(Resolution, on_delete=models.CASCADE, related_name="changes")
    kind = models.CharField(max_length=20, choices=ChangeKind)
    from_unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    to_unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    to_planned = models.ForeignKey(
        PlannedUnit, null=True, blank=True, on_delete=models.CASCADE, related_name="changes"
    )
    name = models.CharField(max_length=300, default="", blank=True)
    code = models.CharField(max_length=60, default="", blank=True)
    parent = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    parent_planned = models.ForeignKey(
        PlannedUnit, null=True, blank=True, on_delete=models.SET_NULL, related_name="moved_here"
    )
    catalogue_key = models.CharField(max_length=40, default="", blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(to_unit__isnull=True) | Q(to_planned__isnull=True), name="reform_change_one_heir"
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | Q(parent_planned__isnull=True),
                name="reform_change_one_parent",
            ),
            models.CheckConstraint(
                condition=Q(from_unit__isnull=False) | Q(to_planned__isnull=False),
                name="reform_change_touches_a_unit",
            ),
        ]
