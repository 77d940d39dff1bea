"""A small register: a district with two communes and an office, some people, a class with two sessions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

AT = datetime(2024, 9, 20, 3, 0, tzinfo=UTC)
ON = date(2024, 9, 1)


@dataclass(slots=True)
class Place:
    """Units by their short names, and what the tests do with them."""

    units: dict[str, Any]

    def person(self, name: str, unit: str = "gia-phu", **more: Any) -> Any:
        """A person of the register with one post."""
        from nhanlucso.kernel.scope import SYSTEM
        from nhanlucso.people.services import PersonData, PostData, add_person

        post = {key: more.pop(key) for key in ("title", "category", "valid_to") if key in more}
        return add_person(
            person=PersonData(name, **more), post=PostData(self.units[unit], **post), by=SYSTEM, at=AT
        )


@pytest.fixture
def place(db: None) -> Place:
    from nhanlucso.kernel.scope import SYSTEM
    from nhanlucso.orgs.services import NewUnit, add_unit

    units: dict[str, Any] = {}
    for key, name, kind, parent in (
        ("bao-thang", "Huyện Bảo Thắng", "district", None),
        ("gia-phu", "Xã Gia Phú", "commune", "bao-thang"),
        ("phu-nhuan", "Xã Phú Nhuận", "commune", "bao-thang"),
        ("tu-phap", "Phòng Tư pháp", "division", "bao-thang"),
        ("thon", "Thôn Phú Nhuận", "village", "gia-phu"),
    ):
        new = NewUnit(name, kind, units.get(parent) if parent else None)
        units[key] = add_unit(unit=new, by=SYSTEM, at=AT)
    return Place(units)


@pytest.fixture
def read(tmp_path: Path) -> Any:
    """Writes rows as a sheet and reads them."""
    from nhanlucso.exchange.sheets.reading import read_sheet
    from tests.exchange.sheets.making import Merged, Sheet, save

    def made(rows: list[list[Any]], *merges: Merged, suffix: str = ".xlsx", kind: str = "auto") -> Any:
        return read_sheet(save(tmp_path / f"list{suffix}", Sheet(rows, list(merges))), kind)

    return made
