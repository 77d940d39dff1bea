"""Lists that leave the house come back: what the export writes, the import reads, field by field."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from nhanlucso.exchange.sheets.applying import import_sheet
from nhanlucso.exchange.sheets.plan import ImportRequest, Outcome
from nhanlucso.exchange.sheets.reading import SheetReading, read_sheet
from nhanlucso.exchange.sheets.values import read_name
from nhanlucso.kernel.clock import ZONE, now
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.scope import SYSTEM
from nhanlucso.kernel.text import clean
from nhanlucso.papers.lists import ListPaper, Value, render_list
from nhanlucso.people.enums import Category
from nhanlucso.people.models import Person
from nhanlucso.training.models import ClassSession, Invitation
from tests.factories import records as r

NAMES = [
    "Lù A Sì",
    "=Lò Văn An",
    "-Giàng Thị Mỷ",
    "+Vàng A Dơ",
    "@Nông Thị Thủy",
    "H'Mai Niê",
    "Hoa\u0300 Thi\u0323 Xuân",  # letters and marks apart
    "Nguyễn Thúy Hoà",
    "Tổ Thị Mai",
    "Bản Văn Sơn",
    "Ban",
    "Tống Cộng Hòa",
    "Nguyễn Hoàng Thị Ngọc Minh Anh",
]
UNITS = ["Xã An", "I. UBND xã Phú Nhuận", "Phòng Văn hóa - Xã hội", "-Sở lạ", "Tổng công ty =1"]
TITLES = ["Công chức", "Chủ tịch", "=Trưởng phòng", "-", "Người lập báo cáo", "Phó Bí thư, Chủ tịch HĐND"]


def back(content: bytes, kind: str = "auto") -> SheetReading:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.xlsx"
        path.write_bytes(content)
        return read_sheet(path, kind)


def paper(head: Sequence[str], rows: Sequence[Sequence[Value]], title: str = "Danh sách cán bộ") -> ListPaper:
    return ListPaper(
        title=title, head=head, rows=rows, notes=["Xã An", "Cán bộ", "Ngày 01/01/2024"],
        agency="Ủy ban nhân dân xã An", agency_above="Ủy ban nhân dân huyện Cũ", place="An",
        day=date(2024, 1, 5), of_people=True,
    )  # fmt: skip


births = st.one_of(
    st.none(),
    st.integers(1930, 2009).map(str),
    st.dates(date(1930, 1, 1), date(2009, 12, 31)),
)
people = st.lists(
    st.tuples(
        st.sampled_from(NAMES),
        births,
        st.sampled_from(["Nam", "Nữ", ""]),
        st.sampled_from(["", *TITLES]),
        st.sampled_from(["", *UNITS]),
        st.sampled_from(["", "0912000111", "0212 3456 789"]),
        st.sampled_from(["", "001234567890", "000000000123"]),
    ),
    min_size=1,
    max_size=25,
)


def _birth(value: Any) -> str | None:
    return value.isoformat() if isinstance(value, date) else value


def _said(text: str) -> str | None:
    """A text as it is kept; a lone dash says nothing."""
    return None if text in ("", "-") else clean(text)


@settings(max_examples=60, deadline=None)
@given(people)
def test_staff_with_every_oddity(rows: list[tuple[Any, ...]]) -> None:
    """What comes back is what the import makes of the values themselves: of a name, without a dash that is a bullet."""
    head = [
        "STT",
        "Họ và tên",
        "Ngày sinh",
        "Giới tính",
        "Chức danh",
        "Đơn vị",
        "Điện thoại",
        "Số CCCD",
        "Phụ trách",
    ]
    reading = back(render_list(paper(head, [[n, *row, ""] for n, row in enumerate(rows, 1)])), "staff")
    found = [
        (one.full_name, one.birth_date, one.sex, one.title, one.unit, one.phone, one.national_id)
        for one in reading.rows
    ]
    assert found == [
        (
            read_name(name), _birth(birth), {"Nam": "m", "Nữ": "f"}.get(sex), _said(title), _said(unit),
            phone.replace(" ", "") or None, number or None,
        )
        for name, birth, sex, title, unit, phone, number in rows
    ]  # fmt: skip


@pytest.mark.django_db
class TestPages:
    """The files of the pages themselves."""

    def test_people(self, world: Any, officer: Client) -> None:
        person = world.people["Ánh"]
        Person.objects.filter(pk=person.pk).update(full_name="=Lý Thị Ánh", birth="1985-12-01", sex="f")
        r.make_person("Bản Văn Sơn", world.an, title="", category="")
        for category in Category:
            r.make_person(
                f"Lò Thị {chr(65 + list(Category).index(category))}",
                world.binh,
                category=category.value,
                title="",
            )
        reading = back(officer.post("/can-bo/tep/?on=2024-01-01&format=xlsx").content)
        assert reading.kind == "staff"
        assert reading.problems == ()
        by_name = {row.full_name: row for row in reading.rows}
        assert len(by_name) == len(reading.rows) == 5 + 1 + len(Category)
        one = by_name["=Lý Thị Ánh"]
        assert (one.birth_date, one.sex, one.title) == ("1985-12-01", "f", "Công chức")
        assert one.unit
        assert by_name["Lò Thị A"].category == "Cán bộ"

    def test_people_imported_again_change_nothing(self, world: Any, officer: Client, tmp_path: Path) -> None:
        for number, name in enumerate(("Bản Văn Sơn", "=Vàng A Dơ", "Hoà Thị Xuân")):
            made = r.make_person(name, world.an)
            Person.objects.filter(pk=made.pk).update(birth=f"198{number}-05-06", sex="m")
        path = tmp_path / "a.xlsx"
        path.write_bytes(officer.post("/can-bo/tep/?on=2024-01-01&format=xlsx").content)
        request = ImportRequest(unit=world.district, on=date(2024, 1, 1))
        plan = import_sheet(path, request=request, dry_run=False, by=SYSTEM, at=now())
        assert (plan.count(Outcome.CREATED), plan.count(Outcome.UPDATED), plan.writes) == (0, 0, False)
        assert plan.count(Outcome.MATCHED) >= 3

    def test_results(self, world: Any, officer: Client) -> None:
        course = r.make_course("Kỹ năng -số", delivery="self_paced")
        passed = r.make_result(r.make_person("=Lò Văn An", world.an), course, date(2024, 5, 6), passed=True)
        type(passed).objects.filter(pk=passed.pk).update(score=7.5)
        failed = r.make_person("Giàng Thị Mỷ", world.an)
        r.make_result(failed, course, date(2024, 5, 7), passed=False)
        only = r.make_result(r.make_person("Tổ Thị Mai", world.an), course, date(2024, 5, 8), passed=True)
        type(only).objects.filter(pk=only.pk).update(completed_at=None, passed=None)
        reading = back(officer.post(f"/ket-qua/danh-sach/?course={course.pk}&format=xlsx").content)
        assert reading.kind == "results"
        found = {
            row.full_name: (row.course, row.enrolled_at, row.completed_at, row.score, row.passed)
            for row in reading.rows
        }
        assert found == {
            "=Lò Văn An": ("Kỹ năng -số", "2024-05-06", "2024-05-06", 7.5, True),
            "Giàng Thị Mỷ": ("Kỹ năng -số", "2024-05-07", "2024-05-07", None, False),
            "Tổ Thị Mai": ("Kỹ năng -số", "2024-05-08", None, None, None),
        }

    def test_attendance(self, world: Any, officer: Client) -> None:
        made = r.make_class("Lớp =số", world.district, date(2024, 3, 4), sessions=3)
        afternoon = datetime(2024, 3, 4, 14, tzinfo=ZONE)
        ClassSession.objects.create(uid="chieu", training_class=made, starts_at=afternoon)
        people = {
            name: r.make_person(name, world.an) for name in ("=Lò Văn An", "Tổ Thị Mai", "Giàng Thị Mỷ")
        }
        r.attend(made, people["=Lò Văn An"], "present", "late")
        r.attend(made, people["Tổ Thị Mai"], "excused", "absent", "present")
        r.attend(made, people["Giàng Thị Mỷ"], "present")
        session = made.sessions.order_by("starts_at").first()
        reading = back(officer.post(f"/lop-hoc/{made.pk}/diem-danh/{session.pk}/tep/?format=xlsx").content)
        assert reading.kind == "attendance"
        found = {row.full_name: row.marks for row in reading.rows}
        assert found == {
            "=Lò Văn An": {"2024-03-04 am": "present", "2024-03-04 pm": "late"},
            "Tổ Thị Mai": {"2024-03-04 am": "excused", "2024-03-04 pm": "absent", "2024-03-05 am": "present"},
            "Giàng Thị Mỷ": {"2024-03-04 am": "present"},
        }

    def test_who_completed(self, world: Any, officer: Client) -> None:
        made = world.training_class
        reading = back(officer.post(f"/lop-hoc/{made.pk}/ket-qua/?format=xlsx").content, "staff")
        assert [row.full_name for row in reading.rows]
        assert {row.title for row in reading.rows} == {"Công chức"}

    @pytest.mark.parametrize(
        "address",
        [
            "/don-vi/danh-sach/", "/lop-hoc/tai/", "/to-cong-nghe/danh-sach/", "/truyen-thong/danh-sach/",
            "/ke-hoach/tai/", "/ke-hoach/de-an/tai/", "/bao-cao/danh-sach/", "/quan-tri/nhat-ky/tep/",
            "/quan-tri/vai-tro/tep/",
        ],
    )  # fmt: skip
    def test_lists_of_no_people_are_refused_or_hold_nobody(
        self, world: Any, signed_in: Any, address: str
    ) -> None:
        client = signed_in(r.make_account("quan-tri", "administrator"))
        answer = client.post(f"{address}?format=xlsx&unit={world.hoa.pk}&period=2024")
        assert answer.status_code == 200, address
        try:
            reading = back(answer.content)
        except Refused as refusal:
            assert refusal.code == "not_a_table"
        else:
            assert not any(row.full_name for row in reading.rows)

    def test_who_is_asked_to_come(self, world: Any, officer: Client) -> None:
        made = r.make_class("Lớp mới", world.district, date(2024, 3, 4))
        person = r.make_person("=Lò Văn An", world.an, title="Phó Chủ tịch")
        Invitation.objects.create(training_class=made, person=person, invited_at=now())
        reading = back(officer.post(f"/lop-hoc/{made.pk}/danh-sach-moi/?format=xlsx").content)
        assert [(row.full_name, row.title) for row in reading.rows] == [("=Lò Văn An", "Phó Chủ tịch")]
        assert reading.problems == ()
