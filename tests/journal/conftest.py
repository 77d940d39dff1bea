"""A unit with people, and an act that did something to them."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest


@pytest.fixture
def act(db: None) -> Any:
    """An act that made Ánh with a post, renamed Bình and removed the mark of Chi in a session."""
    from nhanlucso.journal.models import Act
    from nhanlucso.journal.services import recording
    from nhanlucso.kernel.permissions import Permission
    from nhanlucso.people.models import Person, Post
    from nhanlucso.training.models import Attendance
    from tests.factories import records as r
    from tests.factories.scopes import officer_of
    from tests.journal.state import AT, DAY, state

    unit = r.make_unit("an", "Xã An")
    binh, chi = r.make_person("Trần Văn Bình", unit), r.make_person("Vàng Seo Chi", unit)
    held = r.make_class("Lớp", unit, DAY)
    r.attend(held, chi, "present")
    before = state()
    with recording(
        kind="test", subject=unit.uid, title="Thử", permission=Permission.EDIT_PEOPLE,
        by=officer_of(unit), at=AT,
    ) as recorder:  # fmt: skip
        recorder.watch(Person.objects.filter(pk=binh.pk))
        recorder.watch_where(Attendance, "person", [chi.pk])
        anh = r.make_person("Lý Thị Ánh", unit)
        recorder.made(Person, "pk", [anh.pk])
        recorder.made(Post, "person", [anh.pk])
        Person.objects.filter(pk=binh.pk).update(full_name="Trần Văn Bính", birth="1985")
        Attendance.objects.filter(person=chi).delete()
    return SimpleNamespace(
        unit=unit,
        anh=anh,
        binh=binh,
        chi=chi,
        session=held.sessions.get(),
        by=officer_of(unit),
        before=before,
        row=Act.objects.get(uid=recorder.uid),
    )
