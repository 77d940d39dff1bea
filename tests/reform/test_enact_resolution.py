"""Carrying a resolution out: versions and events, nothing re-pointed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from nhanlucso.audit.models import Event, Touch
from nhanlucso.kernel.clock import EVER
from nhanlucso.kernel.errors import Refused
from nhanlucso.orgs.models import Unit, UnitChange, UnitVersion
from nhanlucso.orgs.queries import history
from nhanlucso.reform.models import Resolution
from nhanlucso.reform.rules.draft import NewUnit
from tests.factories import records as r
from tests.factories.scopes import officer_of, viewer_of
from tests.reform.resolutions import DAY, LAST, draft, enact, moved, reverse, row

pytestmark = pytest.mark.django_db
LATER = DAY + timedelta(days=62)


def name(unit: Unit) -> str:
    version = history().version(unit.pk, DAY)
    return version.name if version else ""


def parent(unit: Unit) -> int | None:
    version = history().version(unit.pk, DAY)
    assert version is not None
    return version.parent


def refusals(resolution: Resolution) -> list[str]:
    before = UnitVersion.objects.count()
    with pytest.raises(Refused) as refused:
        enact(resolution)
    assert (UnitVersion.objects.count(), UnitChange.objects.count()) == (before, 0)
    assert refused.value.code == "cannot_enact"
    return [str(detail) for detail in refused.value.details]


def test_two_become_a_new_one_and_what_stood_below_follows(places: Any) -> None:
    new = NewUnit("#x", "Xã An Bình", "commune", "00103", places.province.pk)
    made = draft(row("merge", places.an, "#x"), row("merge", places.binh, "#x"), units=(new,))
    done = enact(made)
    assert (done.ended, done.made, done.waiting) == (2, 1, 0)
    [unit] = made.units.all()
    assert unit.unit is not None
    assert name(unit.unit) == "Xã An Bình"
    past = history()
    assert past.version(places.an.pk, LAST) is not None
    assert past.version(places.an.pk, DAY) is None
    assert past.carry(places.an.pk, EVER, DAY) == past.carry(places.binh.pk, EVER, DAY) == {unit.unit.pk}
    assert {parent(places.mot), parent(places.hai), parent(places.office)} == {unit.unit.pk}
    assert past.carry(places.mot.pk, EVER, DAY) == {places.mot.pk}


def test_one_joins_another_that_stays_under_another_name(places: Any) -> None:
    post = r.make_post(r.make_person("Ánh"), places.an)
    enact(draft(row("merge", places.an, places.binh), row("rename", places.binh, name="Phường Bình")))
    assert (name(places.an), name(places.binh)) == ("", "Phường Bình")
    assert history().carry(places.an.pk, EVER, DAY) == {places.binh.pk}
    post.refresh_from_db()
    assert (post.unit_id, post.valid_from) == (places.an.pk, EVER)


def test_a_split_leaves_open_what_nobody_has_said(places: Any) -> None:
    done = enact(draft(row("split", places.an, places.binh), row("split", places.an, places.chi)))
    assert (done.ended, done.waiting) == (1, 3)
    past, both = history(), {places.binh.pk, places.chi.pk}
    for unit in (places.an, places.mot, places.office):
        assert past.version(unit.pk, DAY) is None
        assert past.carry(unit.pk, EVER, DAY) == both


def test_what_the_resolution_says_of_a_village_is_done(places: Any) -> None:
    rows = (
        row("split", places.an, places.binh),
        row("split", places.an, places.chi),
        moved(places.mot, places.chi),
    )
    assert enact(draft(*rows)).waiting == 2
    assert parent(places.mot) == places.chi.pk
    assert history().carry(places.mot.pk, EVER, DAY) == {places.mot.pk}


def test_what_waits_takes_nothing_over(places: Any) -> None:
    """Thôn Hai would join thôn Một, of which nobody has said where it goes."""
    rows = [row("split", places.an, places.binh), row("split", places.an, places.chi)]
    [words] = refusals(draft(*rows, row("merge", places.hai, places.mot)))
    assert "chưa ghi «Thôn Một» thuộc về nơi nào" in words
    enact(draft(*rows, row("merge", places.hai, places.mot), moved(places.mot, places.chi)))
    assert history().carry(places.hai.pk, EVER, DAY) == {places.mot.pk}


def test_a_part_may_go_while_the_unit_stays(places: Any) -> None:
    enact(
        draft(
            row("split", places.an, places.an),
            row("split", places.an, places.chi),
            row("merge", places.binh, places.an),
        )
    )
    past = history()
    assert parent(places.mot) == places.an.pk
    assert past.carry(places.an.pk, EVER, DAY) == {places.an.pk, places.chi.pk}
    assert past.carry(places.binh.pk, EVER, DAY) == {
        places.an.pk
    }  # who joins is not given away with the part


def test_a_village_is_made_and_another_ends(places: Any) -> None:
    new = NewUnit("#v", "Thôn Ba", "village", parent=places.an.pk)
    enact(draft(row("create", None, "#v"), row("abolish", places.hai), units=(new,)))
    assert {v.name for v in history().children(places.an.pk, DAY)} == {"Thôn Một", "Thôn Ba", "Phòng Văn hóa"}
    assert history().carry(places.hai.pk, EVER, DAY) == frozenset()


def test_twice_is_once(places: Any) -> None:
    made = draft(row("rename", places.an, name="Xã Ân"))
    assert not enact(made).already
    rows = UnitVersion.objects.count(), UnitChange.objects.count(), Event.objects.count()
    assert enact(made).already
    assert (UnitVersion.objects.count(), UnitChange.objects.count(), Event.objects.count()) == rows


def test_it_is_put_on_record_and_figures_are_older(places: Any) -> None:
    made = draft(row("rename", places.an, name="Xã Ân"))
    Touch.objects.all().delete()
    enact(made)
    assert Event.objects.filter(verb="resolution.enact", object_id=made.uid).exists()
    assert Touch.objects.exists()


def test_problems_say_how_to_mend_them(places: Any) -> None:
    village = r.make_unit("xa-la", "Thôn Lạ", "village", parent=places.binh)
    made = draft(
        row("split", places.an, places.binh),
        row("merge", places.chi, village),
        row("merge", places.binh, places.chi),
        row("rename", places.mot, name="Thôn Một"),
        row("abolish", places.hai),
        row("abolish", places.hai, places.mot),
    )
    assert refusals(made) == [
        "«Xã An» chia thì phải có ít nhất hai nơi nhận. Thêm nơi nhận, hoặc đổi thành «nhập».",
        "«Thôn Hai» có hai dòng khác nhau. Giữ một dòng; nếu chia thì mọi dòng đều là «chia».",
        "Nơi nhận «Xã Bình» của «Xã An» cũng kết thúc trong nghị quyết này. Chọn đơn vị sẽ còn.",
        "«Thôn Lạ» không cùng loại để tiếp nhận «Xã Chi». Chọn đơn vị cùng loại.",
        "Nơi nhận «Xã Chi» của «Xã Bình» cũng kết thúc trong nghị quyết này. Chọn đơn vị sẽ còn.",
        "Tên và mã mới của «Thôn Một» vẫn như cũ. Ghi tên mới, hoặc bỏ dòng này.",
        "«Thôn Hai» giải thể thì không có nơi nhận. Bỏ nơi nhận, hoặc đổi thành «nhập».",
    ]  # fmt: skip


def test_places_must_be_there(places: Any) -> None:
    other = NewUnit("#y", "Xã Bình", "commune", parent=places.province.pk)
    homeless = NewUnit("#z", "Xã Không", "commune")
    made = draft(
        row("create", None, "#y"),
        row("create", None, "#z"),
        row("abolish", places.an),
        moved(places.binh, places.mot),
        units=(other, homeless),
    )
    assert refusals(made) == [
        "«Xã An» giải thể mà «Thôn Một» còn ở dưới. Ghi «Thôn Một» chuyển về đâu, hoặc chọn nơi nhận.",
        "«Xã An» giải thể mà «Thôn Hai» còn ở dưới. Ghi «Thôn Hai» chuyển về đâu, hoặc chọn nơi nhận.",
        "«Xã An» giải thể mà «Phòng Văn hóa» còn ở dưới. Ghi «Phòng Văn hóa» chuyển về đâu, hoặc chọn nơi nhận.",
        "«Xã Không» chưa có cấp trên. Chọn đơn vị cấp trên.",
        "«Xã Bình» không đặt dưới «Thôn Một» được. Chọn cấp trên khác.",
    ]  # fmt: skip


def test_a_unit_is_not_changed_past_what_came_later(places: Any) -> None:
    made = draft(row("merge", places.an, places.binh))
    UnitVersion.objects.filter(unit=places.mot).update(valid_to=DAY + timedelta(days=9))
    later = DAY + timedelta(days=10)
    UnitVersion.objects.create(
        unit=places.mot,
        name="Thôn 1",
        name_folded="thon 1",
        kind="village",
        parent=places.an,
        valid_from=later,
    )
    r.make_unit("ba", "Xã Ba", parent=places.province, start=DAY)
    assert refusals(made) == [
        "«Xã An» (hoặc đơn vị bên dưới) đã có thay đổi ghi cho ngày sau đó. Hoàn tác thay đổi ấy trước."
    ]


def test_what_another_becomes_later_or_that_day_does_not_end(places: Any) -> None:
    """Records of Chi would be of a unit that is not there."""
    village = r.make_unit("ba", "Thôn Ba", "village", parent=places.chi)
    enact(draft(row("merge", village, places.mot), row("merge", places.binh, places.chi), day=LATER))
    assert _told(draft(row("merge", places.chi, places.an))) == {"«Xã Chi»"}
    assert _told(draft(row("merge", places.chi, places.an), day=LATER)) == {"«Xã Chi»"}
    assert _told(draft(row("split", places.an, places.binh), row("split", places.an, places.chi))) == {
        "«Thôn Một»"
    }
    enact(draft(row("merge", places.an, places.chi)))  # the villages find Chi there on both days


def test_nothing_comes_below_what_ends_later(places: Any) -> None:
    """Thôn Một would stand below nothing from then on."""
    new = NewUnit("#v", "Thôn Ba", "village", parent=places.binh.pk)
    enact(draft(row("merge", places.binh, places.chi), day=LATER))
    assert _told(draft(row("merge", places.an, places.binh))) == {"«Xã Bình»"}
    assert _told(draft(moved(places.mot, places.binh))) == {"«Xã Bình»"}
    assert _told(draft(row("create", None, "#v"), units=(new,))) == {"«Xã Bình»"}
    enact(draft(moved(places.mot, places.chi), row("rename", places.binh, name="Xã Bình Mới")))


def test_nothing_comes_below_what_stands_below_it_later(places: Any) -> None:
    other = r.make_unit("ban", "Ban Một", "service_unit", parent=places.an)
    enact(draft(moved(other, places.office), day=LATER))
    assert _told(draft(moved(places.office, other))) == {"«Ban Một»"}


def _told(resolution: Resolution) -> set[str]:
    """The units of which a refusal says that they change later."""
    with pytest.raises(Refused) as refused:
        enact(resolution)
    told = [str(detail).split(" (hoặc đơn vị bên dưới) đã có thay đổi") for detail in refused.value.details]
    assert all(len(words) == 2 for words in told)
    return {words[0] for words in told}


def test_only_who_may_change_these_units(places: Any) -> None:
    made = draft(row("merge", places.an, places.binh), unit=places.province)
    with pytest.raises(Refused, match="Sửa đơn vị"):
        enact(made, viewer_of(places.province))
    with pytest.raises(Resolution.DoesNotExist):
        enact(made, officer_of(places.an))
    with pytest.raises(Unit.DoesNotExist):
        draft(row("merge", places.an, places.binh), by=officer_of(places.an), unit=places.an)
    enact(made, officer_of(places.province))


def test_a_commune_merges_its_villages(places: Any) -> None:
    by = officer_of(places.an)
    enact(draft(row("merge", places.mot, places.hai), by=by, unit=places.an), by)
    assert history().carry(places.mot.pk, EVER, DAY) == {places.hai.pk}
    with pytest.raises(Refused) as refused:
        enact(draft(row("rename", places.an, name="Xã Ân"), by=by, unit=places.an), by)
    assert refused.value.code == "not_allowed"


def test_reversing_gives_back_what_was(places: Any) -> None:
    def rows() -> list[Any]:
        return [list(model.objects.order_by("pk").values_list()) for model in (Unit, UnitVersion, UnitChange)]

    before = rows()
    new = NewUnit("#x", "Xã Mới", "commune", parent=places.province.pk)
    made = draft(
        row("split", places.an, "#x"),
        row("split", places.an, places.chi),
        row("merge", places.binh, "#x"),
        units=(new,),
    )
    enact(made)
    assert rows() != before
    assert reverse(made)
    assert rows() == before
    assert not reverse(made)
    assert history().carry(places.an.pk, EVER, DAY) == {places.an.pk}
    made.refresh_from_db()
    assert not enact(made).already


def test_what_was_made_since_stands_in_the_way(places: Any) -> None:
    new = NewUnit("#x", "Xã Mới", "commune", parent=places.province.pk)
    made = draft(row("merge", places.an, "#x"), units=(new,))
    enact(made)
    unit = made.units.get().unit
    assert unit is not None
    r.make_person("Bình", unit)
    with pytest.raises(Refused) as refused:
        reverse(made)
    assert [detail.message.split()[0] for detail in refused.value.details] == ["people.post"]


def test_a_move_leads_elsewhere(places: Any) -> None:
    rows = (row("split", places.an, places.binh), row("split", places.an, places.chi))
    assert refusals(draft(*rows, moved(places.mot, places.an))) == [
        "«Thôn Một» đã ở dưới cấp trên này. Chọn cấp trên khác, hoặc bỏ dòng."
    ]
