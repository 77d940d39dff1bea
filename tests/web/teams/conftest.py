"""A commune with three villages of which two have a team, and who works there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client


@pytest.fixture
def world(db: None) -> Any:
    """Thôn Một (Lý Văn An, Vàng Thị Bé) and thôn Hai (nobody yet) have a team, thôn Ba has none."""
    from tests.factories import records as r
    from tests.factories import teams as t

    province = r.make_unit("tinh", "Tỉnh", "province")
    an = r.make_unit("an", "Xã An", parent=province)
    binh = r.make_unit("binh", "Xã Bình", parent=province)
    mot, hai, ba = (r.make_unit(n, f"Thôn {n}", "village", parent=an) for n in ("Một", "Hai", "Ba"))
    one, two = t.make_team(mot, date(2024, 1, 1), name="Tổ Một"), t.make_team(hai, name="Tổ Hai")
    leader, member = r.make_person("Lý Văn An", mot), r.make_person("Vàng Thị Bé")
    t.seat(one, leader, "leader")
    t.seat(one, member)
    return SimpleNamespace(
        province=province, an=an, binh=binh, mot=mot, hai=hai, ba=ba, one=one, two=two, leader=leader,
        member=member, officer=r.make_account("can-bo", "officer", an),
        viewer=r.make_account("nguoi-xem", "viewer", province),
        neighbour=r.make_account("xa-binh", "officer", binh),
        team_member=t.team_account("to-mot", mot, leader),
    )  # fmt: skip


@pytest.fixture
def team_member(world: Any, signed_in: Callable[[Any], Client]) -> Client:
    return signed_in(world.team_member)
