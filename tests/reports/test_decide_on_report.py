"""Approving and returning: by somebody else, with a reason, once."""

from __future__ import annotations

from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection

from nhanlucso.kernel.errors import Refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fonts")]


@pytest.fixture
def waiting(district: dict[str, Any]) -> Any:
    from tests.reports.signatories import scope, submitted

    return submitted(scope("can-bo", "officer", district["p"]), district["d"])


def refused(*words: Any) -> str:
    from tests.reports.signatories import decided

    with pytest.raises(Refused) as refusal:
        decided(*words)
    return refusal.value.code


def test_the_leader_approves(district: dict[str, Any], waiting: Any) -> None:
    from nhanlucso.audit.models import Event
    from tests.reports.signatories import decided, scope

    leader = scope("lanh-dao", "approver", district["p"])
    assert decided(leader, waiting, True, "Đồng ý").state == "approved"
    step = waiting.steps.get(verb="approve")
    assert (step.account_id, step.revision.number, step.comment) == (leader.account_id, 1, "Đồng ý")
    assert Event.objects.filter(verb="report.approve", object_id="nine-month 2024-9M d 1").count() == 1


def test_the_level_above_returns_with_a_reason(district: dict[str, Any], waiting: Any) -> None:
    from tests.reports.signatories import decided, scope

    above = scope("tinh", "approver", district["p"])
    assert refused(above, waiting, False, " ") == "reason_needed"
    assert decided(above, waiting, False, "Thiếu danh sách").state == "returned"


def test_nobody_approves_what_they_submitted(district: dict[str, Any], waiting: Any) -> None:
    from nhanlucso.access.models import Account, Assignment
    from nhanlucso.access.queries import scope_of

    account = Account.objects.get(username="can-bo")
    Assignment.objects.create(account=account, role="approver", unit=district["p"])
    assert refused(scope_of(account), waiting, True) == "own_report"


def test_an_officer_does_not_approve(district: dict[str, Any], waiting: Any) -> None:
    from tests.reports.signatories import scope

    assert refused(scope("khac", "officer", district["p"]), waiting, True) == "not_allowed"


def test_a_leader_elsewhere_finds_nothing(district: dict[str, Any], waiting: Any) -> None:
    from nhanlucso.reports.models import Report
    from tests.reports.signatories import decided, scope

    for unit in ("x", "s"):
        with pytest.raises(Report.DoesNotExist):
            decided(scope(f"lanh-dao-{unit}", "approver", district[unit]), waiting, True)


def test_what_is_decided_stays_decided(district: dict[str, Any], waiting: Any) -> None:
    from tests.reports.signatories import decided, scope

    leader = scope("lanh-dao", "approver", district["p"])
    decided(leader, waiting, True)
    assert refused(leader, waiting, False, "Đổi ý") == "overtaken"
    waiting.refresh_from_db()
    assert waiting.state == "approved"


def test_who_waits_for_me(district: dict[str, Any], waiting: Any) -> None:
    from nhanlucso.reports.queries.signing import my_reports, waiting_for_me
    from tests.reports.signatories import decided, scope

    leader, officer = scope("lanh-dao", "approver", district["p"]), scope("can-bo", "officer", district["p"])
    elsewhere = scope("so", "approver", district["s"])
    assert (list(waiting_for_me(leader)), list(waiting_for_me(elsewhere))) == ([waiting], [])
    assert (list(waiting_for_me(officer)), list(my_reports(officer))) == ([], [])
    decided(leader, waiting, False, "Sửa")
    assert (list(waiting_for_me(leader)), list(my_reports(officer))) == ([], [waiting])
    assert list(my_reports(leader)) == []


def test_what_i_submitted_does_not_wait_for_me(district: dict[str, Any], waiting: Any) -> None:
    from nhanlucso.access.models import Account, Assignment
    from nhanlucso.access.queries import scope_of
    from nhanlucso.reports.queries.signing import waiting_for_me

    account = Account.objects.get(username="can-bo")
    Assignment.objects.create(account=account, role="approver", unit=district["p"])
    assert list(waiting_for_me(scope_of(account))) == []


@pytest.mark.django_db(transaction=True)
def test_of_two_approvers_at_once_one_wins_and_the_other_is_told(
    district: dict[str, Any], waiting: Any
) -> None:
    from tests.reports.signatories import decided, scope

    scopes = [scope("mot", "approver", district["p"]), scope("hai", "approver", district["p"])]
    barrier, said = Barrier(2), []

    def decide(by: Any, approves: bool) -> None:
        barrier.wait()
        try:
            decided(by, type(waiting).objects.get(pk=waiting.pk), approves, "Lý do")
            said.append("done")
        except Refused as refusal:
            said.append(refusal.code)
        finally:
            connection.close()

    threads = [Thread(target=decide, args=pair) for pair in zip(scopes, (True, False), strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(said) == ["done", "overtaken"]
    assert waiting.steps.filter(verb__in=["approve", "return"]).count() == 1
