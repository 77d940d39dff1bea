"""A plan of the province with people to be trained in 2026."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest


@pytest.fixture
def plan(world: Any) -> Any:
    """Seven civil servants of xã Hòa (four came from xã An), of whom one was trained; 90 % are asked for in 2026.

    Where Em of the split xã Bình works is not known: Em may be of Hòa or of Lộc.
    """
    from nhanlucso.plans.models import Activity, Plan, Target
    from tests.factories import records as r

    made = Plan.objects.create(
        uid="kh-2026", title="Kế hoạch năm 2026", issuer_unit=world.province, valid_from=date(2026, 1, 1)
    )
    Activity.objects.create(uid="nv-1", plan=made, title="Mở lớp kỹ năng số", lead_unit=world.province)
    Target.objects.create(
        uid="ct-1", plan=made, indicator="coverage.basic", unit=world.province, year=2026, value=90,
        comparator="at_least", quote="Tối thiểu 90% được phổ cập.",
    )  # fmt: skip
    people = [
        r.make_person(name, world.hoa, valid_from=date(2025, 7, 1)) for name in ("Ma A", "Ma B", "Ma C")
    ]
    r.make_result(people[0], r.make_course("Khóa", delivery="self_paced"), date(2026, 3, 1), passed=True)
    r.facts_changed()
    return made
