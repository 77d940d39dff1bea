"""Making webhooks, stopping them, sending a notice once more."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from nhanlucso.audit.models import Event
from nhanlucso.audit.services import record
from nhanlucso.hooks.enums import DeliveryState, Happening
from nhanlucso.hooks.models import Webhook, WebhookDelivery
from nhanlucso.hooks.queries import visible_webhooks
from nhanlucso.hooks.rules import PING, body_of
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.ids import new_uid
from nhanlucso.kernel.outgoing import check_address
from nhanlucso.kernel.scope import Scope
from nhanlucso.kernel.sealing import decrypt, encrypt
from nhanlucso.kernel.text import clean
from nhanlucso.orgs.queries import require_everything


def add_webhook(
    *, name: str, url: str, happenings: Collection[str], secret: str, by: Scope, at: datetime
) -> tuple[Webhook, bool]:
    """A webhook that signs with this secret, and whether it is new: the same secret makes no second one.

    Raises Refused("not_allowed", "name_missing", "nothing_to_tell", "bad_address").
    """
    require_everything(by)
    name, url = clean(name), url.strip()
    if not name:
        raise Refused("name_missing", _("Ghi tên hệ thống nhận thông báo."))
    if not happenings or set(happenings) - set(Happening.values):
        raise Refused("nothing_to_tell", _("Chọn ít nhất một việc cần báo."))
    check_address(url)
    top = Event.objects.aggregate(top=Max("pk"))["top"] or 0
    with transaction.atomic():
        for known in Webhook.objects.select_for_update().filter(url=url):
            if decrypt(known.secret_cipher) == secret:
                return known, False
        made = Webhook.objects.create(
            name=name[:100],
            url=url[:500],
            happenings=" ".join(sorted(happenings)),
            secret_cipher=encrypt(secret),
            after=top,
            seen=top,
            made_by_id=by.account_id,
            made_at=at,
        )
        _written("webhook.make", made, by, at)
    return made, True


def stop_webhook(*, webhook_id: int, by: Scope, at: datetime) -> None:
    """Nothing more is sent. Raises Refused("not_allowed"), Webhook.DoesNotExist."""
    found = _webhook(webhook_id, by)
    with transaction.atomic():
        if Webhook.objects.filter(pk=found.pk, stopped_at__isnull=True).update(stopped_at=at):
            _written("webhook.stop", found, by, at)


def resume_webhook(*, webhook_id: int, by: Scope, at: datetime) -> None:
    """Goes on with what waits and with what happens from now on. Raises as `stop_webhook`."""
    found = _webhook(webhook_id, by)
    with transaction.atomic():
        top = Event.objects.aggregate(top=Max("pk"))["top"] or 0
        if Webhook.objects.filter(pk=found.pk, stopped_at__isnull=False).update(
            stopped_at=None, after=top, seen=top
        ):
            _written("webhook.resume", found, by, at)


def try_webhook(*, webhook_id: int, by: Scope, at: datetime) -> WebhookDelivery:
    """Sends a notice that says nothing, to see whether it arrives. Raises as `stop_webhook`."""
    found, uid = _webhook(webhook_id, by), new_uid("ping")
    with transaction.atomic():
        made = WebhookDelivery.objects.create(
            webhook_id=found.pk,
            uid=uid,
            happening=PING,
            body=body_of(uid, PING, at, ("", ""), 0),
            next_at=at,
            made_at=at,
        )
        _written("webhook.try", found, by, at)
    return made


def send_again(*, delivery_id: int, by: Scope, at: datetime) -> WebhookDelivery:
    """The same notice once more, with all its tries; one that waits already is sent now. Raises
    Refused("not_allowed"), WebhookDelivery.DoesNotExist."""
    require_everything(by)
    with transaction.atomic():
        found = WebhookDelivery.objects.select_for_update().get(pk=delivery_id)
        found.state, found.tries, found.next_at, found.ended_at = DeliveryState.WAITING, 0, at, None
        found.save(update_fields=["state", "tries", "next_at", "ended_at"])
        _written("webhook.again", _webhook(found.webhook_id, by), by, at)
    return found


def _webhook(pk: int, by: Scope) -> Webhook:
    require_everything(by)
    return visible_webhooks(by).get(pk=pk)


def _written(verb: str, of: Webhook, by: Scope, at: datetime) -> None:
    record(verb=verb, object_type="webhook", object_id=str(of.pk), by=by.account_id, at=at)
