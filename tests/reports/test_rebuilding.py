"""Frozen reports are rebuilt bit for bit after random edits of everything that they were made from."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fonts"), pytest.mark.hypothesis]
WORLDS, REPORTS = (10, 50) if os.environ.get("NHANLUCSO_CAMPAIGN") == "1" else (1, 6)
EDITS = 12
PERIODS = (
    *(("month", f"2024-M{month:02d}") for month in range(1, 13)),
    *(("quarter", f"2024-Q{quarter}") for quarter in range(1, 5)),
    ("half-year", "2024-H1"),
    ("half-year", "2024-H2"),
    ("nine-month", "2024-9M"),
    ("year", "2024"),
)


@pytest.mark.parametrize("world", range(WORLDS))
def test_frozen_reports_are_rebuilt_bit_for_bit(district: dict[str, Any], world: int) -> None:
    """Each report is frozen in the world as the edits before it have left it, and rebuilt after all that follow."""
    random = Random(20241214 + world)
    kept: list[tuple[int, dict[str, bytes]]] = []
    wanted = [(kind, period, unit) for kind, period in PERIODS for unit in "dabvps"]
    random.shuffle(wanted)
    for place in range(REPORTS):
        kind, period, unit = wanted[place % len(wanted)]
        revision = _published(district, unit, kind, period)
        if revision is not None:
            kept.append((revision.pk, _files(revision)))
        _edit(random, district)
    assert len(kept) >= REPORTS - 1
    for revision_id, files in kept:
        assert _rebuilt(revision_id) == files


def _published(district: dict[str, Any], unit: str, kind: str, period: str) -> Any:
    """The approved revision of a report; one that is there already is corrected."""
    from nhanlucso.kernel.errors import Refused
    from nhanlucso.reports.enums import CLOSED
    from nhanlucso.reports.services.signing import correct_report
    from nhanlucso.reports.services.submitting import submit_report
    from tests.reports.conftest import AT
    from tests.reports.signatories import begun, checked, decided, scope

    officer, leader = scope("can-bo", "officer", None), scope("lanh-dao", "approver", None)
    try:
        report = begun(officer, district[unit], kind, period)
    except Refused:  # an edit has ended the unit
        return None
    if report.state in CLOSED:
        correct_report(report=report, seen=report.revision, reason="Sửa", by=officer, at=AT)
        report.refresh_from_db()
    report = checked(officer, report)
    revision = submit_report(report=report, seen=report.revision, by=officer, at=AT)
    report.refresh_from_db()
    decided(leader, report, True)
    return revision


def _files(revision: Any) -> dict[str, bytes]:
    from nhanlucso.files.reading import whole
    from nhanlucso.reports.rendering import FORMATS

    files = {form: whole(getattr(revision, form)) for form in FORMATS}
    return files | {"figures": json.dumps(_figures(revision), sort_keys=True).encode()}


def _figures(revision: Any) -> list[dict[str, Any]]:
    from nhanlucso.reports.freezing import frozen_of

    held = frozen_of(revision)
    assert held is not None
    return [*held.figures, *revision.figures]


def _rebuilt(revision_id: int) -> dict[str, bytes]:
    """The same from what is frozen alone: the paper rendered anew, the figures read back."""
    from nhanlucso.reports.freezing import frozen_of
    from nhanlucso.reports.models import ReportRevision
    from nhanlucso.reports.rendering import FORMATS, rendered

    revision = ReportRevision.objects.get(pk=revision_id)
    held = frozen_of(revision)
    assert held is not None
    files = {form: rendered(held.paper, form) for form in FORMATS}
    return files | {"figures": json.dumps(_figures(revision), sort_keys=True).encode()}


def _edit(random: Random, district: dict[str, Any]) -> None:
    from nhanlucso.orgs.services import structure_changed
    from tests.factories.records import facts_changed

    edits: tuple[Callable[[Random, dict[str, Any]], None], ...] = (
        _merge, _end_post, _new_person, _mark, _drop_attendance, _rename, _result, _head_count, _target, _outreach,
        _define,
    )  # fmt: skip
    for _ in range(EDITS):
        random.choice(edits)(random, district)
    structure_changed()
    facts_changed()


def _any(random: Random, rows: Any) -> Any:
    ids = list(rows.order_by("pk").values_list("pk", flat=True))
    return rows.get(pk=random.choice(ids)) if ids else None


def _merge(random: Random, district: dict[str, Any]) -> None:
    from nhanlucso.people.models import FormerId, Person, Post

    one, other = _any(random, Person.objects.all()), _any(random, Person.objects.all())
    if one is None or one == other or Person.objects.count() < 6:
        return
    Post.objects.filter(person=one).update(person=other)
    FormerId.objects.create(table="people.person", uid=one.uid, was=one.pk, row=other.pk)
    one.delete()


def _end_post(random: Random, district: dict[str, Any]) -> None:
    from nhanlucso.people.models import Post

    post = _any(random, Post.objects.all())
    if post is not None:
        post.valid_to = post.valid_from + timedelta(days=random.randrange(2_000))
        post.save()


def _new_person(random: Random, district: dict[str, Any]) -> None:
    from nhanlucso.people.models import Person, Post

    uid = f"n{random.randrange(10**9)}"
    person = Person.objects.create(uid=uid, full_name=f"Vàng Thị {uid}", name_folded=uid, name_key=uid)
    Post.objects.create(
        uid=uid, person=person, unit=district[random.choice("abvd")], category="civil_servant",
        is_leader=random.random() < 0.3, valid_from=date(2021, 1, 1),
    )  # fmt: skip


def _mark(random: Random, district: dict[str, Any]) -> None:
    from nhanlucso.people.models import Person
    from nhanlucso.training.models import Attendance, ClassSession

    Attendance.objects.update_or_create(
        session=_any(random, ClassSession.objects.all()),
        person=_any(random, Person.objects.all()),
        defaults={"status": random.choice(("present", "late", "absent"))},
    )


def _drop_attendance(random: Random, district: dict[str, Any]) -> None:
    from nhanlucso.training.models import Attendance

    if found := _any(random, Attendance.objects.all()):
        found.delete()


def _rename(random: Random, district: dict[str, Any]) -> None:
    from nhanlucso.orgs.models import UnitVersion

    UnitVersion.objects.filter(unit=district[random.choice("abvdn")]).update(
        name=f"Xã {random.randrange(99)}"
    )


def _result(random: Random, district: dict[str, Any]) -> None:
    from nhanlucso.courses.models import Course
    from nhanlucso.learning.models import CourseResult
    from nhanlucso.people.models import Person

    CourseResult.objects.create(
        uid=f"r{random.randrange(10**9)}", person=_any(random, Person.objects.all()),
        course=_any(random, Course.objects.filter(delivery="self_paced")),
        completed_at=date(2024, 1, 1) + timedelta(days=random.randrange(365)), passed=random.random() < 0.8,
    )  # fmt: skip


def _head_count(random: Random, district: dict[str, Any]) -> None:
    from nhanlucso.training.models import HeadCount

    HeadCount.objects.update(count=random.randrange(100))


def _target(random: Random, district: dict[str, Any]) -> None:
    from nhanlucso.plans.models import Target

    Target.objects.filter(indicator="coverage.basic").update(value=float(random.randrange(100)))


def _outreach(random: Random, district: dict[str, Any]) -> None:
    from nhanlucso.outreach.models import OutreachItem

    OutreachItem.objects.create(
        uid=f"o{random.randrange(10**9)}", unit=district["b"], channel="press", date=date(2024, 5, 5),
        count=random.randrange(50),
    )  # fmt: skip


def _define(random: Random, district: dict[str, Any]) -> None:
    """An own indicator is published, then published again with another meaning from a later day on."""
    from nhanlucso.indicators.enums import Measure
    from nhanlucso.indicators.models import OwnDefinition
    from nhanlucso.indicators.own.rules import Parts
    from nhanlucso.indicators.own.services import OwnData, begin_indicator, publish, save_draft, set_reported
    from nhanlucso.indicators.parts import Audience, Deed, Event
    from nhanlucso.kernel.scope import SYSTEM
    from tests.reports.conftest import AT

    data = OwnData(
        "Đã học", Parts(Measure.PERCENT, Audience(leader=random.random() < 0.5), Event(Deed.LEARNED))
    )
    held = OwnDefinition.objects.filter(indicator__slug="da-hoc").order_by("valid_from").last()
    if held is None:
        begin_indicator(slug="da-hoc", data=data, by=SYSTEM, at=AT)
        publish(slug="da-hoc", valid_from=None, by=SYSTEM, at=AT)
        set_reported(slug="da-hoc", reported=True, by=SYSTEM, at=AT)
        return
    save_draft(slug="da-hoc", data=data, by=SYSTEM, at=AT)
    day = max(held.valid_from, date(2024, 1, 1)) + timedelta(days=random.randrange(1, 40))
    publish(slug="da-hoc", valid_from=day, by=SYSTEM, at=AT)
