"""What is refused: with a code, the place, and nothing written."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from nhanlucso.kernel.errors import Refused
from tests.exchange.bundle.world import TABLES, Bundle

pytestmark = pytest.mark.django_db

Change = Callable[[Bundle], Bundle]
Place = tuple[str, int, str]  # file, line, column

BAD_CELLS: list[tuple[str, int, str, str]] = [
    ("people", 2, "birth_date", "1985-02-31"),
    ("people", 2, "birth_date", "85"),
    ("people", 2, "birth_date", "1985-3-7"),
    ("people", 2, "birth_date", "0000"),
    ("people", 2, "sex", "nam"),
    ("people", 2, "national_id", "10085000001"),
    ("people", 2, "phone", "0" * 31),
    ("people", 2, "full_name", ""),
    ("posts", 3, "is_leader", "TRUE"),
    ("posts", 3, "category", "official"),
    ("posts", 3, "duties", "dt_lead;dt_boss"),
    ("posts", 2, "valid_to", "2019-12-31"),
    ("posts", 2, "person_id", ""),
    ("units", 2, "kind", "xã"),
    ("units", 2, "valid_to", "30/06/2025"),
    ("unit_changes", 2, "date", ""),
    ("unit_changes", 2, "kind", "annex"),
    ("sessions", 2, "starts_at", "2024-03-01T08:00:00"),
    ("sessions", 2, "starts_at", "2024-03-01"),
    ("sessions", 2, "starts_at", "2024-02-30T08:00:00+07:00"),
    ("sessions", 2, "starts_at", "0001-01-01T00:00:00+07:00"),
    ("sessions", 2, "starts_at", ""),
    ("attendance", 2, "status", "here"),
    ("headcounts", 2, "count", "1.800"),
    ("headcounts", 2, "count", "-1"),
    ("headcounts", 2, "count", "2147483648"),
    ("headcounts", 2, "qualifier", "hơn"),
    ("results", 2, "score", "10.5"),
    ("results", 2, "score", "7,5"),
    ("results", 2, "score", "nan"),
    ("results", 2, "passed", "1"),
    ("targets", 2, "year", "0"),
    ("targets", 2, "comparator", "more"),
    ("courses", 2, "counts_for", "everything"),
]
REFUSED: dict[str, tuple[Change, str, Place]] = {
    "a reference to nothing": (
        lambda b: b.set("posts", 3, "unit_id", "đâu"),
        "missing_reference",
        ("posts.csv", 3, "unit_id"),
    ),
    "an id too long": (
        lambda b: b.set("courses", 4, "id", "x" * 201),
        "bad_value",
        ("courses.csv", 4, "id"),
    ),
    "a parent that is nothing": (
        lambda b: b.set("units", 2, "parent_id", "h2"),
        "missing_reference",
        ("units.csv", 2, "parent_id"),
    ),
    "one of several references": (
        lambda b: b.set("classes", 2, "co_host_unit_ids", "cu;đâu"),
        "missing_reference",
        ("classes.csv", 2, "co_host_unit_ids"),
    ),
    "an id twice": (
        lambda b: b.add("people", "p1", "Khác", "", "", "", "", ""),
        "duplicate_key",
        ("people.csv", 7, "id"),
    ),
    "a pair twice": (
        lambda b: b.add("attendance", "b1", "p1", "absent", ""),
        "duplicate_key",
        ("attendance.csv", 6, "session_id"),
    ),
    "a version twice, its first day written in two ways": (
        lambda b: b.add("units", "so", "", "Sở", "agency", "t", "0001-01-01", "", ""),
        "duplicate_key",
        ("units.csv", 13, "id"),
    ),
    "a row of an event twice": (
        lambda b: b.add("unit_changes", "bo-phong", "abolish", "2025-07-01", "phong", "", ""),
        "duplicate_key",
        ("unit_changes.csv", 8, "id"),
    ),
    "versions that overlap": (
        lambda b: b.set("units", 12, "valid_from", "2025-06-30"),
        "overlapping_versions",
        ("units.csv", 12, "valid_from"),
    ),
    "a unit below itself": (
        lambda b: b.set("units", 9, "parent_id", "so"),
        "parent_cycle",
        ("units.csv", 9, "parent_id"),
    ),
    "units below each other": (
        lambda b: b.set("units", 10, "parent_id", "moi"),
        "parent_cycle",
        ("units.csv", 6, "parent_id"),
    ),
    "an event of two dates": (
        lambda b: b.set("unit_changes", 7, "date", "2025-07-02"),
        "inconsistent_change",
        ("unit_changes.csv", 7, "date"),
    ),
    "an event of two kinds": (
        lambda b: b.set("unit_changes", 7, "kind", "merge"),
        "inconsistent_change",
        ("unit_changes.csv", 7, "date"),
    ),
    "an event that touches no unit": (
        lambda b: b.set("unit_changes", 3, "from_id", ""),
        "bad_value",
        ("unit_changes.csv", 3, "from_id"),
    ),
    "a unit with two entries of the catalogue": (
        lambda b: b.set("units", 8, "catalogue_key", "x"),
        "bad_value",
        ("units.csv", 8, "catalogue_key"),
    ),
    "a column that must be there": (
        lambda b: b.without_column("sessions", "starts_at"),
        "missing_column",
        ("sessions.csv", 1, ""),
    ),
    "a key column": (
        lambda b: b.without_column("team_members", "valid_from"),
        "missing_column",
        ("team_members.csv", 1, ""),
    ),
    "a column twice": (
        lambda b: b.set("people", 1, "phone", "email"),
        "bad_row",
        ("people.csv", 1, ""),
    ),
    "a row too short": (
        lambda b: b.add("teams", "to2", "moi"),
        "bad_row",
        ("teams.csv", 3, ""),
    ),
}


def refused(take: Any, bundle: Any) -> Refused:
    with pytest.raises(Refused) as caught:
        take(bundle)
    return caught.value


@pytest.mark.parametrize(("name", "line", "column", "value"), BAD_CELLS)
def test_a_bad_cell_is_refused_with_its_place(
    take: Any, counts: Any, name: str, line: int, column: str, value: str
) -> None:
    before = counts()
    error = refused(take, Bundle().set(name, line, column, value))
    assert error.code == "bad_value"
    assert [(d.file, d.line, d.column) for d in error.details] == [(f"{name}.csv", line, column)]
    assert counts() == before


@pytest.mark.parametrize("what", REFUSED)
def test_what_cannot_hold_is_refused_with_its_place(take: Any, counts: Any, what: str) -> None:
    change, code, place = REFUSED[what]
    before = counts()
    error = refused(take, change(Bundle()))
    assert error.code == code
    first = error.details[0]
    assert (first.file, first.line, first.column) == place
    assert counts() == before


def test_the_message_says_what_is_wrong_and_what_to_do(take: Any) -> None:
    error = refused(
        take, Bundle().set("people", 2, "birth_date", "1985-02-31").set("posts", 3, "category", "sếp")
    )
    assert str(error.details[0]) == (
        "people.csv, dòng 2, cột «birth_date»: «1985-02-31» không có trong lịch; sửa thành ngày có thật hoặc để trống."
    )
    assert "civil_servant" in error.details[1].message  # the allowed words are listed
    assert "2 chỗ" in error.message


def test_both_lines_of_a_key_given_twice_are_named(take: Any) -> None:
    detail = refused(take, Bundle().add("courses", "k1", "", "", "", "", "")).details[0]
    assert detail.line == 5
    assert "dòng 2" in detail.message


def test_an_identity_number_never_stands_in_a_message(take: Any) -> None:
    error = refused(take, Bundle().set("people", 2, "national_id", "01008500000X"))
    assert "01008500000X" not in str(error.as_json())


def test_all_problems_are_told_at_once_and_none_twice(take: Any) -> None:
    bundle = (
        Bundle()
        .set("people", 2, "sex", "x")
        .set("sessions", 2, "ends_at", "x")
        .set("assists", 2, "team_id", "x")
    )
    error = refused(take, bundle)  # p1 stands, though its row is bad: nothing that refers to it is blamed
    assert [(d.file, d.column) for d in error.details] == [
        ("people.csv", "sex"),
        ("sessions.csv", "ends_at"),
        ("assists.csv", "team_id"),
    ]


def test_a_file_that_breaks_off_is_not_blamed_on_those_that_refer_to_it(take: Any, tmp_path: Any) -> None:
    path = Bundle().folder(tmp_path / "broken")
    (path / "people.csv").write_bytes((path / "people.csv").read_bytes()[:60] + b"\xff\xfe")
    error = refused(take, path)
    assert [(d.file, error.code) for d in error.details] == [("people.csv", "bad_row")]


def test_the_list_of_problems_is_limited(take: Any) -> None:
    bundle = Bundle()
    for number in range(1000):
        bundle.add("people", f"x{number}", "", "", "", "", "", "")
    error = refused(take, bundle)
    assert len(error.details) == 200
    assert "1000" in error.message


@pytest.mark.parametrize(
    "content",
    [
        b"id,title\nk1,a\0b\n",
        b"id,title\nk1,\xe1\n",
        b'id,title\nk1,"open\n',
        b'id,title\nk1,"a"b\n',
        b"",
        b"\n",
    ],
)
def test_what_is_no_csv_is_refused(take: Any, counts: Any, tmp_path: Any, content: bytes) -> None:
    path = Bundle().folder(tmp_path / "bad")
    (path / "courses.csv").write_bytes(content)
    before = counts()
    error = refused(take, path)
    assert error.code in ("bad_row", "missing_column")
    assert error.details[0].file == "courses.csv"
    assert counts() == before


def test_versions_must_not_overlap_what_is_stored(take: Any, counts: Any) -> None:
    take(Bundle())
    before = counts()
    line = "id,name,kind,parent_id,valid_from,valid_to\ncu,Xã Cũ,commune,h1,2025-06-30,\n"
    error = refused(take, Bundle({"units": line}))
    assert error.code == "overlapping_versions"
    assert "đã lưu" in error.details[0].message
    assert counts() == before


def test_parents_must_not_form_a_ring_with_what_is_stored(take: Any) -> None:
    take(Bundle())
    line = "id,name,kind,parent_id,valid_from,valid_to\nt,Tỉnh,province,so,,\n"
    assert refused(take, Bundle({"units": line})).code == "parent_cycle"


def test_units_may_change_places_from_one_day_to_the_next(take: Any) -> None:
    units = """id,name,kind,parent_id,valid_from,valid_to
a,A,agency,,,2024-12-31
a,A,agency,b,2025-01-01,
b,B,agency,a,,2024-12-31
b,B,agency,,2025-01-01,
"""
    assert take(Bundle({"units": units})).created == 4
    overlapping = units.replace("b,B,agency,a,,2024-12-31", "b,B,agency,a,,2025-01-01").replace(
        "b,B,agency,,2025-01-01,", "b,B,agency,,2025-01-02,"
    )
    assert refused(take, Bundle({"units": overlapping}, source="x")).code == "parent_cycle"


def test_rows_of_an_event_agree_with_what_is_stored(take: Any) -> None:
    take(Bundle())
    row = "id,kind,date,from_id,to_id\ntach-giua,split,2025-08-01,giua,moi\n"
    error = refused(take, Bundle({"unit_changes": row}))
    assert error.code == "inconsistent_change"
    assert TABLES["unit_changes"].count("tach-giua") == 2
