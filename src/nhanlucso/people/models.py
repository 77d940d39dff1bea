"""Persons and their dated posts.

The identity number is optional, encrypted, and matched by a keyed hash; the keys live in the data folder, apart
from the database file.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from nhanlucso.access.models import Account, Invite
from nhanlucso.orgs.models import Sourced, Unit, Valid
from nhanlucso.people.enums import Category, RevealReason, Sex


class Person(Sourced):
    """Someone with a name. `birth` is an ISO date or a year alone, empty if unknown."""

    full_name = models.CharField(max_length=200)
    name_folded = models.CharField(max_length=200, db_index=True)
    name_key = models.CharField(max_length=1000)
    birth = models.CharField(max_length=10, default="", blank=True)
    sex = models.CharField(max_length=1, choices=Sex, default="", blank=True)
    national_id_cipher = models.CharField(max_length=200, default="", blank=True)
    national_id_hash = models.CharField(max_length=64, default="", blank=True, db_index=True)
    phone = models.CharField(max_length=30, default="", blank=True)
    email = models.CharField(max_length=254, default="", blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)  # name and identifiers were erased, figures kept

    class Meta(Sourced.Meta):
        indexes = [models.Index(fields=["name_key", "id"])]


class Post(Sourced, Valid):
    """A position held from day to day; a person may hold several at once."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="posts")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="posts")
    title = models.CharField(max_length=200, default="", blank=True)
    category = models.CharField(max_length=20, choices=Category, default="", blank=True)
    qualification = models.CharField(max_length=200, default="", blank=True)
    is_leader = models.BooleanField(null=True)
    is_main = models.BooleanField(null=True)
    dt_dedicated = models.BooleanField(default=False)
    dt_concurrent = models.BooleanField(default=False)
    dt_lead = models.BooleanField(default=False)
    one_stop = models.BooleanField(default=False)
    records = models.BooleanField(default=False)

    class Meta(Sourced.Meta):
        constraints = [
            *Sourced.Meta.constraints,
            models.CheckConstraint(condition=Q(valid_from__lte=F("valid_to")), name="people_post_span"),
        ]
        indexes = [models.Index(fields=["unit", "valid_from"])]


class PersonAccount(models.Model):
    """The person behind an account."""

    account = models.OneToOneField(Account, on_delete=models.CASCADE, related_name="person_link")
    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="account_link")


class PersonInvite(models.Model):
    """Whom an invite is meant for: who takes it becomes the account of that person."""

    invite = models.OneToOneField(Invite, on_delete=models.CASCADE, related_name="person_link")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="invites")


class FormerId(models.Model):
    """The id of a record that was joined with another: who asks for it is led to the one that stays.

    `table`: «people.person»; `was`: the primary key that the record had; `row`: that of the one that stays.
    """

    table = models.CharField(max_length=100)
    origin = models.CharField(max_length=100, default="", blank=True)
    uid = models.CharField(max_length=200)
    was = models.BigIntegerField()
    row = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["table", "origin", "uid"], name="people_former_id_once"),
            models.UniqueConstraint(fields=["table", "was"], name="people_former_key_once"),
        ]
        indexes = [models.Index(fields=["table", "row"])]


class DistinctPair(models.Model):
    """Somebody said that two records alike are two people. `fingerprint` is that of both as they were then: the
    pair is proposed again once they change."""

    one = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    fingerprint = models.CharField(max_length=64)
    account = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="people_distinct_once"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="people_distinct_order"),
        ]


class Reveal(models.Model):
    """Somebody saw phone, mail and identity number of a person whole, for a reason. The person may read this."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="reveals")
    account = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    reason = models.CharField(max_length=20, choices=RevealReason)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["person", "-at"]), models.Index(fields=["account", "-at"])]


class Hold(models.Model):
    """The data of a person must stay for now: an inspection, a complaint, a case. Nothing is erased meanwhile."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="hold")
    reason = models.CharField(max_length=300)
    account = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()
