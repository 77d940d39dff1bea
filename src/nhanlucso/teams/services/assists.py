"""Logging help, and taking back what was logged."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from nhanlucso.audit.services import record
from nhanlucso.kernel.clock import local_date
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.ids import is_nonce
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.teams.enums import Outcome, ServiceField
from nhanlucso.teams.models import Assist, Team
from nhanlucso.teams.queries import changeable_assist, loggable_team
from nhanlucso.teams.rules import MOST_PEOPLE


@dataclass(frozen=True, slots=True)
class AssistData:
    """Help on a day: `people` are attendances. `field` and `outcome` are values of their enums."""

    field: str
    outcome: str
    people: int
    date: date


def log_assist(*, team: Team, nonce: str, data: AssistData, by: Scope, at: datetime) -> Assist:
    """Stores help of a team that `by` may log. The nonce, made once for a form, becomes the id of the entry: the
    same entry sent again is stored once, and what stands already is the answer.

    Raises Refused("not_allowed", "bad_nonce", "bad_value", "bad_people", "future_day", "team_not_valid"),
    Refused("nonce_taken") if the nonce came with other content before; Team.DoesNotExist outside the scope.
    """
    by = by.require(Permission.LOG_ASSISTS)
    team = loggable_team(by, team.pk)
    if not is_nonce(nonce):
        raise Refused("bad_nonce", _("Trang này đã cũ. Mở lại trang rồi ghi."))
    _check(team, data, at)
    fields = {"field": data.field, "outcome": data.outcome, "people": data.people, "date": data.date}
    try:
        with transaction.atomic():
            made, fresh = Assist.objects.get_or_create(
                origin="",
                uid=nonce,
                defaults={"team": team, "recorded_at": at, "recorded_by_id": by.account_id, **fields},
            )
            if fresh:
                _written("assist.log", made, by, at)
    except IntegrityError:  # another server stored it between our look and our write
        made = Assist.objects.get(origin="", uid=nonce)
    if made.team_id != team.pk or any(getattr(made, name) != value for name, value in fields.items()):
        raise Refused(
            "nonce_taken", _("Lần ghi trước đã được lưu với nội dung khác. Bấm Ghi để ghi thành lượt mới.")
        )
    return made


def change_assist(*, assist: Assist, data: AssistData, by: Scope, at: datetime) -> Assist:
    """Corrects an entry: who keeps the team any, who logged it within some days.

    Raises as `log_assist`; Assist.DoesNotExist for entries of others.
    """
    by = by.require(Permission.LOG_ASSISTS)
    assist = changeable_assist(by, assist.pk, at)
    _check(assist.team, data, at)
    with transaction.atomic():
        assist.field, assist.outcome = data.field, data.outcome
        assist.people, assist.date = data.people, data.date
        assist.save(update_fields=["field", "outcome", "people", "date"])
        _written("assist.change", assist, by, at)
    return assist


def remove_assist(*, assist: Assist, by: Scope, at: datetime) -> None:
    """Takes an entry back; who may: as `change_assist`. Raises Refused("not_allowed"), Assist.DoesNotExist."""
    by = by.require(Permission.LOG_ASSISTS)
    assist = changeable_assist(by, assist.pk, at)
    with transaction.atomic():
        _written("assist.remove", assist, by, at)
        assist.delete()


def _check(team: Team, data: AssistData, at: datetime) -> None:
    if data.field not in ServiceField.values or data.outcome not in Outcome.values:
        raise Refused("bad_value", _("Chọn lĩnh vực và kết quả."))
    if not 1 <= data.people <= MOST_PEOPLE:
        raise Refused("bad_people", _("Số lượt từ 1 đến %(most)d.") % {"most": MOST_PEOPLE})
    if data.date > local_date(at):
        raise Refused("future_day", _("Ngày này chưa đến."))
    if not team.valid_from <= data.date <= team.valid_to:
        raise Refused("team_not_valid", _("Ngày này tổ chưa lập hoặc đã thôi hoạt động."))


def _written(verb: str, assist: Assist, by: Scope, at: datetime) -> None:
    record(verb=verb, object_type="assist", object_id=assist.uid, by=by.account_id, at=at, facts=True)
