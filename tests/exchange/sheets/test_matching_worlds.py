"""Matching on random registers: equal to a plain reference that compares every row with every person, and fair.

The reference is written from the rules of `linkage.linking` and `linkage.claims`: what is certain by identity number,
by name and birth date, contact, birth year; who is asked about at least; who wins where rows compete.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Any

import pytest

from nhanlucso.exchange.sheets.matching import plan_import
from nhanlucso.exchange.sheets.plan import ImportPlan, ImportRequest, Outcome
from nhanlucso.exchange.sheets.reading import SheetReading
from nhanlucso.exchange.sheets.rows import SheetRow
from nhanlucso.kernel.scope import SYSTEM
from nhanlucso.kernel.text import fold
from nhanlucso.people.models import Person
from nhanlucso.people.services import PersonData, PostData, add_people
from tests.exchange.sheets.conftest import AT, ON, Place

pytestmark = pytest.mark.django_db
WORLDS = range(12)
NAMES = (
    "Nguyễn Thị Hương",
    "Nguyễn Thị Hường",
    "Lù Seo Phừ",
    "Lù Seo Phử",
    "Lê Văn Nam",
    "Lê Văn An",
    "Vàng A Páo",
)
BIRTHS = ("", "1980", "1981", "1980-02-01", "1980-01-02", "1980-02-02", "1981-05-06")
PHONES = ("", "", "0912000001", "0912000002", "0912000003")
MAILS = ("", "", "a@x.vn", "b@x.vn")
IDS = ("", "", "", "010180000001", "010180000002", "010180000003")
HAS = frozenset({"full_name", "birth_date", "sex", "phone", "email", "national_id", "unit"})


@dataclass(frozen=True)
class Known:
    uid: str
    name: str
    birth: str
    sex: str
    phone: str
    email: str
    number: str


def world(place: Place, random: Random, people: int, rows: int) -> tuple[list[Known], list[SheetRow]]:
    """A register in which no identity number stands twice, and a list about people like its own."""
    numbers = [number for number in IDS if number]
    random.shuffle(numbers)
    made: list[PersonData] = []
    for _ in range(people):
        number = numbers.pop() if numbers and random.random() < 0.3 else ""
        made.append(
            PersonData(
                random.choice(NAMES),
                random.choice(BIRTHS),
                random.choice(("", "m", "f")),
                random.choice(PHONES),
                random.choice(MAILS),
                number,
            )
        )
    units = [place.units["gia-phu"], place.units["phu-nhuan"]]
    stored = add_people(newcomers=[(one, PostData(random.choice(units))) for one in made], by=SYSTEM, at=AT)
    known = [
        Known(row.uid, one.full_name, one.birth, one.sex, one.phone, one.email, one.national_id or "")
        for row, one in zip(stored, made, strict=True)
    ]
    return known, [_row(random, number) for number in range(2, rows + 2)]


def _row(random: Random, number: int) -> SheetRow:
    return SheetRow(
        "S",
        number,
        HAS,
        full_name=random.choice(NAMES),
        birth_date=random.choice(BIRTHS) or None,
        sex=random.choice(("", "m", "f")) or None,
        phone=random.choice(PHONES) or None,
        email=random.choice(MAILS) or None,
        national_id=random.choice(IDS) or None,
        unit=random.choice(("Xã Gia Phú", "Xã Phú Nhuận")),
    )


def plan_of(place: Place, rows: list[SheetRow], **asked: Any) -> ImportPlan:
    request = ImportRequest(unit=place.units["bao-thang"], on=ON, **asked)
    return plan_import(SYSTEM, SheetReading("staff", tuple(rows), (), ()), request)


# -- the reference -------------------------------------------------------------------------------------------


def differs(one: str, other: str) -> bool:
    """Whether two births cannot be the same; the day and the month may have changed places."""
    if not one or not other or one == other:
        return False
    if len(one) == len(other) == 10:
        return one[:4] != other[:4] or (one[5:7], one[8:]) != (other[8:], other[5:7])
    return one[:4] != other[:4]


def reference(row: SheetRow, people: list[Known]) -> tuple[str, str, frozenset[str]]:
    """(what the certain match rests on, the one who may be certain, those who must be asked about at least)."""
    birth, phone, email = row.birth_date or "", row.phone or "", row.email or ""
    for one in people:
        if row.national_id and one.number == row.national_id:
            return "id", one.uid, frozenset()
    fitting = [
        one
        for one in people
        if fold(one.name) == fold(row.full_name or "")
        and not differs(birth, one.birth)
        and not (row.sex and one.sex and row.sex != one.sex)
    ]
    rests: tuple[tuple[str, list[Known]], ...] = (
        ("day", [one for one in fitting if len(birth) == 10 and birth == one.birth]),
        (
            "contact",
            [one for one in fitting if (phone and phone == one.phone) or (email and email == one.email)],
        ),
        ("year", [one for one in fitting if _same_year(birth, one.birth)]),
    )
    for rest, agreeing in rests:
        if agreeing:
            one = agreeing[0]
            contested = len(agreeing) > 1 or bool(row.national_id and one.number)
            asked = frozenset(some.uid for some in agreeing)
            return ("", "", asked) if contested else (rest, one.uid, asked)
    return "", "", frozenset(one.uid for one in fitting if not (row.national_id and one.number))


def _same_year(birth: str, other: str) -> bool:
    """One of them the year alone, and it is the same."""
    return bool(birth and other) and min(len(birth), len(other)) == 4 and birth[:4] == other[:4]


@pytest.mark.parametrize("seed", WORLDS)
def test_rows_one_by_one_are_matched_as_by_the_reference(place: Place, seed: int) -> None:
    random = Random(seed)
    people, rows = world(place, random, people=random.randint(1, 14), rows=12)
    for row in rows:
        plan = plan_of(place, [row])
        (planned,) = plan.rows
        rest, sure, asked = reference(row, people)
        found = {candidate.uid for candidate in planned.candidates}
        if planned.outcome in (Outcome.MATCHED, Outcome.UPDATED):
            assert rest, (row, planned)
            assert found == {sure}
        elif planned.outcome is Outcome.AMBIGUOUS:
            assert rest != "id"
            assert found >= asked, (row, planned)
        else:
            assert planned.outcome is Outcome.CREATED
            assert (rest, asked) == ("", frozenset()), (row, planned)


@pytest.mark.parametrize("seed", WORLDS)
def test_no_two_rows_become_one_person_unless_told(place: Place, seed: int) -> None:
    random = Random(100 + seed)
    people, rows = world(place, random, people=10, rows=25)
    plan = plan_of(place, rows)
    taken: dict[str, int] = {}
    for planned in plan.rows:
        if planned.outcome in (Outcome.MATCHED, Outcome.UPDATED):
            uid = planned.candidates[0].uid
            assert uid not in taken, (planned, taken[uid])
            taken[uid] = planned.row
    told = {problem.row for problem in plan.problems if problem.code in ("row_twice", "rival_rows")}
    said = {row.row: row for row in rows}
    numbers = {one.number: one.uid for one in people if one.number}
    for planned in plan.rows:
        number = said[planned.row].national_id or ""
        if number in numbers:
            assert planned.outcome is not Outcome.CREATED
            if planned.outcome not in (Outcome.MATCHED, Outcome.UPDATED):
                assert planned.row in told, planned
            else:
                assert planned.candidates[0].uid == numbers[number]


@pytest.mark.parametrize("seed", WORLDS)
def test_the_order_of_the_rows_changes_nothing(place: Place, seed: int) -> None:
    random = Random(200 + seed)
    _, rows = world(place, random, people=10, rows=25)
    shuffled = rows.copy()
    random.shuffle(shuffled)
    one, other = plan_of(place, rows), plan_of(place, shuffled)
    assert sorted(map(repr, one.rows)) == sorted(map(repr, other.rows))
    assert (one.changes, one.post_changes) == (other.changes, other.post_changes)
    assert sorted(map(repr, one.new_people)) == sorted(map(repr, other.new_people))


@pytest.mark.parametrize("seed", WORLDS)
def test_what_people_decide_is_done(place: Place, seed: int) -> None:
    random = Random(300 + seed)
    _, rows = world(place, random, people=10, rows=20)
    decisions = {
        (row.sheet, row.row): random.choice([*(one.uid for one in row.candidates), "new", "skip"])
        for row in plan_of(place, rows).doubts
        if not any("same_id" in one.reasons for one in row.candidates)
    }
    plan = plan_of(place, rows, decisions=decisions)
    decided = {(row.sheet, row.row): row for row in plan.rows if row.decided}
    assert decided.keys() == decisions.keys()
    for key, answer in decisions.items():
        row = decided[key]
        assert row.decided == answer
        if answer == "new":
            assert row.outcome is Outcome.CREATED
        elif answer == "skip":
            assert row.outcome is Outcome.SKIPPED
        else:
            assert row.candidates[0].uid == answer
            assert row.outcome in (Outcome.MATCHED, Outcome.UPDATED) or row.code == "row_twice"


def test_twelve_namesakes_with_years_match_each_their_own_or_ask(place: Place) -> None:
    years = [str(year) for year in range(1970, 1982)]
    newcomers = [(PersonData("Lù A Sì", year), PostData(place.units["gia-phu"])) for year in years]
    made = add_people(newcomers=newcomers, by=SYSTEM, at=AT)
    rows = [
        SheetRow("S", number, HAS, full_name="Lù A Sì", birth_date=year, unit="Xã Gia Phú")
        for number, year in enumerate(years, 2)
    ]
    plan = plan_of(place, rows)
    assert [row.candidates[0].uid for row in plan.rows] == [person.uid for person in made]
    assert {row.outcome for row in plan.rows} == {Outcome.MATCHED}
    assert Person.objects.count() == 12
