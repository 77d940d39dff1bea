"""Made-up people in the database, and lists of them as they would be read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from benchmarks.people import UNITS, Someone


def store(people: Sequence[Someone]) -> tuple[Any, list[str]]:
    """A province with its communes and people; the province, and the uid of each person."""
    from nhanlucso.kernel.clock import now
    from nhanlucso.kernel.scope import SYSTEM
    from nhanlucso.orgs.services import NewUnit, add_unit
    from nhanlucso.people.services import PersonData, PostData, add_people

    province = add_unit(unit=NewUnit("Tỉnh Lào Cai", "province", None), by=SYSTEM, at=now())
    units = [
        add_unit(unit=NewUnit(unit_name(number), "commune", province), by=SYSTEM, at=now())
        for number in range(UNITS)
    ]
    newcomers = [
        (
            PersonData(one.full_name, one.birth, one.sex, one.phone, one.email, one.national_id),
            PostData(units[one.unit], "Công chức", "civil_servant", is_main=True),
        )
        for one in people
    ]
    return province, [person.uid for person in add_people(newcomers=newcomers, by=SYSTEM, at=now())]


def unit_name(number: int) -> str:
    return f"Xã Số {number + 1}"


def reading(rows: Sequence[Someone], *, with_units: bool) -> Any:
    """The rows as `read_sheet` would give them."""
    from nhanlucso.exchange.sheets.reading import SheetReading
    from nhanlucso.exchange.sheets.rows import SheetRow

    has = frozenset({"full_name", "birth_date", "sex", "phone", "email", "national_id", "title"})
    has |= {"unit"} if with_units else set()
    made = [
        SheetRow(
            "Sheet1",
            number,
            has,
            full_name=one.full_name,
            birth_date=one.birth or None,
            sex=one.sex or None,
            title="Công chức",
            unit=unit_name(one.unit) if with_units else None,
            phone=one.phone or None,
            national_id=one.national_id or None,
            email=one.email or None,
        )
        for number, one in enumerate(rows, 2)
    ]
    return SheetReading("staff", tuple(made), (), ())
