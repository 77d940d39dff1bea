"""A class that a province holds for people of two communes, and accounts of those who meet over its roster."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest


@pytest.fixture
def room(world: Any) -> Any:
    """Five sessions. Of xã Hòa: Ánh came to all, Bình to three; Dung is invited. Of xã Lộc: Giang came once."""
    from nhanlucso.access.queries import scope_of
    from nhanlucso.training.models import Invitation
    from tests.factories import records as r

    held = r.make_class("Lớp của tỉnh", world.province, date(2025, 9, 1), 5)
    giang = r.make_person("Giàng Thị Giang", world.loc)
    people = {**world.people, "Giang": giang}
    r.attend(held, people["Ánh"], *["present"] * 5)
    r.attend(held, people["Bình"], *["present"] * 3, "absent", "excused")
    r.attend(held, giang, "late")
    Invitation.objects.create(training_class=held, person=people["Dung"])
    sessions = list(held.sessions.order_by("starts_at"))
    accounts = {
        "host": r.make_account("chu-tri", "officer", world.province),
        "hoa": r.make_account("xa-hoa", "officer", world.hoa),
        "loc": world.neighbour,
        "trainer": r.make_account("giang-vien", "trainer", world.province),
        "viewer": r.make_account("xem-tinh", "viewer", world.province),
        "planner": r.make_account("ke-hoach", "planner", world.province),
    }
    return SimpleNamespace(
        world=world,
        held=held,
        sessions=sessions,
        last=sessions[-1],
        people=people,
        accounts=accounts,
        **{name: scope_of(account) for name, account in accounts.items()},
    )
