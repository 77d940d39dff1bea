"""Drafts, versions, the days on which they hold, and who may write them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from nhanlucso.access.enums import Role
from nhanlucso.access.rules import ALLOWED
from nhanlucso.audit.models import Event as Logged
from nhanlucso.indicators.definitions import definition, definitions, in_force
from nhanlucso.indicators.enums import Measure
from nhanlucso.indicators.models import OwnIndicator
from nhanlucso.indicators.own.queries import own_indicator, own_indicators
from nhanlucso.indicators.own.rules import Parts, State
from nhanlucso.indicators.own.services import (
    OwnData,
    begin_indicator,
    drop_draft,
    publish,
    retire,
    save_draft,
)
from nhanlucso.indicators.parts import Audience, Deed, Event
from nhanlucso.indicators.queries import ask, figures, pick
from nhanlucso.kernel.clock import now
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.scope import SYSTEM, Scope

pytestmark = pytest.mark.django_db
TODAY, CHANGE = date(2026, 1, 1), date(2024, 7, 1)
STAFF = Parts(Measure.PERCENT, Audience(), Event(Deed.LEARNED))
LEADERS = Parts(Measure.PERCENT, Audience(leader=True), Event(Deed.LEARNED))
CODE = "own.da-hoc"


@pytest.fixture
def world(db: None) -> Any:
    from tests.factories.district import make_district

    return make_district()


def begun(parts: Parts = STAFF, slug: str = "da-hoc") -> Any:
    return begin_indicator(slug=slug, data=OwnData("Đã học", parts), by=SYSTEM, at=now())


def published(parts: Parts = STAFF) -> Any:
    begun(parts)
    return publish(slug="da-hoc", valid_from=None, by=SYSTEM, at=now())


def code_of(refused: pytest.ExceptionInfo[Refused]) -> str:
    return refused.value.code


def test_a_published_definition_is_counted(world: Any) -> None:
    made = published()
    assert made.sentence.startswith("Tỷ lệ cán bộ, công chức")
    indicator = definition(CODE, date(2024, 9, 14))
    assert (indicator.version, indicator.is_composed) == (1, True)
    asked = ask("2024-9M")
    figure = figures(SYSTEM, asked, pick([CODE], asked.window.b), [world.district.pk])[world.district.pk][0]
    assert (figure.numerator, figure.denominator, figure.value) == (2, 5, 40)
    assert CODE not in [each.code for each in pick(None)]
    assert Logged.objects.filter(object_id=CODE).count() == 2


def test_figures_of_a_period_take_the_definition_of_its_last_day(world: Any) -> None:
    published()
    save_draft(slug="da-hoc", data=OwnData("Lãnh đạo đã học", LEADERS), by=SYSTEM, at=now())
    assert definition(CODE).version == 1  # a draft is nobody's definition
    publish(slug="da-hoc", valid_from=CHANGE, by=SYSTEM, at=now())
    assert definition(CODE, date(2024, 6, 30)).version == 1
    assert definition(CODE, CHANGE).version == 2
    assert definition(CODE, version=1).audience == Audience()
    assert definitions(date(2024, 6, 30))[CODE].version == 1
    earlier = in_force(definition(CODE), date(2023, 12, 14))
    assert earlier is not None
    assert earlier.version == 1
    own = own_indicator(SYSTEM, "da-hoc", TODAY)
    assert [(each.definition.version, each.in_force) for each in own.versions] == [(2, True), (1, False)]


def test_a_retired_indicator_has_no_figures_afterwards(world: Any) -> None:
    published()
    begin = save_draft(slug="da-hoc", data=OwnData("Nháp", LEADERS), by=SYSTEM, at=now())
    assert begin.version == 2
    retire(slug="da-hoc", on=date(2024, 12, 31), by=SYSTEM, at=now())
    assert definition(CODE, date(2024, 12, 14)).version == 1
    with pytest.raises(Refused) as refused:
        definition(CODE, date(2025, 12, 14))
    assert code_of(refused) == "not_in_force"
    assert CODE not in definitions()
    own = own_indicator(SYSTEM, "da-hoc", TODAY)
    assert (own.state, own.draft) == (State.RETIRED, None)
    with pytest.raises(Refused) as refused:
        save_draft(slug="da-hoc", data=OwnData("Nháp", LEADERS), by=SYSTEM, at=now())
    assert code_of(refused) == "retired"


def test_sent_twice_is_done_once(world: Any) -> None:
    assert begun().pk == begun().pk
    first = publish(slug="da-hoc", valid_from=None, by=SYSTEM, at=now())
    assert publish(slug="da-hoc", valid_from=None, by=SYSTEM, at=now()).pk == first.pk
    retire(slug="da-hoc", on=TODAY, by=SYSTEM, at=now())
    retire(slug="da-hoc", on=TODAY, by=SYSTEM, at=now())
    assert Logged.objects.filter(verb="indicator.retire").count() == 1


def test_a_draft_can_be_thrown_away(world: Any) -> None:
    begun()
    drop_draft(slug="da-hoc", by=SYSTEM, at=now())
    assert not OwnIndicator.objects.exists()
    published()
    save_draft(slug="da-hoc", data=OwnData("Nháp", LEADERS), by=SYSTEM, at=now())
    drop_draft(slug="da-hoc", by=SYSTEM, at=now())
    assert definition(CODE).version == 1


@pytest.mark.parametrize(
    ("slug", "data", "code"),
    [
        ("", OwnData("Đã học", STAFF), "bad_slug"),
        ("da-hoc", OwnData("Tên khác", LEADERS), "slug_taken"),
        ("moi", OwnData("  ", STAFF), "name_missing"),
        ("moi", OwnData("x" * 201, STAFF), "name_too_long"),
        ("moi", OwnData("Đã học", STAFF, "x" * 1001), "note_too_long"),
        ("moi", OwnData("Đã học", replace(STAFF, event=Event(Deed.LEARNED, courses=(0,)))), "course_unknown"),
        ("moi", OwnData("Đã học", replace(STAFF, event=None)), "event_missing"),
    ],
)
def test_beginnings_that_are_refused(world: Any, slug: str, data: OwnData, code: str) -> None:
    published()
    with pytest.raises(Refused) as refused:
        begin_indicator(slug=slug, data=data, by=SYSTEM, at=now())
    assert code_of(refused) == code
    assert OwnIndicator.objects.count() == 1


def test_publishing_that_is_refused(world: Any) -> None:
    published()
    with pytest.raises(Refused) as refused:
        publish(slug="da-hoc", valid_from=CHANGE, by=SYSTEM, at=now())
    assert code_of(refused) == "nothing_to_publish"
    save_draft(slug="da-hoc", data=OwnData("Mới", LEADERS), by=SYSTEM, at=now())
    with pytest.raises(Refused) as refused:
        publish(slug="da-hoc", valid_from=None, by=SYSTEM, at=now())
    assert code_of(refused) == "day_missing"
    with pytest.raises(Refused) as refused:
        publish(slug="da-hoc", valid_from=date(1, 1, 1), by=SYSTEM, at=now())
    assert code_of(refused) == "day_too_early"
    with pytest.raises(Refused) as refused:
        save_draft(
            slug="da-hoc", data=OwnData("Mới", replace(STAFF, measure=Measure.PERSONS)), by=SYSTEM, at=now()
        )
    assert code_of(refused) == "measure_stays"


def _of(role: Role, *units: Any) -> Scope:
    pks = frozenset(unit.pk for unit in units)
    return Scope(None, frozenset({role.value}), pks, everything=not units, permissions=ALLOWED[role])


def test_only_who_plans_for_the_whole_may_compose(world: Any) -> None:
    data = OwnData("Đã học", STAFF)
    for scope in (_of(Role.OFFICER, world.hoa), _of(Role.VIEWER), _of(Role.PLANNER, world.hoa)):
        with pytest.raises(Refused) as refused:
            begin_indicator(slug="da-hoc", data=data, by=scope, at=now())
        assert code_of(refused) == "not_allowed"
    begin_indicator(slug="da-hoc", data=data, by=_of(Role.PLANNER, world.province), at=now())
    assert len(own_indicators(_of(Role.ADMINISTRATOR), TODAY)) == 1
    assert own_indicators(_of(Role.VIEWER), TODAY) == []  # a draft is seen by who may write it
    with pytest.raises(OwnIndicator.DoesNotExist):
        own_indicator(_of(Role.VIEWER), "da-hoc", TODAY)


def test_unknown_codes_are_refused(world: Any) -> None:
    begun()
    for code in ("own.da-hoc", "own.khong-co", "khong.co"):
        with pytest.raises(Refused) as refused:
            definition(code)
        assert code_of(refused) == "unknown_indicator"
