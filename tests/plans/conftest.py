"""The district of tests/factories/district.py with a plan of the new province."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest


@dataclass
class PlansWorld:
    """`province` issued `plan` with one activity; `officer` works on the province, `commune` on xã Lộc alone."""

    places: Any
    plan: Any
    activity: Any
    officer: Any
    commune: Any
    viewer: Any


@pytest.fixture
def world(db: None) -> Any:
    from tests.factories.district import make_district

    return make_district()


@pytest.fixture
def plans(world: Any) -> PlansWorld:
    from nhanlucso.plans.models import Activity, Plan
    from tests.factories.scopes import officer_of, viewer_of

    plan = Plan.objects.create(
        uid="kh-2026",
        title="Kế hoạch phổ cập kỹ năng số năm 2026, định hướng đến năm 2030",
        issuer_unit=world.province,
        issued_on=date(2025, 12, 20),
        valid_from=date(2026, 1, 1),
        valid_to=date(2026, 12, 31),
    )
    activity = Activity.objects.create(uid="nv-1", plan=plan, title="Mở lớp", lead_unit=world.province)
    return PlansWorld(
        world, plan, activity, officer_of(world.province), officer_of(world.loc), viewer_of(world.province)
    )
