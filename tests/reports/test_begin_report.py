"""A report begun: once for a unit, a period, a calendar and a tree."""

from __future__ import annotations

from typing import Any

import pytest

from nhanlucso.kernel.errors import Refused
from tests.reports.conftest import AT

pytestmark = pytest.mark.django_db


def test_a_draft_is_made_once(district: dict[str, Any]) -> None:
    from nhanlucso.audit.models import Event
    from tests.reports.signatories import begun, scope

    officer = scope("can-bo", "officer", district["p"])
    first, again = begun(officer, district["d"]), begun(officer, district["d"])
    assert (first.pk, first.state, first.tree, first.revision) == (again.pk, "draft", "then", 0)
    assert [(s.verb, s.account_id, s.at) for s in first.steps.all()] == [("begin", officer.account_id, AT)]
    assert list(Event.objects.values_list("verb", "object_id")[1:]) == [
        ("report.begin", "nine-month 2024-9M d 0")
    ]


def test_the_tree_of_the_last_day_is_the_one_of_then(district: dict[str, Any]) -> None:
    from nhanlucso.reports.services.signing import begin_report
    from nhanlucso.reports.services.writing import Wanted
    from tests.reports.signatories import begun, scope

    officer = scope("can-bo", "officer", district["p"])
    wanted = Wanted("nine-month", district["d"], "2024-9M", tree="2024-09-14")
    assert begin_report(wanted=wanted, by=officer, at=AT) == begun(officer, district["d"])
    later = Wanted("nine-month", district["n"], "2024-9M", tree="2025-07-01")
    assert begin_report(wanted=later, by=officer, at=AT).tree == "2025-07-01"


def test_a_viewer_begins_nothing(district: dict[str, Any]) -> None:
    from tests.reports.signatories import begun, scope

    with pytest.raises(Refused) as refusal:
        begun(scope("xem", "viewer", district["p"]), district["d"])
    assert refusal.value.code == "not_allowed"


def test_another_unit_is_not_found(district: dict[str, Any]) -> None:
    from nhanlucso.orgs.models import Unit
    from tests.reports.signatories import begun, scope

    with pytest.raises(Unit.DoesNotExist):
        begun(scope("khac", "officer", district["x"]), district["d"])


@pytest.mark.parametrize(
    ("unit", "kind", "period", "code"),
    [
        ("t", "nine-month", "2024-9M", "not_a_reporting_unit"),
        ("d", "year", "2025", "unit_not_valid"),
        ("d", "year", "2024-9M", "bad_kind"),
    ],
)
def test_what_cannot_be_written_is_not_begun(
    district: dict[str, Any], unit: str, kind: str, period: str, code: str
) -> None:
    from nhanlucso.reports.models import Report
    from tests.reports.signatories import begun, scope

    with pytest.raises(Refused) as refusal:
        begun(scope("quan-tri", "administrator", None), district[unit], kind, period)
    assert refusal.value.code == code
    assert not Report.objects.exists()


def test_a_period_that_has_not_begun_is_not_begun(district: dict[str, Any]) -> None:
    from datetime import UTC, datetime

    from nhanlucso.reports.services.signing import begin_report
    from nhanlucso.reports.services.writing import Wanted
    from tests.reports.signatories import scope

    officer = scope("can-bo", "officer", district["p"])
    wanted = Wanted("nine-month", district["d"], "2024-9M")
    with pytest.raises(Refused) as refusal:
        begin_report(wanted=wanted, by=officer, at=datetime(2023, 12, 14, 12, tzinfo=UTC))
    assert (refusal.value.code, "15/12/2023" in refusal.value.message) == ("not_begun", True)
    assert begin_report(wanted=wanted, by=officer, at=datetime(2023, 12, 15, 12, tzinfo=UTC)).pk
