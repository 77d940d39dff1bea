"""Accounts and what they are entrusted with. Roles live in code (enums.Role), assignments in the database."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models

from nhanlucso.access.enums import Role
from nhanlucso.kernel.text import clean
from nhanlucso.orgs.models import Unit, Valid


class Account(AbstractUser):
    """Someone who can sign in."""

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    full_name = models.CharField(max_length=200, default="", blank=True)
    language = models.CharField(max_length=5, default="vi")

    def get_full_name(self) -> str:
        return clean(self.full_name) or self.username

    def __str__(self) -> str:
        return self.get_full_name()

    def get_short_name(self) -> str:
        return self.get_full_name().split(" ")[-1]


class Assignment(Valid):
    """A role over the subtree of a unit; without a unit, over the whole installation."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="assignments")
    role = models.CharField(max_length=20, choices=Role)
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "role", "unit"], name="access_assignment_once", nulls_distinct=False
            )
        ]
