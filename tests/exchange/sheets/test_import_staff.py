"""Importing staff lists: certain matches only, nobody merged by guess, a second import changes nothing."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from nhanlucso.audit.models import Event, Touch
from nhanlucso.cli.main import run
from nhanlucso.exchange.sheets.applying import import_sheet
from nhanlucso.exchange.sheets.plan import ImportPlan, ImportRequest, Outcome
from nhanlucso.kernel.clock import EVER
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.scope import SYSTEM
from nhanlucso.kernel.sealing import decrypt
from nhanlucso.orgs.models import Unit
from nhanlucso.people.models import Person, Post
from tests.exchange.sheets.conftest import AT, ON, Place
from tests.exchange.sheets.making import Sheet, save
from tests.factories.scopes import officer_of, viewer_of

pytestmark = pytest.mark.django_db
HEAD = ["STT", "Họ và tên", "Ngày sinh", "Giới tính", "Chức vụ", "Đơn vị", "SĐT", "CCCD"]
LAN = [
    "Lê Thị Lan",
    "01/02/1980",
    "Nữ",
    "Công chức Địa chính",
    "UBND xã Gia Phú",
    "0912345678",
    "010180001234",
]
SI = ["Lù A Sì", "1975", "Nam", "Kế toán", "Xã Phú Nhuận", "", ""]
Import = Callable[..., ImportPlan]


@pytest.fixture
def bring(place: Place, tmp_path: Path) -> Import:
    """Imports rows under HEAD, or under another heading."""

    def made(*rows: list[Any], head: list[str] = HEAD, dry_run: bool = False, **asked: Any) -> ImportPlan:
        path = save(tmp_path / "list.xlsx", Sheet([head, *([n, *row] for n, row in enumerate(rows, 1))]))
        request = ImportRequest(unit=place.units["bao-thang"], on=ON)
        by = asked.pop("by", SYSTEM)
        return import_sheet(path, request=replace(request, **asked), dry_run=dry_run, by=by, at=AT)

    return made


def outcomes(plan: ImportPlan) -> list[str]:
    return [row.outcome.value for row in plan.rows]


def codes(plan: ImportPlan) -> list[str]:
    return [problem.code for problem in plan.problems]


def test_new_people_come_with_a_post(bring: Import, place: Place) -> None:
    plan = bring(LAN, SI)
    assert outcomes(plan) == ["created", "created"]
    lan, si = Person.objects.order_by("birth")[::-1]
    assert (lan.full_name, lan.birth, lan.sex, lan.phone) == ("Lê Thị Lan", "1980-02-01", "f", "0912345678")
    assert decrypt(lan.national_id_cipher) == "010180001234"
    post = lan.posts.get()
    assert (post.unit, post.title, post.category) == (
        place.units["gia-phu"],
        "Công chức Địa chính",
        "civil_servant",
    )
    assert (post.is_main, post.is_leader, post.valid_from) == (True, None, EVER)
    assert si.posts.get().unit == place.units["phu-nhuan"]
    assert si.posts.get().category == ""
    assert codes(plan) == ["category_unknown"]


def test_a_second_import_changes_nothing(bring: Import) -> None:
    bring(LAN, SI)
    before = (list(Person.objects.values()), list(Post.objects.values()))
    acts, touches = Event.objects.count(), Touch.objects.count()
    plan = bring(LAN, SI)
    assert outcomes(plan) == ["matched", "matched"]
    assert (list(Person.objects.values()), list(Post.objects.values())) == before
    assert (Event.objects.count(), Touch.objects.count()) == (acts, touches)


def test_a_dry_run_writes_nothing_and_says_the_same(bring: Import) -> None:
    plan = bring(LAN, SI, dry_run=True)
    assert (plan.dry_run, Person.objects.count(), Event.objects.filter(verb="sheet.import").count()) == (
        True,
        0,
        0,
    )
    assert outcomes(bring(LAN, SI)) == outcomes(plan)


def test_the_act_is_on_record_and_the_figures_are_marked(bring: Import, place: Place) -> None:
    Touch.objects.all().delete()
    bring(LAN)
    event = Event.objects.get(verb="sheet.import")
    assert (event.object_id, event.count) == (place.units["bao-thang"].uid, 1)
    assert Touch.objects.exists()


def test_a_list_fills_what_was_empty_and_renews_contacts(bring: Import, place: Place) -> None:
    known = place.person("Lê Thị Lan", birth="1980", phone="0983111222")
    plan = bring(LAN)
    assert outcomes(plan) == ["updated"]
    assert set(plan.rows[0].columns) == {"birth", "sex", "phone", "national_id", "title", "category"}
    known.refresh_from_db()
    assert (known.birth, known.sex, known.phone) == ("1980-02-01", "f", "0912345678")
    assert known.posts.get().title == "Công chức Địa chính"
    assert Person.objects.count() == 1


def test_what_differs_is_told_and_stays(bring: Import, place: Place) -> None:
    known = place.person("Lê Thị Liên", birth="1981-03-04", national_id="010180001234", title="Chủ tịch")
    plan = bring(LAN)
    assert outcomes(plan) == ["updated"]  # phone and sex were empty
    known.refresh_from_db()
    assert (known.full_name, known.birth, known.posts.get().title) == (
        "Lê Thị Liên",
        "1981-03-04",
        "Chủ tịch",
    )
    assert codes(plan).count("differs") == 3


@pytest.mark.parametrize(
    ("register", "row", "outcome"),
    [
        ({"birth": "1980-02-01"}, {"birth": "01/02/1980"}, "matched"),
        ({"birth": "1980"}, {"birth": "1980"}, "matched"),
        ({"phone": "0912345678"}, {"phone": "912345678"}, "matched"),
        ({"birth": "1980-02-01"}, {"birth": "02/02/1980"}, "created"),
        ({"birth": "1980"}, {"birth": "1981"}, "created"),
        ({"birth": "1980-02-01", "sex": "m"}, {"birth": "1980", "sex": "Nữ"}, "created"),
        ({}, {}, "ambiguous"),
        ({"birth": "1980"}, {}, "ambiguous"),
        ({"phone": "0912345678"}, {"phone": "0983111222"}, "ambiguous"),
    ],
)
def test_what_makes_a_match_certain(
    bring: Import, place: Place, register: dict[str, str], row: dict[str, str], outcome: str
) -> None:
    known = place.person("Lê Thị Lan", title="Viên chức", category="public_employee", **register)
    cells = [
        "Lê Thị Lan",
        row.get("birth", ""),
        row.get("sex", ""),
        "Viên chức",
        "xã Gia Phú",
        row.get("phone", ""),
        "",
    ]
    plan = bring(cells)
    assert outcomes(plan) == [outcome]
    assert Person.objects.count() == (2 if outcome == "created" else 1)
    if outcome == "ambiguous":
        assert [candidate.uid for candidate in plan.rows[0].candidates] == [known.uid]
        assert codes(plan) == ["uncertain_person"]


def test_tone_placement_and_case_do_not_hide_a_person(bring: Import, place: Place) -> None:
    place.person("Trần Thị Thuý Hoà", birth="1980-02-01")
    plan = bring(["TRẦN THỊ THÚY HÒA", "01/02/1980", "", "", "Gia Phú", "", ""])
    assert plan.rows[0].outcome is not Outcome.CREATED
    assert Person.objects.count() == 1


def test_twelve_of_one_name_stay_twelve(bring: Import) -> None:
    rows = [
        ["Lù A Sì", f"{day:02d}/03/1980", "Nam", "Viên chức", "Xã Gia Phú", "", ""] for day in range(1, 13)
    ]
    assert outcomes(bring(*rows)) == ["created"] * 12
    assert outcomes(bring(*rows)) == ["matched"] * 12
    plan = bring(["Lù A Sì", "1980", "", "", "Xã Gia Phú", "", ""])
    assert outcomes(plan) == ["ambiguous"]
    assert len(plan.rows[0].candidates) == 12
    assert Person.objects.count() == 12


def test_another_number_under_the_same_name_and_birth_is_for_people_to_decide(
    bring: Import, place: Place
) -> None:
    place.person("Lê Thị Lan", birth="1980-02-01", national_id="063123456")
    assert outcomes(bring(LAN)) == ["ambiguous"]


def test_a_row_that_stands_twice(bring: Import) -> None:
    plan = bring(LAN, SI, LAN)
    assert outcomes(plan) == ["created", "created", "skipped"]
    assert "row_twice" in codes(plan)
    assert outcomes(bring(LAN, LAN)) == ["matched", "skipped"]


def test_units_unknown_or_ambiguous_skip_the_row(bring: Import, place: Place) -> None:
    from nhanlucso.orgs.services import NewUnit, add_unit

    add_unit(unit=NewUnit("Phòng Tư pháp", "division", place.units["gia-phu"]), by=SYSTEM, at=AT)
    rows = [["Lê Thị Lan", "", "", "", unit, "", ""] for unit in ("UBND xã Sơn Hà", "Phòng Tư pháp", "")]
    plan = bring(*rows)
    assert outcomes(plan) == ["skipped"] * 3
    assert codes(plan) == ["unknown_unit", "ambiguous_unit", "unit_missing"]
    assert Person.objects.count() == 0


def test_a_list_without_units_is_of_the_unit_of_the_import(bring: Import, place: Place) -> None:
    bring(["Lê Thị Lan", "Viên chức"], head=["STT", "Họ tên", "Chức vụ"], unit=place.units["tu-phap"])
    assert Post.objects.get().unit == place.units["tu-phap"]


def test_the_category_asked_for_is_for_those_without_one(bring: Import) -> None:
    bring(LAN, SI, category="contract_worker", since=date(2024, 1, 1))
    assert set(Post.objects.values_list("title", "category", "valid_from")) == {
        ("Công chức Địa chính", "civil_servant", date(2024, 1, 1)),
        ("Kế toán", "contract_worker", date(2024, 1, 1)),
    }


def test_a_person_of_another_unit_is_not_moved(bring: Import, place: Place) -> None:
    place.person("Lê Thị Lan", "tu-phap", birth="1980-02-01")
    plan = bring(LAN)
    assert "other_unit" in codes(plan)
    assert [post.unit for post in Post.objects.all()] == [place.units["tu-phap"]]


def test_a_person_whose_post_has_ended_gets_a_new_one(bring: Import, place: Place) -> None:
    known = place.person("Lê Thị Lan", birth="1980-02-01", valid_to=date(2023, 12, 31))
    plan = bring(LAN)
    assert outcomes(plan) == ["updated"]
    assert known.posts.count() == 2


def test_people_outside_the_subtree_are_not_matched_by_name(bring: Import, place: Place) -> None:
    place.person("Lê Thị Lan", "phu-nhuan", birth="1980-02-01")
    plan = bring(LAN, unit=place.units["gia-phu"])
    assert outcomes(plan) == ["created"]


def test_refusals(bring: Import, place: Place) -> None:
    onlooker = viewer_of(place.units["bao-thang"])
    with pytest.raises(Refused) as caught:
        bring(LAN, by=onlooker)
    assert caught.value.code == "not_allowed"
    neighbour = officer_of(place.units["phu-nhuan"])
    with pytest.raises(Unit.DoesNotExist):
        bring(LAN, by=neighbour)
    with pytest.raises(Refused) as caught:
        bring(LAN, category="king")
    assert caught.value.code == "bad_category"
    assert Person.objects.count() == 0


def test_the_command(
    place: Place, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nhanlucso.cli.main.ready", lambda: None)
    path = save(tmp_path / "list.xlsx", Sheet([HEAD, [1, *LAN], [2, *SI]]))
    words = ["sheet", "import", str(path), "--unit", place.units["bao-thang"].uid]
    assert run([*words, "--dry-run", "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert [document[key] for key in ("created", "updated", "matched", "ambiguous", "skipped")] == [
        2,
        0,
        0,
        0,
        0,
    ]
    assert Person.objects.count() == 0
    assert run(words) == 0
    assert "thêm 2" in capsys.readouterr().out
    assert run([*words[:-1], "nowhere", "--json"]) == 2
    assert json.loads(capsys.readouterr().out)["error"]["code"] == "unknown_unit"
    assert run([*words, "--since", "31/12/2024", "--json"]) == 2
