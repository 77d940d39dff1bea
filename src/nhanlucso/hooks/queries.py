"""Webhooks and what they were told, for who runs the whole installation."""

from __future__ import annotations

from django.db.models import Count, Q, QuerySet

from nhanlucso.hooks.enums import DeliveryState
from nhanlucso.hooks.models import Webhook, WebhookDelivery
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope


def visible_webhooks(scope: Scope) -> QuerySet[Webhook]:
    """All webhooks, each with `waiting` and `given_up`: how many notices; none for who does not run everything.

    A notice tells of records of the whole installation: who runs a part of it makes none.
    """
    if not scope.to(Permission.OPERATE).everything:
        return Webhook.objects.none()
    counts = {
        name: Count("deliveries", filter=Q(deliveries__state=state))
        for name, state in (("waiting", DeliveryState.WAITING), ("given_up", DeliveryState.GIVEN_UP))
    }
    return Webhook.objects.annotate(**counts).order_by("name", "pk")


def deliveries_of(scope: Scope, webhook: Webhook) -> QuerySet[WebhookDelivery]:
    """What one was told, the newest first."""
    return WebhookDelivery.objects.filter(webhook__in=visible_webhooks(scope).filter(pk=webhook.pk)).order_by(
        "-pk"
    )


def given_up(scope: Scope) -> int:
    """How many notices nobody took, of webhooks that go on."""
    seen = visible_webhooks(scope).filter(stopped_at__isnull=True).order_by().values("pk")
    return WebhookDelivery.objects.filter(webhook__in=seen, state=DeliveryState.GIVEN_UP).count()
