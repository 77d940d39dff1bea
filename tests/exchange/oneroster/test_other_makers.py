"""A package of another maker, written to the standard: what is taken, what is asked, what is taken back."""

from __future__ import annotations

from typing import Any

import pytest

from nhanlucso.audit.models import Event, Touch
from nhanlucso.courses.models import Course
from nhanlucso.exchange.models import RosterLink
from nhanlucso.exchange.oneroster.importing import IMPORTED, undo_roster
from nhanlucso.journal.models import Act
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.scope import SYSTEM
from nhanlucso.learning.models import CourseResult
from nhanlucso.orgs.models import Unit, UnitVersion
from nhanlucso.people.models import Person, Post
from nhanlucso.training.models import Invitation, TrainingClass
from tests.exchange.oneroster.conftest import AT
from tests.factories.scopes import officer_of

pytestmark = pytest.mark.django_db


def stored() -> list[int]:
    models: list[Any] = [Unit, UnitVersion, Person, Post, Course, TrainingClass, Invitation, CourseResult]
    return [model.objects.count() for model in [*models, RosterLink, Event, Touch]]


def test_people_classes_and_completions_come_in(world: None, made: Any, take: Any) -> None:
    before = stored()
    plan = take(made, dry_run=True)
    assert stored() == before
    report = take(made)
    assert plan.bundle.created == report.bundle.created
    assert report.found == {"orgs": 2, "users": 1, "courses": 0}
    known = Person.objects.get(uid="p1")  # by name and day of birth
    assert Person.objects.filter(full_name="Lù A Sì").count() == 1
    assert known.posts.filter(origin="THS").count() == 0  # has a post there already
    fresh = Person.objects.get(origin="THS", uid="U2")
    assert (fresh.full_name, fresh.birth, fresh.sex) == ("Vàng Thị Mai", "1999-01-02", "f")
    post = fresh.posts.get()
    assert (post.title, post.category, post.is_main, str(post.valid_from)) == (
        "Giáo viên",
        "",
        True,
        "2025-09-01",
    )
    school = UnitVersion.objects.get(unit=post.unit)
    assert (school.name, school.kind, school.parent) == (
        "Trường Tiểu học",
        "service_unit",
        Unit.objects.get(uid="moi"),
    )
    training_class = TrainingClass.objects.get(uid="K1")
    assert (training_class.title, training_class.host_unit.uid, training_class.form) == (
        "An toàn, lớp 1",
        "moi",
        "class",
    )
    assert training_class.course.topics == "Mật khẩu;Thư rác"
    assert {one.person.uid for one in training_class.invitations.all()} == {"p1", "U2"}
    results = {one.person.uid: one for one in CourseResult.objects.filter(origin="THS")}
    assert {uid: (r.score, r.passed, str(r.completed_at), r.platform) for uid, r in results.items()} == {
        "p1": (8.5, True, "2025-03-01", "THS"),
        "U2": (4.0, None, "2025-03-01", "THS"),
    }
    said = {(note.file, note.line) for note in report.bundle.warnings}
    assert said >= {("lineItems.csv", 3), ("results.csv", None), ("roles.csv", None)}
    event = Event.objects.get(verb=IMPORTED)
    assert (event.object_id, event.count) == ("THS", report.bundle.created)


def test_the_same_again_changes_nothing(world: None, made: Any, take: Any) -> None:
    take(made)
    Person.objects.filter(uid="U2").update(phone="0912000009")
    before = stored()
    again = take(made)
    assert (again.bundle.created, again.bundle.updated, again.act) == (0, 0, "")
    assert stored() == before
    assert Person.objects.get(uid="U2").phone == "0912000009"  # an empty cell says nothing
    made.rows["users"][1]["email"] = "mai@x.vn"
    assert take(made).bundle.updated == 1


def test_an_import_is_taken_back(world: None, made: Any, take: Any) -> None:
    before = stored()[:9]
    report = take(made)
    undo_roster(act=Act.objects.get(uid=report.act), by=SYSTEM, at=AT)
    assert stored()[:9] == before


def test_who_it_is_must_be_certain(world: None, made: Any, take: Any) -> None:
    made.rows["demographics"] = made.rows["demographics"][1:]  # the name alone, in a unit of his: a namesake?
    report = take(made)
    assert report.ambiguous == 1
    assert any("users:U1" in note.message and note.line == 2 for note in report.bundle.warnings)
    assert not CourseResult.objects.filter(origin="THS", person__uid="p1").exists()
    take(made, decisions={("users", "U1"): "p1"})
    assert CourseResult.objects.filter(origin="THS", person__uid="p1").exists()
    assert take(made).ambiguous == 0  # it is remembered


def test_what_a_divided_unit_became_is_not_guessed(world: None, made: Any, take: Any) -> None:
    made.rows["orgs"][1] |= {"name": "Xã Giữa", "identifier": "02945"}
    before = stored()
    with pytest.raises(Refused) as refusal:
        take(made)
    assert refusal.value.code == "org_doubtful"
    assert [(one.file, one.line) for one in refusal.value.details] == [("orgs.csv", 3)]
    assert stored() == before
    take(made, decisions={("orgs", "O2"): "khac"})
    assert TrainingClass.objects.get(uid="K1").host_unit.uid == "khac"


def test_only_who_runs_the_installation(world: None, made: Any, take: Any) -> None:
    with pytest.raises(Refused) as refusal:
        take(made, by=officer_of(Unit.objects.get(uid="moi")))
    assert refusal.value.code == "not_allowed"
