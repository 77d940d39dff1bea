"""A province of two communes; xã An with three villages, of which two have a team."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest


@pytest.fixture
def places(db: None) -> Any:
    """Teams of thôn Một (two members) and thôn Hai (one), none in thôn Ba; xã Bình with thôn Bốn."""
    from tests.factories import records as r
    from tests.factories import teams as t

    province = r.make_unit("tinh", "Tỉnh", "province")
    an = r.make_unit("an", "Xã An", parent=province)
    binh = r.make_unit("binh", "Xã Bình", parent=province)
    villages = {
        name: r.make_unit(name.lower(), f"Thôn {name}", "village", parent=binh if name == "Bốn" else an)
        for name in ("Một", "Hai", "Ba", "Bốn")
    }
    one = t.make_team(villages["Một"], date(2024, 1, 1))
    two = t.make_team(villages["Hai"], date(2024, 1, 1))
    leader, member = r.make_person("Lý Văn An"), r.make_person("Vàng Thị Bé")
    for team, person, role in ((one, leader, "leader"), (one, member, "member"), (two, member, "member")):
        t.seat(team, person, role)
    return SimpleNamespace(
        province=province, an=an, binh=binh, one=one, two=two, leader=leader, member=member,
        mot=villages["Một"], hai=villages["Hai"], ba=villages["Ba"], bon=villages["Bốn"],
    )  # fmt: skip
