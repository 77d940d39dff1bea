"""What a program sends once under a key is done once, however often it comes: the answer is kept for a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from nhanlucso.access.models import KeptAnswer
from nhanlucso.audit.services import record
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.scope import Scope

KEPT = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Kept:
    """The answer; `is_replay`: it was given before, nothing was done now."""

    document: Any
    is_replay: bool


def answer_once(
    *,
    caller: str,
    token_id: int | None,
    key: str,
    fingerprint: str,
    work: Callable[[], Any],
    by: Scope,
    at: datetime,
) -> Kept:
    """Does the work and keeps its answer (JSON), in one transaction; the same key of the same caller gives that answer
    again. What is refused keeps nothing, so that the key may be used again.

    Who sends the same key at once waits. Raises Refused("key_reused") for another content, and what the work raises.
    """
    with transaction.atomic():
        KeptAnswer.objects.filter(at__lt=at - KEPT).delete()
        held, is_new = KeptAnswer.objects.select_for_update().get_or_create(
            caller=caller, key=key, defaults={"fingerprint": fingerprint, "at": at}
        )
        if not is_new:
            if held.fingerprint != fingerprint:
                raise Refused(
                    "key_reused", _("Khóa này đã dùng cho một lần gửi khác nội dung. Dùng khóa mới.")
                )
            return Kept(held.document, True)
        held.document = work()
        held.save(update_fields=["document"])
        if token_id is not None:
            record(verb="token.write", object_type="token", object_id=str(token_id), by=by.account_id, at=at)
    return Kept(held.document, False)
