"""Other systems that are told when something happens here, and what they were told."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from nhanlucso.access.models import Account
from nhanlucso.hooks.enums import DeliveryState


class Webhook(models.Model):
    """An address that notices of some happenings are sent to, signed with a secret that both sides know. `after`: the
    last event of the log before it was made; earlier ones are not told. `seen`: up to where the log was read."""

    name = models.CharField(max_length=100)
    url = models.CharField(max_length=500)
    happenings = models.CharField(max_length=300)  # values of Happening, a space between
    secret_cipher = models.TextField()
    after = models.BigIntegerField(default=0)
    seen = models.BigIntegerField(default=0)
    made_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class WebhookDelivery(models.Model):
    """One notice to one address: tried until it is taken or given up. `event`: of the log; none for a trial."""

    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="deliveries")
    uid = models.CharField(max_length=40, unique=True)
    event = models.BigIntegerField(null=True, blank=True)
    happening = models.CharField(max_length=40)
    object_type = models.CharField(max_length=60, default="", blank=True)
    object_id = models.CharField(max_length=300, default="", blank=True)
    body = models.TextField()
    state = models.CharField(max_length=10, choices=DeliveryState, default=DeliveryState.WAITING)
    tries = models.PositiveIntegerField(default=0)
    next_at = models.DateTimeField()
    status = models.PositiveIntegerField(null=True, blank=True)  # of the last answer
    problem = models.CharField(max_length=200, default="", blank=True)
    made_at = models.DateTimeField(db_index=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["webhook", "event"], condition=Q(event__isnull=False), name="hooks_delivery_once"
            ),
            models.CheckConstraint(
                condition=Q(state=DeliveryState.WAITING, ended_at__isnull=True)
                | (~Q(state=DeliveryState.WAITING) & Q(ended_at__isnull=False)),
                name="hooks_delivery_ended",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "next_at"]),
            models.Index(fields=["webhook", "-id"]),
        ]
