"""What this room puts on record of its writes, and how a form that is sent twice makes one record.

No figure is made of plans, so figures do not grow older by them.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from nhanlucso.audit.services import record
from nhanlucso.kernel.ids import new_uid
from nhanlucso.kernel.scope import Scope
from nhanlucso.orgs.models import Sourced
from nhanlucso.plans.rules import is_key


def written(verb: str, uid: str, by: Scope, at: datetime, count: int = 1) -> None:
    """Records one act, inside its transaction; the kind of object is the first word of the verb."""
    record(
        verb=verb, object_type=verb.split(".")[0], object_id=uid, by=by.account_id, at=at, count=count
    )  # fmt: skip


def owned(model: type[Sourced], key: str, **owner: object) -> dict[str, Any]:
    """The fields that a record is found by or made with: the key that the form was given beforehand, if it is one
    and nobody else's record bears it, else a fresh id."""
    rows = model._default_manager.filter(origin="", uid=key)
    known = is_key(key) and not rows.exclude(**owner).exists() if owner else is_key(key)
    return {"origin": "", "uid": key if known else new_uid(), **owner}
