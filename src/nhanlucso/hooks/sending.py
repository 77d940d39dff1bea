"""The work of a worker: notices are made of what the log says, and sent until they are taken.

The log is read, nobody has to tell: what happens in any room, by page or command, stands there. On PostgreSQL a
transaction may commit after others with later numbers, so the last stretch of the log is looked through each time;
what was told already is known by its number.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.db.models import F, Max

from nhanlucso.audit.models import Event
from nhanlucso.audit.services import record
from nhanlucso.hooks.enums import DeliveryState
from nhanlucso.hooks.models import Webhook, WebhookDelivery
from nhanlucso.hooks.rules import (
    KEPT,
    LEASE,
    TYPES,
    VERBS,
    body_of,
    due_again,
    due_first,
    signature,
    took,
)
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.ids import new_uid
from nhanlucso.kernel.outgoing import Away, ask
from nhanlucso.kernel.sealing import Undecipherable, decrypt

_STRETCH = 5_000  # events that are looked at again
_AT_ONCE = 50  # notices of one round
_Send = Callable[[Webhook, WebhookDelivery, datetime], tuple[int | None, str]]


def pump(at: datetime) -> int:
    """One round: makes notices of what happened, sends those that are due; how many were sent."""
    hooks = list(Webhook.objects.filter(stopped_at__isnull=True))
    if hooks:
        collect(hooks, at)
    return send_due(at)


def collect(hooks: list[Webhook], at: datetime) -> int:
    """Notices for what the log says since; how many are new. Several of one record that wait are told once."""
    top = Event.objects.aggregate(top=Max("pk"))["top"] or 0
    begin = min(max(hook.after, hook.seen - _STRETCH) for hook in hooks)
    events = list(Event.objects.filter(pk__gt=begin, pk__lte=top, verb__in=list(VERBS)).order_by("pk"))
    made = sum(_noticed(hook, [event for event in events if event.pk > hook.after], at) for hook in hooks)
    Webhook.objects.filter(pk__in=[hook.pk for hook in hooks], seen__lt=top).update(seen=top)
    return made


def _noticed(hook: Webhook, events: list[Event], at: datetime) -> int:
    wanted = set(hook.happenings.split())
    asked = [event for event in events if VERBS[event.verb] in wanted]
    known = set(
        WebhookDelivery.objects.filter(webhook=hook, event__in=[e.pk for e in asked]).values_list(
            "event", flat=True
        )
    )
    fresh = [event for event in asked if event.pk not in known]
    if not fresh:
        return 0
    waiting = set(
        WebhookDelivery.objects.filter(webhook=hook, state=DeliveryState.WAITING, tries=0).values_list(
            "happening", "object_id"
        )
    )
    rows = []
    for event in fresh:
        row = _notice(hook, event, at)
        if (row.happening, row.object_id) in waiting and row.object_id:
            row.state, row.ended_at = DeliveryState.MERGED, at  # it stays, so that it is not taken for new
        waiting.add((row.happening, row.object_id))
        rows.append(row)
    WebhookDelivery.objects.bulk_create(rows, ignore_conflicts=True)
    return sum(row.state == DeliveryState.WAITING for row in rows)


def _notice(hook: Webhook, event: Event, at: datetime) -> WebhookDelivery:
    happening, uid = VERBS[event.verb].value, new_uid("evt")
    written = event.object_id if event.object_type in TYPES else ""
    return WebhookDelivery(
        webhook=hook,
        uid=uid,
        event=event.pk,
        happening=happening,
        object_type=event.object_type,
        object_id=written,
        body=body_of(uid, happening, event.at, (event.object_type, written), event.count),
        next_at=due_first(happening, at),
        made_at=at,
    )


def send_due(at: datetime, send: _Send | None = None) -> int:
    """Sends what is due; how many. Each is taken by one worker alone, and no transaction is held meanwhile."""
    due = WebhookDelivery.objects.filter(
        state=DeliveryState.WAITING, next_at__lte=at, webhook__stopped_at__isnull=True
    )
    sent = 0
    for one in due.select_related("webhook").order_by("next_at", "pk")[:_AT_ONCE]:
        claimed = WebhookDelivery.objects.filter(pk=one.pk, state=DeliveryState.WAITING, next_at=one.next_at)
        if claimed.update(next_at=at + LEASE, tries=F("tries") + 1):
            status, problem = (send or _sent)(one.webhook, one, at)
            _note(one, one.tries + 1, status, problem, at)
            sent += 1
    return sent


def _sent(hook: Webhook, one: WebhookDelivery, at: datetime) -> tuple[int | None, str]:
    """The status of the answer, and why there is none."""
    try:
        headers = {
            "Content-Type": "application/json",
            "User-Agent": "nhanlucso-webhook",
            "Nhanlucso-Event": one.happening,
            "Nhanlucso-Delivery": one.uid,
            "Nhanlucso-Signature": signature(decrypt(hook.secret_cipher), one.body, at),
        }
        return ask(hook.url, body=one.body.encode(), headers=headers).status, ""
    except Away as problem:
        return None, str(problem)
    except Refused as refusal:
        return None, refusal.code
    except Undecipherable:
        return None, "keys"


def _note(one: WebhookDelivery, tries: int, status: int | None, problem: str, at: datetime) -> None:
    again = due_again(tries, at)
    state, ended = DeliveryState.WAITING, None
    if status is not None and took(status):
        state, ended = DeliveryState.DONE, at
    elif again is None:
        state, ended = DeliveryState.GIVEN_UP, at
    with transaction.atomic():
        WebhookDelivery.objects.filter(pk=one.pk).update(
            state=state, ended_at=ended, next_at=again or at, status=status, problem=problem[:200]
        )
        if state == DeliveryState.GIVEN_UP:
            record(
                verb="webhook.give_up", object_type="webhook", object_id=str(one.webhook_id), by=None, at=at
            )


def forget_old(at: datetime) -> int:
    """Takes away notices that ended long ago."""
    old = WebhookDelivery.objects.filter(made_at__lt=at - KEPT).exclude(state=DeliveryState.WAITING)
    return old.delete()[0]
