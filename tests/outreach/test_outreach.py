"""The log of communications: adding once, correcting, removing, adding up as the figure does."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from nhanlucso.audit.models import Event
from nhanlucso.kernel.clock import now, today
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.scope import SYSTEM
from nhanlucso.orgs.models import Unit
from nhanlucso.outreach.models import OutreachItem
from nhanlucso.outreach.queries import OutreachAsked, channel_totals, latest_item, outreach_log
from nhanlucso.outreach.services import ItemData, add_item, change_item, remove_item
from tests.factories import records as r
from tests.factories import teams as t
from tests.factories.scopes import officer_of, viewer_of

pytestmark = pytest.mark.django_db
NONCE = "item-abcdefgh2345"
REFORM = date(2025, 7, 1)


@pytest.fixture
def places(db: None) -> Any:
    """Xã Cũ became xã Mới on 1 July 2025, in a province with another commune."""
    province = r.make_unit("tinh", "Tỉnh", "province")
    old = r.make_unit("cu", "Xã Cũ", parent=province, end=date(2025, 6, 30))
    new = r.make_unit("moi", "Xã Mới", parent=province, start=REFORM)
    r.make_change("merge", REFORM, old, new)
    other = r.make_unit("khac", "Xã Khác", parent=province)
    return SimpleNamespace(province=province, old=old, new=new, other=other)


def data(**fields: Any) -> ItemData:
    return ItemData(**{"channel": "loudspeaker", "date": today(), "title": "Nộp hồ sơ", "count": 3, **fields})


def asked(unit: Unit, channel: str = "") -> OutreachAsked:
    return OutreachAsked(unit.pk, date(2024, 12, 15), date(2025, 12, 14), date(2025, 12, 14), channel)


def refused(code: str, act: Any, **words: Any) -> None:
    with pytest.raises(Refused) as refusal:
        act(at=now(), **words)
    assert refusal.value.code == code


def test_an_entry_sent_twice_is_stored_once(places: Any) -> None:
    by = officer_of(places.new)
    first = add_item(unit=places.new, nonce=NONCE, data=data(), by=by, at=now())
    assert add_item(unit=places.new, nonce=NONCE, data=data(), by=by, at=now()) == first
    refused("nonce_taken", add_item, unit=places.new, nonce=NONCE, data=data(count=4), by=by)
    assert OutreachItem.objects.get().count == 3
    assert Event.objects.filter(verb="outreach.add").count() == 1


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"channel": "pigeon"}, "bad_value"),
        ({"title": "  "}, "title_missing"),
        ({"count": 0}, "bad_count"),
        ({"count": 10_000}, "bad_count"),
        ({"date": date(9999, 1, 1)}, "future_day"),
        ({"date": date(2025, 6, 30)}, "unit_not_valid"),
    ],
)
def test_what_cannot_be_is_refused(places: Any, fields: Any, code: str) -> None:
    refused(code, add_item, unit=places.new, nonce=NONCE, data=data(**fields), by=officer_of(places.new))
    assert not OutreachItem.objects.exists()


def test_a_nonce_has_a_shape(places: Any) -> None:
    refused("bad_nonce", add_item, unit=places.new, nonce="X", data=data(), by=officer_of(places.new))


def test_only_who_keeps_the_unit_writes(places: Any) -> None:
    refused("not_allowed", add_item, unit=places.new, nonce=NONCE, data=data(), by=viewer_of(places.new))
    with pytest.raises(Unit.DoesNotExist):
        add_item(unit=places.new, nonce=NONCE, data=data(), by=officer_of(places.other), at=now())
    item = t.make_item(places.new, REFORM)
    refused("not_allowed", change_item, item=item, data=data(), by=viewer_of(places.new))
    refused("not_allowed", remove_item, item=item, by=viewer_of(places.new))
    with pytest.raises(OutreachItem.DoesNotExist):
        remove_item(item=item, by=officer_of(places.other), at=now())


def test_an_entry_is_corrected_and_removed(places: Any) -> None:
    item, by = t.make_item(places.new, REFORM), officer_of(places.new)
    change_item(item=item, data=data(title="Khác", count=5), by=by, at=now())
    item.refresh_from_db()
    assert (item.title, item.count, item.channel) == ("Khác", 5, "loudspeaker")
    remove_item(item=item, by=by, at=now())
    assert not OutreachItem.objects.exists()


def test_the_log_holds_what_came_from_older_units(places: Any) -> None:
    t.make_item(places.old, date(2025, 6, 1), 4, "event")
    t.make_item(places.new, date(2025, 8, 1), 2, "press")
    t.make_item(places.new, date(2024, 12, 14), 50, "press")
    t.make_item(places.other, date(2025, 8, 1), 7, "press")
    by = viewer_of(places.new)
    assert [row.count for row in outreach_log(by, asked(places.new))] == [2, 4]
    assert [row.count for row in outreach_log(by, asked(places.new, "event"))] == [4]
    totals = channel_totals(by, asked(places.new))
    assert [(line.channel, line.entries, line.items) for line in totals] == [("press", 1, 2), ("event", 1, 4)]
    with pytest.raises(Unit.DoesNotExist):
        outreach_log(by, asked(places.other))
    with pytest.raises(Unit.DoesNotExist):
        outreach_log(t.team_member_of(places.new), asked(places.new))


def test_the_log_adds_up_to_the_figure(places: Any) -> None:
    from nhanlucso.indicators.queries import ask, figures, pick

    for number, unit in enumerate((places.old, places.other, places.province), 1):
        t.make_item(unit, date(2025, 3, number), number)
    question = ask("2024-12-15..2025-12-14")
    units = [places.new.pk, places.other.pk, places.province.pk]
    told = {
        unit: found[0].value
        for unit, found in figures(SYSTEM, question, pick(["outreach.items"]), units).items()
    }
    for unit in (places.new, places.other, places.province):
        assert sum(line.items for line in channel_totals(SYSTEM, asked(unit))) == told[unit.pk]


def test_the_last_entry_is_the_model_of_the_next(places: Any) -> None:
    old = t.make_item(places.old, date(2025, 6, 1), title="Cũ")
    t.make_item(places.other, date(2025, 8, 1))
    by = officer_of(places.province)
    assert latest_item(by, places.new.pk) == old
    new = t.make_item(places.new, date(2025, 8, 1))
    assert latest_item(by, places.new.pk) == new
    assert latest_item(by, places.province.pk) is None
    assert latest_item(viewer_of(places.province), places.new.pk) is None
