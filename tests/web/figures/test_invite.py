"""The missing people of a figure become the invitation list of a class."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def address(world: Any, code: str = "coverage.basic") -> str:
    return f"/chi-so/{code}/moi/?unit={world.district.pk}&period=2024-9M"


def new_class(world: Any, **changed: str) -> dict[str, str]:
    return {
        "target": "new",
        "title": "Lớp bổ sung",
        "form": "class",
        "host_unit": str(world.hoa.pk),
        "day": "2025-09-01",
        "starts": "08:00",
        "ends": "11:00",
        "place": "Hội trường",
        **changed,
    }


def invited(title: str) -> set[str]:
    from nhanlucso.training.models import Invitation

    rows = Invitation.objects.filter(training_class__title=title)
    return set(rows.values_list("person__full_name", flat=True))


def test_the_form_says_how_many(world: Any, officer: Client) -> None:
    html = officer.get(address(world)).content.decode()
    assert "3 người được chọn" in html
    assert "trên 3 người còn thiếu." in html
    assert html.count('name="person"') == 3
    assert "Lớp kỹ năng số (04/03/2024)" in html


def test_into_a_new_class(world: Any, officer: Client) -> None:
    response = officer.post(address(world), new_class(world), follow=True)
    assert response.status_code == 200
    assert "Đã mời 3 người" in response.content.decode()
    assert invited("Lớp bổ sung") == {"Trần Văn Bình", "Vàng Seo Chi", "Lù A Dung"}


def test_sent_twice_it_makes_one_class(world: Any, officer: Client) -> None:
    from nhanlucso.training.models import TrainingClass

    for _ in range(2):
        officer.post(address(world), new_class(world, key="abcdefghjkmn"))
    assert TrainingClass.objects.filter(title="Lớp bổ sung").count() == 1


def test_those_who_are_picked(world: Any, officer: Client) -> None:
    chosen = [str(world.people[name].pk) for name in ("Bình", "Chi")]
    words = {"picked": "people", "unit": [str(world.an.pk)], "person": chosen}
    response = officer.post(address(world), new_class(world) | words, follow=True)
    assert "Đã mời 2 người" in response.content.decode()
    assert invited("Lớp bổ sung") == {"Trần Văn Bình", "Vàng Seo Chi"}


def test_a_unit_that_is_left_out_takes_its_people_along(world: Any, officer: Client) -> None:
    from tests.factories.records import make_person

    facts_of(make_person("Giàng A Páo", world.binh))
    chosen = [str(person.pk) for person in world.people.values()]
    words = {"picked": "people", "unit": [str(world.an.pk)], "person": chosen}
    officer.post(address(world), new_class(world) | words)
    assert invited("Lớp bổ sung") == {"Trần Văn Bình", "Vàng Seo Chi", "Lù A Dung"}
    units = {"picked": "units", "unit": [str(world.binh.pk)], "title": "Lớp của xã Bình"}
    officer.post(address(world), new_class(world) | units)
    assert invited("Lớp của xã Bình") == {"Giàng A Páo"}


def facts_of(_person: Any) -> None:
    """Figures are asked anew after a person was made."""
    from tests.factories.records import facts_changed

    facts_changed()


def test_nobody_picked_is_told_and_the_ticks_stay(world: Any, officer: Client) -> None:
    html = officer.post(address(world), new_class(world) | {"picked": "people"}).content.decode()
    assert "Chọn ít nhất một người để mời." in html
    assert "0 người được chọn" in html
    assert 'name="unit" value="' in html
    assert "checked><span>Xã An" not in html


def test_many_are_picked_by_unit_alone(world: Any, officer: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nhanlucso.web.figures.inviting.NAMED_AT_MOST", 2)
    html = officer.get(address(world)).content.decode()
    assert 'name="picked" value="units"' in html
    assert 'name="person"' not in html


def test_into_a_class_that_is_there(world: Any, officer: Client) -> None:
    words = {"target": "existing", "training_class": str(world.training_class.pk)}
    assert officer.post(address(world), words).status_code == 302
    again = officer.post(address(world), words, follow=True)
    assert "Đã mời 0 người; 3 người đã có" in again.content.decode()
    assert len(invited("Lớp kỹ năng số")) == 3


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"title": " "}, "Hãy ghi tên lớp."),
        ({"day": "2025-02-31"}, "Ngày này không có."),
        ({"ends": "07:00"}, "Buổi học phải kết thúc sau khi bắt đầu."),
        ({"host_unit": "999999"}, "Đơn vị chủ trì"),
        ({"target": "existing"}, "Chọn lớp mà những người này được mời vào."),
    ],
)
def test_what_is_missing_is_told_at_its_field(
    world: Any, officer: Client, changed: dict[str, str], words: str
) -> None:
    response = officer.post(address(world), new_class(world, **changed))
    assert response.status_code == 200
    html = response.content.decode()
    assert "Có chỗ cần sửa" in html
    assert words in html
    assert not invited("Lớp bổ sung")


def test_a_viewer_is_refused(world: Any, viewer: Client) -> None:
    assert viewer.get(address(world)).status_code == 403
    assert viewer.post(address(world), new_class(world)).status_code == 403
    assert not invited("Lớp bổ sung")


def test_outside_the_scope_is_not_found(world: Any, neighbour: Client) -> None:
    assert neighbour.post(address(world), new_class(world)).status_code == 404


def test_a_figure_that_no_class_helps_has_no_such_page(world: Any, officer: Client) -> None:
    assert officer.get(address(world, "outreach.items")).status_code == 404


def test_where_nobody_is_missing_it_says_so(world: Any, officer: Client) -> None:
    html = officer.get(f"/chi-so/coverage.leaders/moi/?unit={world.binh.pk}&period=2024-9M").content.decode()
    assert "Không có ai để mời" in html
