"""One person who stands twice in a commune, with records of all kinds on both."""

from __future__ import annotations

from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

import pytest

AT = datetime(2024, 9, 20, 3, 0, tzinfo=UTC)
DAY = date(2024, 3, 4)


@pytest.fixture
def twice(places: Any) -> Any:
    """Lý Thị Hòa: kept has a birth year, gone a full birth date and a telephone."""
    from nhanlucso.people.models import Person
    from nhanlucso.teams.models import Team, TeamMember
    from tests.factories import records as r
    from tests.factories.scopes import officer_of

    kept, gone = r.make_person("Lý Thị Hoà", places.an), r.make_person("LÝ THỊ HÒA", places.an)
    Person.objects.filter(pk=kept.pk).update(birth="1985", email="hoa@example.vn")
    Person.objects.filter(pk=gone.pk).update(birth="1985-12-15", phone="0912345678")
    course = r.make_course()
    held = r.make_class("Lớp", places.an, DAY, 3, course)
    r.attend(held, kept, "present", "absent")
    r.attend(held, gone, "absent", "late", "present")
    r.make_result(gone, course, DAY, passed=True)
    team = Team.objects.create(uid="to", unit=places.village)
    TeamMember.objects.create(team=team, person=kept, role="member")
    TeamMember.objects.create(team=team, person=gone, role="leader")
    return SimpleNamespace(
        kept=Person.objects.get(pk=kept.pk),
        gone=Person.objects.get(pk=gone.pk),
        held=held,
        by=officer_of(places.an),
        places=places,
    )
