"""Accepting a finding with a reason: counted apart, until it is taken back or the facts change."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from nhanlucso.audit.models import Event
from nhanlucso.indicators.models import QualityException, QualityLimit
from nhanlucso.indicators.quality.queries import ACCEPTED, Asked, findings, open_findings, tallies
from nhanlucso.indicators.quality.services import accept_finding, set_limit, take_back
from nhanlucso.kernel.clock import now
from nhanlucso.kernel.errors import Refused
from nhanlucso.orgs.models import Unit

pytestmark = pytest.mark.django_db

CODE = "class.head_count_far"
REASON = "Đại biểu đông hơn danh sách, có biên bản."


@pytest.fixture
def world() -> Any:
    from tests.factories.district import make_district

    return make_district()


@pytest.fixture
def officer(world: Any) -> Any:
    from tests.factories.scopes import officer_of

    return officer_of(world.province)


def subject(world: Any) -> str:
    return f"training_class:{world.training_class.pk}"


def accept(world: Any, by: Any, reason: str = REASON) -> QualityException:
    return accept_finding(rule=CODE, subject=subject(world), reason=reason, by=by, at=now())


def numbers(world: Any, by: Any) -> tuple[int, int]:
    tally = tallies(by, [world.province.pk])[world.province.pk]
    return tally.open[CODE], tally.accepted[CODE]


def test_what_is_accepted_is_counted_apart_and_shown_with_its_reason(world: Any, officer: Any) -> None:
    assert numbers(world, officer) == (1, 0)
    accept(world, officer)
    assert numbers(world, officer) == (0, 1)
    assert CODE not in open_findings(officer, world.province.pk)
    assert findings(officer, world.province.pk, Asked(CODE)) == []
    told = findings(officer, world.province.pk, Asked(CODE, state=ACCEPTED))
    assert [one.accepted and one.accepted.reason for one in told] == [REASON]
    assert Event.objects.filter(verb="quality.accept").count() == 1


def test_said_twice_it_stands_once_and_other_words_replace_it(world: Any, officer: Any) -> None:
    assert accept(world, officer).pk == accept(world, officer).pk
    accept(world, officer, "Đã đối chiếu với biên bản.")
    assert QualityException.objects.filter(taken_back_at=None).count() == 1
    assert QualityException.objects.count() == 2


def test_taken_back_it_is_open_again(world: Any, officer: Any) -> None:
    said = accept(world, officer)
    take_back(pk=said.pk, by=officer, at=now())
    assert numbers(world, officer) == (1, 0)
    assert Event.objects.filter(verb="quality.reopen").count() == 1
    with pytest.raises(QualityException.DoesNotExist):
        take_back(pk=said.pk, by=officer, at=now())


def test_it_is_open_again_once_the_facts_change(world: Any, officer: Any) -> None:
    from tests.factories import records as r

    accept(world, officer)
    r.make_head_count(world.an, 50, "about", world.training_class.sessions.first().starts_at.date() + timedelta(1),
                      training_class=world.training_class, audience="khách")  # fmt: skip
    r.facts_changed()
    assert numbers(world, officer) == (1, 0)
    accept(world, officer)
    assert numbers(world, officer) == (0, 1)


def test_a_reason_is_needed(world: Any, officer: Any) -> None:
    with pytest.raises(Refused) as refused:
        accept(world, officer, "  ")
    assert refused.value.code == "reason_missing"


def test_only_who_may_mend_it_where_it_lies_accepts(world: Any) -> None:
    from tests.factories.scopes import officer_of, viewer_of

    with pytest.raises(Refused) as refused:
        accept(world, viewer_of(world.province))
    assert refused.value.code == "not_allowed"
    with pytest.raises(Refused) as refused:
        accept(world, officer_of(world.loc))
    assert refused.value.code == "not_found"
    assert QualityException.objects.count() == 0


def test_what_is_no_finding_is_not_accepted(world: Any, officer: Any) -> None:
    for rule, about in ((CODE, "training_class:0"), ("khong.co", "")):
        with pytest.raises(Refused) as refused:
            accept_finding(rule=rule, subject=about, reason=REASON, by=officer, at=now())
        assert refused.value.code == "not_found"


def test_counts_end_at_the_reach_of_the_scope(world: Any) -> None:
    from tests.factories.scopes import viewer_of

    near = viewer_of(world.loc)
    assert open_findings(near, world.loc.pk) == {"unit.no_record": 2}
    for unit in (world.province.pk, None):
        with pytest.raises(Unit.DoesNotExist):
            tallies(near, [unit])
        with pytest.raises(Unit.DoesNotExist):
            findings(near, unit, Asked())


def test_findings_of_a_window_are_those_of_its_days_and_of_today(world: Any, officer: Any) -> None:
    day = world.training_class.sessions.first().starts_at.date()
    inside = findings(officer, world.province.pk, Asked("", day, day))
    assert {one.finding.rule.code for one in inside} == {CODE, "unit.unallocated"}


def test_limits_are_set_by_who_runs_the_installation(world: Any, officer: Any, scope: Any) -> None:
    set_limit(rule=CODE, name="times", value=20, by=scope, at=now())
    assert numbers(world, officer) == (0, 0)
    set_limit(rule=CODE, name="times", value=20, by=scope, at=now())
    assert QualityLimit.objects.count() == 1
    assert Event.objects.filter(verb="quality.limit").count() == 1
    with pytest.raises(Refused) as refused:
        set_limit(rule=CODE, name="times", value=2, by=officer, at=now())
    assert refused.value.code == "not_allowed"
    for name, value in (("times", 0), ("khong-co", 5)):
        with pytest.raises(Refused) as refused:
            set_limit(rule=CODE, name=name, value=value, by=scope, at=now())
        assert refused.value.code == "bad_limit"


def test_where_there_is_much_the_last_search_is_shown_until_somebody_searches_anew(
    world: Any, officer: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from nhanlucso.indicators.quality import books
    from nhanlucso.indicators.quality.books import held_book, make_book, ready_book
    from tests.factories import records as r

    monkeypatch.setattr(books, "AT_ONCE", 0)
    assert ready_book(now()) is None
    assert held_book(now()).fresh
    r.make_class("Lớp trống", world.hoa, now().date(), 0)
    r.facts_changed()
    stale = held_book(now())
    assert not stale.fresh
    assert "class.no_sessions" not in open_findings(officer, world.province.pk)
    make_book(now())
    assert held_book(now()).fresh
    assert open_findings(officer, world.province.pk)["class.no_sessions"] == 1
    books._open.clear()
    assert open_findings(officer, world.province.pk)["class.no_sessions"] == 1  # from its file
