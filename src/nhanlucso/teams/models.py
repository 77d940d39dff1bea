"""Community digital technology teams, their members and the help they gave."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from nhanlucso.access.models import Account
from nhanlucso.orgs.models import Sourced, Unit, Valid
from nhanlucso.people.models import Person
from nhanlucso.teams.enums import Outcome, ServiceField, TeamRole


class Team(Sourced, Valid):
    """A team of a village or commune, by decision of the commune's chairman."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="teams")
    name = models.CharField(max_length=300, default="", blank=True)
    decision = models.CharField(max_length=200, default="", blank=True)


class TeamMember(Valid):
    """Someone's time on a team."""

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="members")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="team_seats")
    role = models.CharField(max_length=10, choices=TeamRole, default="", blank=True)

    # Where two records of one person become one, the higher seat stays.
    weightier = {"role": (TeamRole.LEADER, TeamRole.DEPUTY, TeamRole.MEMBER, "")}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["team", "person", "valid_from"], name="teams_member_once")
        ]


class Assist(Sourced):
    """Help given on a day; `people` are attendances of help, never distinct persons.

    Who logged it here, and when, decides who may still take it back; unknown for what came in a bundle.
    """

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="assists")
    date = models.DateField()
    field = models.CharField(max_length=20, choices=ServiceField, default="", blank=True)
    people = models.PositiveIntegerField(null=True, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome, default="", blank=True)
    recorded_at = models.DateTimeField(null=True, blank=True)
    recorded_by = models.ForeignKey(
        Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="assists_recorded"
    )

    class Meta(Sourced.Meta):
        constraints = [
            *Sourced.Meta.constraints,
            models.CheckConstraint(
                condition=Q(recorded_by__isnull=True) | Q(recorded_at__isnull=False),
                name="teams_assist_recorded",
            ),
        ]
        indexes = [models.Index(fields=["team", "date"])]
