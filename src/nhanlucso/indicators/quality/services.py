"""Saying that a finding is right as it is, taking that back, setting the limits of a rule."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from nhanlucso.audit.services import record
from nhanlucso.indicators.models import QualityException, QualityLimit
from nhanlucso.indicators.quality.declared import RULES
from nhanlucso.indicators.quality.queries import MENDED_BY, exception, finding, may_accept
from nhanlucso.indicators.quality.rule import Rule
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.scope import Scope
from nhanlucso.kernel.text import clean
from nhanlucso.orgs.queries import require_everything

LONGEST_REASON = 500
SHORTEST_REASON = 5


def accept_finding(*, rule: str, subject: str, reason: str, by: Scope, at: datetime) -> QualityException:
    """Says that a finding is right as it is, and why. Said again with the same words it stands once; other words, or
    changed facts, replace what was said. Raises Refused("not_allowed", "not_found", "reason_missing")."""
    by.require(MENDED_BY[_rule(rule).subject])
    told = finding(by, rule, subject)
    if told is None or not may_accept(by, told.finding):
        raise Refused(
            "not_found", _("Điểm này không còn: hồ sơ đã được sửa, hoặc không thuộc đơn vị của bạn.")
        )
    words = clean(reason)
    if not SHORTEST_REASON <= len(words) <= LONGEST_REASON:
        raise Refused("reason_missing", _("Ghi lý do chấp nhận, từ 5 đến 500 chữ cái."))
    found = told.finding
    with transaction.atomic():
        standing = QualityException.objects.filter(rule=rule, subject=subject, taken_back_at=None).first()
        if standing is not None:
            if (standing.reason, standing.fingerprint) == (words, found.fingerprint):
                return standing
            _end(standing, by, at)
        said = QualityException.objects.create(
            rule=rule,
            version=found.rule.version,
            unit_id=found.unit,
            subject=subject,
            fingerprint=found.fingerprint,
            reason=words,
            by_id=by.account_id,
            at=at,
        )
        _record("quality.accept", rule, subject, by, at)
    return said


def take_back(*, pk: int, by: Scope, at: datetime) -> QualityException:
    """The finding is open again. Raises QualityException.DoesNotExist for what is not there or no longer holds."""
    with transaction.atomic():
        standing = exception(by, pk)
        _end(standing, by, at)
        _record("quality.reopen", standing.rule, standing.subject, by, at)
    return standing


def _end(standing: QualityException, by: Scope, at: datetime) -> None:
    standing.taken_back_at, standing.taken_back_by_id = at, by.account_id
    standing.save(update_fields=["taken_back_at", "taken_back_by"])


def set_limit(*, rule: str, name: str, value: int, by: Scope, at: datetime) -> int:
    """Sets a number of a rule for the installation; returns it. Raises Refused("not_allowed", "bad_limit")."""
    require_everything(by)
    limit = next((one for one in _rule(rule).limits if one.name == name), None)
    if limit is None or not limit.low <= value <= limit.high:
        raise Refused("bad_limit", _("Ngưỡng không hợp lệ."))
    with transaction.atomic():
        held = QualityLimit.objects.filter(rule=rule, name=name).first()
        if (held.value if held else limit.value) == value:
            return value
        QualityLimit.objects.update_or_create(
            rule=rule, name=name, defaults={"value": value, "by_id": by.account_id, "at": at}
        )
        _record("quality.limit", rule, f"{name} {value}", by, at)
    return value


def _record(verb: str, rule: str, subject: str, by: Scope, at: datetime) -> None:
    record(
        verb=verb, object_type="quality_rule", object_id=f"{rule} {subject}".strip(), by=by.account_id, at=at
    )


def _rule(code: str) -> Rule:
    if code not in RULES:
        raise Refused("not_found", _("Không có quy tắc «%(code)s».") % {"code": code})
    return RULES[code]
