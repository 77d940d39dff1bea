"""Accounts and what they are entrusted with. Roles live in code (enums.Role), assignments in the database."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F, Q

from nhanlucso.access.enums import Role
from nhanlucso.kernel.text import clean, fold, name_key
from nhanlucso.orgs.models import Unit, Valid


class Account(AbstractUser):
    """Someone who can sign in."""

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    full_name = models.CharField(max_length=200, default="", blank=True)
    name_folded = models.CharField(max_length=400, default="", editable=False)
    name_key = models.CharField(max_length=1000, default="", editable=False, db_index=True)
    language = models.CharField(max_length=5, default="vi")
    toured_at = models.DateTimeField(null=True, blank=True)  # the first-run tour was seen or sent away
    failures = models.PositiveIntegerField(default=0)
    locked_until = models.DateTimeField(null=True, blank=True)

    def save(self, *arguments: Any, **named: Any) -> None:
        """Keeps what is searched and sorted by in step with the name."""
        self.name_folded = fold(f"{self.full_name} {self.username}")
        self.name_key = name_key(self.get_full_name())
        super().save(*arguments, **named)

    def get_full_name(self) -> str:
        return clean(self.full_name) or self.username

    def __str__(self) -> str:
        return self.get_full_name()

    def get_short_name(self) -> str:
        return self.get_full_name().split(" ")[-1]


class Assignment(Valid):
    """A role over the subtree of a unit; without a unit, over the whole installation. With `delegated_by` it is
    lent: it holds as long as the lender has it, too."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="assignments")
    role = models.CharField(max_length=20, choices=Role)
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    delegated_by = models.ForeignKey(
        Account, null=True, blank=True, on_delete=models.CASCADE, related_name="delegations"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "role", "unit", "valid_from"],
                name="access_assignment_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(condition=Q(valid_from__lte=F("valid_to")), name="access_assignment_span"),
        ]


class Invite(models.Model):
    """A link, also printed as a QR code, by which one person makes an account with one assignment. The link holds
    the secret; here only its hash is kept."""

    secret_hash = models.CharField(max_length=64, unique=True)
    role = models.CharField(max_length=20, choices=Role)
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    full_name = models.CharField(max_length=200, default="", blank=True)
    made_by = models.ForeignKey(Account, null=True, on_delete=models.CASCADE, related_name="invites")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_by = models.OneToOneField(
        Account, null=True, blank=True, on_delete=models.CASCADE, related_name="invite"
    )
    used_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(used_by__isnull=True, used_at__isnull=True)
                | Q(used_by__isnull=False, used_at__isnull=False),
                name="access_invite_used",
            )
        ]


class SignInCard(models.Model):
    """A card with a QR code that, with its PIN, signs in for light roles. Only the hash of its secret is kept."""

    account = models.OneToOneField(Account, on_delete=models.CASCADE, related_name="card")
    secret_hash = models.CharField(max_length=64, unique=True)
    pin = models.CharField(max_length=128)
    made_at = models.DateTimeField()
    failures = models.PositiveIntegerField(default=0)
    locked_until = models.DateTimeField(null=True, blank=True)


class ResetLink(models.Model):
    """A link by which an account chooses a new password, once. Only the hash of its secret is kept."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="reset_links")
    secret_hash = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(Account, null=True, on_delete=models.CASCADE, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
