"""Which own indicators a report holds, in its tables, frozen and in its capsule; and that what is published stays when
definitions change."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from nhanlucso.kernel.errors import Refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fonts")]
OWN = "own.da-hoc"


@pytest.fixture
def officer(district: dict[str, Any]) -> Any:
    from tests.reports.signatories import scope

    return scope("can-bo", "officer", district["p"])


@pytest.fixture(autouse=True)
def own(district: dict[str, Any]) -> None:
    """A share of leaders who learned something, published for all periods."""
    define(None, leader=True)


def define(valid_from: date | None, leader: bool) -> None:
    from nhanlucso.indicators.enums import Measure
    from nhanlucso.indicators.models import OwnIndicator
    from nhanlucso.indicators.own.rules import Parts
    from nhanlucso.indicators.own.services import OwnData, begin_indicator, publish, save_draft
    from nhanlucso.indicators.parts import Audience, Deed, Event
    from nhanlucso.kernel.scope import SYSTEM
    from tests.reports.conftest import AT

    data = OwnData("Đã học", Parts(Measure.PERCENT, Audience(leader=leader), Event(Deed.LEARNED)))
    write = save_draft if OwnIndicator.objects.exists() else begin_indicator
    write(slug="da-hoc", data=data, by=SYSTEM, at=AT)
    publish(slug="da-hoc", valid_from=valid_from, by=SYSTEM, at=AT)


def choose(reported: bool, by: Any = None) -> None:
    from nhanlucso.indicators.own.services import set_reported
    from nhanlucso.kernel.scope import SYSTEM
    from tests.reports.conftest import AT

    set_reported(slug="da-hoc", reported=reported, by=by or SYSTEM, at=AT)


def content_of(unit: Any) -> Any:
    from nhanlucso.kernel.scope import SYSTEM
    from nhanlucso.reports.compose import composed
    from tests.reports.conftest import AT

    words = {"kind": "nine-month", "period": "2024-9M", "calendar": "decree", "tree": "then"}
    return composed(SYSTEM, unit=unit, at=AT, **words)


def target(unit: Any) -> None:
    from nhanlucso.plans.models import Plan, Target

    plan = Plan.objects.get(uid="kp")
    Target.objects.create(uid="own", plan=plan, indicator=OWN, unit=unit, year=2024, value=80.0)


def test_a_report_holds_what_was_chosen(district: dict[str, Any]) -> None:
    from nhanlucso.papers.paper import Table
    from nhanlucso.reports.rules.tables import own_tables

    assert OWN not in content_of(district["d"]).content.figures
    choose(True)
    made = content_of(district["d"])
    assert made.content.figures[OWN].denominator == 2
    (table,) = own_tables(made.content)
    assert table.columns[2].title == "Đã học (%)"
    assert [row[1:] for row in table.rows if isinstance(row, tuple)] == [("Xã An", 100.0)]
    assert table.total_row == ("", "Toàn huyện", 50.0)
    captions = [block.caption for block in made.paper.blocks if isinstance(block, Table)]
    assert table.caption in captions
    choose(False)
    assert OWN not in content_of(district["d"]).content.figures


def test_a_target_puts_its_own_indicator_into_the_report(district: dict[str, Any]) -> None:
    target(district["p"])
    (line,) = (one for one in content_of(district["d"]).content.targets if one.code == OWN)
    assert line.figure is not None and line.figure.value == 50
    assert line.owner is not None and line.owner.name == "Tỉnh Thử"  # a share binds everyone below


def test_only_who_composes_chooses_and_only_what_is_published(district: dict[str, Any], officer: Any) -> None:
    from nhanlucso.indicators.models import OwnDefinition

    for by, code in ((officer, "not_allowed"), (None, "not_published")):
        with pytest.raises(Refused) as refusal:
            choose(True, by)
        assert refusal.value.code == code
        OwnDefinition.objects.update(published_at=None, published_by=None)


def test_what_is_published_stays_when_definitions_change(
    district: dict[str, Any], officer: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An own one gets another meaning for the very period, a shipped one a new version; figures of now change."""
    from nhanlucso.files.reading import whole
    from nhanlucso.indicators.capsules.verdict import judged, require_true
    from nhanlucso.indicators.catalogue import INDICATORS, LEADERS
    from nhanlucso.reports.freezing import frozen_of
    from nhanlucso.reports.rendering import FORMATS, rendered
    from tests.reports.signatories import decided, scope, submitted
    from tests.reports.test_frozen import frozen

    choose(True)
    report = decided(scope("lanh-dao", "approver", district["p"]), submitted(officer, district["d"]), True)
    revision = report.revisions.get()
    before = frozen(district["d"], by_child=True)
    files = {form: whole(getattr(revision, form)) for form in FORMATS}
    assert {row["indicator"]: row["definition_version"] for row in before if row["unit_id"] == "d"}[OWN] == 1

    define(date(2024, 9, 14), leader=False)
    new = replace(INDICATORS["staff.headcount"], version=2, audience=LEADERS)
    monkeypatch.setitem(INDICATORS, "staff.headcount", new)
    now = content_of(district["d"]).content.figures
    assert (now[OWN].indicator.version, now[OWN].denominator) == (2, 8)
    assert (now["staff.headcount"].indicator.version, now["staff.headcount"].value) == (2, 2)

    revision.refresh_from_db()
    held = frozen_of(revision)
    assert held is not None and revision.capsule is not None
    assert frozen(district["d"], by_child=True) == before
    assert {form: rendered(held.paper, form) for form in FORMATS} == files
    require_true(judged(whole(revision.capsule)))


def test_a_target_of_one_that_has_ended_still_binds_and_has_its_name(district: dict[str, Any]) -> None:
    from nhanlucso.indicators.definitions import newest
    from nhanlucso.indicators.own.services import retire
    from nhanlucso.indicators.targets import binding_targets
    from nhanlucso.kernel.scope import SYSTEM
    from tests.reports.conftest import AT

    target(district["p"])
    retire(slug="da-hoc", on=date(2024, 12, 31), by=SYSTEM, at=AT)
    line = (district["d"].pk, district["p"].pk)
    assert binding_targets(SYSTEM, line, 2024)[OWN].value == 80
    ended = newest(OWN)
    assert ended is not None and ended.name == "Đã học"
    assert newest("own.khong-co") is None
