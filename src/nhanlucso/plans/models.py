"""Programmes, plans and their targets; activities, directives, steering boards."""

from __future__ import annotations

from django.db import models

from nhanlucso.orgs.models import Sourced, Unit, Valid
from nhanlucso.people.models import Person
from nhanlucso.plans.enums import BoardRole, Comparator


class Programme(Sourced, Valid):
    """What a plan carries out: a national or provincial scheme."""

    number = models.CharField(max_length=100, default="", blank=True)
    title = models.CharField(max_length=500)
    issuer = models.CharField(max_length=200, default="", blank=True)
    issued_on = models.DateField(null=True, blank=True)


class Plan(Sourced, Valid):
    """A plan as issued; its number comes from the registry clerk."""

    programme = models.ForeignKey(
        Programme, null=True, blank=True, on_delete=models.SET_NULL, related_name="plans"
    )
    number = models.CharField(max_length=100, default="", blank=True)
    title = models.CharField(max_length=500)
    issuer_unit = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="plans"
    )
    issued_on = models.DateField(null=True, blank=True)


class Target(Sourced):
    """A figure to be reached by a unit in a year, bound to the sentence of the plan that sets it."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="targets")
    indicator = models.CharField(max_length=100)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="targets")
    year = models.PositiveIntegerField()
    value = models.FloatField(null=True)
    comparator = models.CharField(max_length=10, choices=Comparator, default="", blank=True)
    quote = models.TextField(default="", blank=True)


class Activity(Sourced):
    """A piece of work of a plan: who chairs, who joins, from when to when."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="activities")
    title = models.CharField(max_length=500)
    lead_unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    partner_units = models.ManyToManyField(Unit, related_name="+", blank=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)


class Directive(Sourced):
    """A written instruction that follows from a plan."""

    number = models.CharField(max_length=100, default="", blank=True)
    title = models.CharField(max_length=500)
    issuer_unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    issued_on = models.DateField(null=True, blank=True)
    plan = models.ForeignKey(
        Plan, null=True, blank=True, on_delete=models.SET_NULL, related_name="directives"
    )


class Board(Sourced, Valid):
    """A steering board of a unit, with its standing agency."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="boards")
    name = models.CharField(max_length=300)
    standing_unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decision = models.CharField(max_length=200, default="", blank=True)


class BoardMember(Valid):
    """A seat on a board."""

    board = models.ForeignKey(Board, on_delete=models.CASCADE, related_name="members")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="board_seats")
    role = models.CharField(max_length=10, choices=BoardRole, default="", blank=True)

    # Where two records of one person become one, the higher seat stays.
    weightier = {"role": (BoardRole.HEAD, BoardRole.DEPUTY, BoardRole.MEMBER, "")}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["board", "person", "valid_from"], name="plans_board_member_once")
        ]
