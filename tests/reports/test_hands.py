"""Whose hand a report waits for: the unit's own leader, then the level above."""

from __future__ import annotations

from typing import Any

import pytest

from nhanlucso.kernel.errors import Refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fonts")]


@pytest.fixture
def waiting(district: dict[str, Any]) -> Any:
    from tests.reports.signatories import scope, submitted

    return submitted(scope("can-bo", "officer", district["p"]), district["b"])


def code(act: Any, *words: Any) -> str:
    with pytest.raises(Refused) as refusal:
        act(*words)
    return refusal.value.code


def test_where_a_unit_has_its_own_leader_the_level_above_waits(
    district: dict[str, Any], waiting: Any
) -> None:
    from nhanlucso.reports.queries.signing import waiting_for_me, waiting_to_be_accepted
    from tests.reports.signatories import answered, decided, scope

    above = scope("tinh", "approver", district["p"])
    assert list(waiting_for_me(above)) == [waiting]
    own = scope("xa-moi", "approver", district["n"])  # what xã Bình has become
    assert (list(waiting_for_me(above)), list(waiting_for_me(own))) == ([], [waiting])
    assert code(decided, above, waiting, True) == "not_the_leader"
    report = decided(own, waiting, True)
    assert (list(waiting_to_be_accepted(above)), list(waiting_to_be_accepted(own))) == ([waiting], [])
    assert code(answered, own, report, True) == "not_above"
    assert answered(above, report, True).state == "accepted"
    assert list(waiting_to_be_accepted(above)) == []


def test_sending_back_needs_its_reason_and_a_correction_follows(
    district: dict[str, Any], waiting: Any
) -> None:
    from nhanlucso.reports.queries.signing import approved_revision
    from tests.reports.signatories import answered, checked, decided, scope, submitted

    officer, above = scope("can-bo", "officer", district["p"]), scope("tinh", "approver", district["p"])
    report = decided(above, waiting, True)
    assert code(answered, above, report, False, "") == "reason_needed"
    report = checked(officer, answered(above, report, False, "Thiếu"))
    held = approved_revision(officer, report)
    assert held is not None
    assert held.number == 1
    report = submitted(officer, district["b"], "Bổ sung")
    assert report.revisions.get(number=2).note["reason"] == "Bổ sung"


def test_what_was_answered_stays_answered(district: dict[str, Any], waiting: Any) -> None:
    from tests.reports.signatories import answered, decided, scope

    above = scope("tinh", "approver", district["p"])
    report = answered(above, decided(above, waiting, True), True)
    assert code(answered, above, report, False, "Đổi ý") == "overtaken"


def test_nobody_takes_over_what_they_submitted(district: dict[str, Any], waiting: Any) -> None:
    from nhanlucso.access.models import Account, Assignment
    from nhanlucso.access.queries import scope_of
    from tests.reports.signatories import answered, decided, scope

    report = decided(scope("tinh", "approver", district["p"]), waiting, True)
    account = Account.objects.get(username="can-bo")
    Assignment.objects.create(account=account, role="approver", unit=district["p"])
    assert code(answered, scope_of(account), report, True) == "own_report"


def test_a_correction_is_for_what_was_approved(district: dict[str, Any], waiting: Any) -> None:
    from nhanlucso.reports.services.signing import correct_report, drop_correction
    from tests.reports.conftest import AT
    from tests.reports.signatories import decided, scope

    officer, above = scope("can-bo", "officer", district["p"]), scope("tinh", "approver", district["p"])

    def correct(reason: str, seen: int = 1) -> None:
        correct_report(report=waiting, seen=seen, reason=reason, by=officer, at=AT)

    assert code(correct, "Sai") == "not_approved"
    decided(above, waiting, True)
    assert code(correct, " ") == "reason_needed"
    assert code(correct, "Sai", 2) == "overtaken"
    correct("Sai")
    waiting.refresh_from_db()
    assert waiting.state == "draft"
    drop_correction(report=waiting, by=officer, at=AT)
    waiting.refresh_from_db()
    assert waiting.state == "approved"


def test_who_took_over_a_unit_of_another_kind_stands_above_it(district: dict[str, Any]) -> None:
    """The district has become part of a commune of another kind: nobody is its own leader any more."""
    from nhanlucso.reports.queries.hands import has_own_leader, stands_above
    from tests.reports.signatories import scope

    heir = scope("xa-moi", "approver", district["n"])
    assert stands_above(heir, district["d"].pk)
    assert not stands_above(heir, district["b"].pk)
    above = scope("tinh", "approver", district["p"])
    led = [has_own_leader(above, district[unit].pk) for unit in ("d", "b")]
    assert led == [False, True]


def test_whether_somebody_is_there_to_decide(district: dict[str, Any]) -> None:
    from nhanlucso.reports.queries.hands import Hands, hands_of
    from tests.factories.records import make_account
    from tests.reports.signatories import scope

    old, heir = district["b"].pk, district["n"].pk
    assert (hands_of(old), hands_of(heir)) == (Hands(False, False), Hands(False, False))
    scope("xa-moi", "approver", district["n"])
    assert (hands_of(old), hands_of(heir)) == (Hands(True, False), Hands(True, False))
    scope("tinh", "approver", district["p"])
    assert (hands_of(old), hands_of(heir)) == (Hands(True, True), Hands(True, True))
    assert hands_of(district["p"].pk) == Hands(True, False)
    make_account("ca-nuoc", "approver")
    assert hands_of(district["p"].pk).above
