"""The sheet of a session as a page: whole, as fragments, as a plain form; who sees what."""

from __future__ import annotations

from datetime import date
from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def held(world: Any) -> Any:
    """A class of xã Hòa with three sessions: Ánh and Bình came to the first, Dung is invited."""
    from nhanlucso.training.models import Invitation
    from tests.factories import records as r

    made = r.make_class("Lớp của xã", world.hoa, date(2025, 9, 1), 3)
    for name in ("Ánh", "Bình"):
        r.attend(made, world.people[name], "present")
    Invitation.objects.create(training_class=made, person=world.people["Dung"])
    return made


@pytest.fixture
def hoa(world: Any, signed_in: Any) -> Client:
    from tests.factories.records import make_account

    return signed_in(make_account("xa-hoa", "officer", world.hoa))


@pytest.fixture
def sheet(held: Any) -> str:
    """The address of the sheet of the second session."""
    return f"/lop-hoc/{held.pk}/diem-danh/{held.sessions.order_by('starts_at')[1].pk}/"


class Part(HTMLParser):
    """Everything inside the element with an id, as a list of what the parser meets."""

    def __init__(self, wanted: str, html: str) -> None:
        super().__init__()
        self.wanted, self.depth, self.found = wanted, 0, list[tuple[Any, ...]]()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        if tag in ("input", "use"):
            self._keep(tag, attrs)
            return
        if self.depth or dict(attrs).get("id") == self.wanted:
            self.depth += 1
        self._keep(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        self._keep(f"/{tag}", ())
        if self.depth:
            self.depth -= 1

    def handle_data(self, data: str) -> None:
        if data.strip():
            self._keep("text", data.split())

    def _keep(self, kind: str, what: Any) -> None:
        if self.depth and dict(what if isinstance(what, list) and kind != "text" else ()).get("name") != (
            "csrfmiddlewaretoken"
        ):
            self.found.append((kind, tuple(what)))


def mark(person: Any, status: str, seen: str = "") -> dict[str, str]:
    return {f"mark-{person.pk}": status, f"seen-{person.pk}": seen}


def test_the_sheet_says_who_where_and_how_many(world: Any, hoa: Client, sheet: str) -> None:
    html = hoa.get(sheet).content.decode()
    for words in ("Điểm danh buổi 2", "đã ghi 0/3", "chưa ghi 3", "Lý Thị Ánh", "Công chức, Xã An"):
        assert words in html
    assert "Dự 1/3 buổi: cần thêm 2" in html
    assert html.count('role="radiogroup"') == 3


def test_a_fragment_is_what_a_reload_shows(world: Any, hoa: Client, sheet: str) -> None:
    person = world.people["Ánh"]
    answer = hoa.post(sheet, mark(person, "late"), **HTMX)
    assert answer.status_code == 200
    fragment, whole = answer.content.decode(), hoa.get(sheet).content.decode()
    for part in (f"row-{person.pk}", "att-bar"):
        assert Part(part, fragment).found == Part(part, whole).found != []
    assert "đã ghi 1/3" in fragment
    assert "Trần Văn Bình" not in fragment


def test_a_mark_that_crosses_another_says_both(world: Any, hoa: Client, officer: Client, sheet: str) -> None:
    person = world.people["Ánh"]
    officer.post(sheet, mark(person, "absent"), **HTMX)
    answer = hoa.post(sheet, mark(person, "present"), **HTMX)
    assert answer.status_code == 409
    html = answer.content.decode()
    assert "can-bo đã ghi «Vắng»" in html
    assert "Bạn chọn «Có mặt»: chưa ghi" in html
    assert hoa.post(sheet, mark(person, "present", "absent"), **HTMX).status_code == 200


def test_the_plain_form_saves_only_what_was_touched(
    world: Any, hoa: Client, officer: Client, sheet: str
) -> None:
    from nhanlucso.training.models import MarkChange

    one, other = world.people["Ánh"], world.people["Bình"]
    officer.post(sheet, mark(other, "late"), **HTMX)
    answer = hoa.post(sheet, mark(one, "present") | {f"seen-{other.pk}": ""})
    assert answer.status_code == 302
    assert {row.person_id: row.after for row in MarkChange.objects.all()} == {
        one.pk: "present",
        other.pk: "late",
    }
    crossed = hoa.post(sheet, mark(one, "late", "present") | mark(other, "absent"))
    assert crossed.status_code == 409
    assert "Có dấu đã được người khác đổi" in crossed.content.decode()
    assert MarkChange.objects.latest("pk").after == "late"


def test_all_present_but_those_marked_and_back_again(world: Any, hoa: Client, sheet: str) -> None:
    from nhanlucso.training.models import Attendance, MarkChange

    session = int(sheet.rstrip("/").rsplit("/", 1)[1])
    people = world.people["Ánh"], world.people["Bình"], world.people["Dung"]
    form = {f"seen-{one.pk}": "" for one in people} | mark(people[1], "excused") | {"all": "present"}
    hoa.post(sheet, form)
    rows = Attendance.objects.filter(session=session)
    assert sorted(rows.values_list("status", flat=True)) == ["excused", "present", "present"]
    hoa.post(sheet, {"undo": MarkChange.objects.latest("pk").act}, **HTMX)
    assert set(rows.values_list("status", flat=True)) == {""}


def test_queries_do_not_grow_with_the_roster(
    world: Any, held: Any, hoa: Client, sheet: str, django_assert_max_num_queries: Any
) -> None:
    from nhanlucso.training.models import Invitation
    from tests.factories import records as r

    people = [r.make_person(f"Nguyễn Văn {number}", world.hoa) for number in range(40)]
    Invitation.objects.bulk_create(Invitation(training_class=held, person=one) for one in people)
    hoa.get(sheet)
    with django_assert_max_num_queries(22):
        assert hoa.get(sheet).content.decode().count('role="radiogroup"') == 43
    everybody = {key: value for one in people for key, value in mark(one, "present").items()}
    with django_assert_max_num_queries(40):
        assert hoa.post(sheet, everybody, **HTMX).status_code == 200


def test_who_was_taken_off_the_roster_keeps_nobody_else_waiting(world: Any, hoa: Client, sheet: str) -> None:
    chi, dung = world.people["Chi"], world.people["Dung"]
    answer = hoa.post(sheet, mark(chi, "present") | mark(dung, "present"), **HTMX)
    assert answer.status_code == 200
    assert f'id="row-{dung.pk}"' in answer.content.decode()
    assert f'id="row-{chi.pk}"' not in answer.content.decode()
    said = hoa.post(sheet, mark(chi, "late"), follow=True).content.decode()
    assert "1 người không còn trong danh sách" in said


def test_taking_back_what_another_has_changed_says_so(
    world: Any, hoa: Client, officer: Client, sheet: str
) -> None:
    from nhanlucso.training.models import MarkChange

    dung = world.people["Dung"]
    hoa.post(sheet, mark(dung, "present"), **HTMX)
    act = MarkChange.objects.get().act
    officer.post(sheet, mark(dung, "absent", "present"), **HTMX)
    answer = hoa.post(sheet, {"undo": act}, **HTMX)
    assert answer.status_code == 409
    assert "Bạn chọn «hoàn tác»: chưa ghi" in answer.content.decode()


def test_who_may_not_record_sees_words_instead_of_buttons(world: Any, viewer: Client, sheet: str) -> None:
    html = viewer.get(sheet).content.decode()
    assert "chưa ghi" in html
    assert 'role="radiogroup"' not in html
    assert viewer.post(sheet, mark(world.people["Ánh"], "present")).status_code == 403


def test_others_do_not_find_it(world: Any, neighbour: Client, held: Any, sheet: str) -> None:
    assert neighbour.get(sheet).status_code == 404
    assert neighbour.post(sheet, mark(world.people["Ánh"], "present")).status_code == 404


def test_a_trainer_records_and_reads_no_register(world: Any, signed_in: Any, held: Any, sheet: str) -> None:
    from tests.factories.records import make_account

    trainer = signed_in(make_account("giang-vien", "trainer", world.hoa))
    html = trainer.get(sheet).content.decode()
    assert "Lý Thị Ánh" in html
    assert "Thêm người" not in html
    assert trainer.post(sheet, mark(world.people["Ánh"], "present"), **HTMX).status_code == 200
    assert trainer.get(f"/lop-hoc/{held.pk}/danh-sach/").status_code == 403
    assert trainer.get("/can-bo/").status_code == 403


def test_an_empty_roster_says_what_to_do(world: Any, hoa: Client) -> None:
    from tests.factories import records as r

    made = r.make_class("Lớp mới", world.hoa, date(2025, 9, 1))
    html = hoa.get(f"/lop-hoc/{made.pk}/diem-danh/{made.sessions.get().pk}/").content.decode()
    assert "Lớp chưa có danh sách" in html
    assert f"/lop-hoc/{made.pk}/danh-sach/" in html


@pytest.mark.parametrize(("suffix", "head"), [("xlsx", b"PK"), ("pdf", b"%PDF")])
def test_the_sheet_as_a_file(hoa: Client, viewer: Client, sheet: str, suffix: str, head: bytes) -> None:
    assert hoa.post(f"{sheet}tep/?format={suffix}").content.startswith(head)
    assert viewer.post(f"{sheet}tep/?format={suffix}").status_code == 403
