"""Accounts and what they are entrusted with. Roles live in code (enums.Role), assignments in the database."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F, Q

from nhanlucso.access.enums import OffWhy, Role, Verdict, Way
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
    seen_at = models.DateTimeField(
        null=True, blank=True
    )  # last used, or opened again; idle days count from here
    off_why = models.CharField(max_length=10, choices=OffWhy, default="", blank=True)
    employee_code = models.CharField(
        max_length=60, default="", blank=True
    )  # as the province's sign-in names them
    external_id = models.CharField(
        max_length=200, default="", blank=True
    )  # as the province's directory of people names them (SCIM)

    class Meta(AbstractUser.Meta):  # type: ignore[name-defined,misc]
        constraints = [
            models.UniqueConstraint(
                fields=["employee_code"], condition=~Q(employee_code=""), name="access_account_code_once"
            ),
            models.UniqueConstraint(
                fields=["external_id"], condition=~Q(external_id=""), name="access_account_external_once"
            ),
        ]

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


class SignIn(models.Model):
    """A device that is signed in. It ends with the session of that key."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="sign_ins")
    session_key = models.CharField(max_length=40, unique=True)
    way = models.CharField(max_length=10, choices=Way)
    device = models.CharField(max_length=100, default="", blank=True)
    made_at = models.DateTimeField()
    seen_at = models.DateTimeField()


class CodeApp(models.Model):
    """An app on the phone of somebody that shows a code of six digits, new every half minute (RFC 6238)."""

    account = models.OneToOneField(Account, on_delete=models.CASCADE, related_name="code_app")
    secret_cipher = models.TextField()
    made_at = models.DateTimeField()
    last_step = models.BigIntegerField(default=0)  # no code is taken twice


class Passkey(models.Model):
    """A key that a device or a security token holds (WebAuthn); here is its public half."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="passkeys")
    handle = models.CharField(max_length=1400, unique=True)  # the id of the credential, base64url
    public = models.TextField()  # AttestedCredentialData, base64url
    counter = models.BigIntegerField(default=0)
    name = models.CharField(max_length=100)
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)


class RecoveryCode(models.Model):
    """A code on paper that stands in for the second step once. Only its hash is kept."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="recovery_codes")
    secret_hash = models.CharField(max_length=64, unique=True)
    used_at = models.DateTimeField(null=True, blank=True)


class SsoLink(models.Model):
    """Whom the sign-in service of the province means: its issuer and subject lead to one account."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="sso_links")
    issuer = models.CharField(max_length=300)
    subject = models.CharField(max_length=255)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["issuer", "subject"], name="access_sso_subject_once"),
            models.UniqueConstraint(fields=["issuer", "account"], name="access_sso_account_once"),
        ]


class AccountReview(models.Model):
    """Somebody looked at an account in a half-year and said whether it is still needed."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="reviews")
    half = models.CharField(max_length=7)  # 2026-H1
    verdict = models.CharField(max_length=10, choices=Verdict)
    at = models.DateTimeField()
    by = models.ForeignKey(Account, null=True, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "half"], name="access_review_once")]


class Token(models.Model):
    """What a program shows instead of a name and password: some of the permissions of who made it, below a unit
    (none: wherever its maker may), until a day. Only a keyed hash of its secret is kept."""

    secret_hash = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=100)
    purpose = models.CharField(max_length=300)
    permissions = models.CharField(max_length=600)  # names of permissions, a space between
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    addresses = models.CharField(
        max_length=600, default="", blank=True
    )  # addresses and networks, a space between
    made_by = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="tokens")
    made_at = models.DateTimeField()
    ends_on = models.DateField()  # the last day it opens anything
    used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(
        Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=False) | Q(revoked_by__isnull=True),
                name="access_token_revoked",
            )
        ]

    def __str__(self) -> str:
        return self.name


class VisitCount(models.Model):
    """How often somebody asked for one thing in one minute; kept until another minute's count takes its place."""

    key = models.CharField(max_length=64, primary_key=True)  # a keyed hash of what and who
    minute = models.BigIntegerField(db_index=True)  # since 1970
    visits = models.PositiveIntegerField()


class KeptAnswer(models.Model):
    """What was answered to a program under a key of its own, for a week: the same sent again is not done again."""

    caller = models.CharField(max_length=40)  # «token 5», «account 3»
    key = models.CharField(max_length=100)
    fingerprint = models.CharField(max_length=64)
    document = models.JSONField(default=dict)
    at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["caller", "key"], name="access_answer_once")]
