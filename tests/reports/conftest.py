"""A small district with everything in it, the two committed examples, and the fonts of the PDF."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from nhanlucso.papers.fonts import build_fonts, font_source

EXAMPLES = Path(__file__).parents[2] / "examples"
AT = datetime(2026, 11, 21, 3, tzinfo=UTC)
MORNING = datetime(2024, 3, 12, 1, tzinfo=UTC)


@pytest.fixture(scope="session")
def fonts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    folder = tmp_path_factory.mktemp("fonts")
    build_fonts(font_source(), folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NHANLUCSO_FONTS", str(folder))
        yield


@pytest.fixture
def bao_thang(db: None) -> None:
    from nhanlucso.exchange.bundle.importing import import_bundle

    import_bundle(EXAMPLES / "bao-thang-2024", dry_run=False, by=None, at=AT)


@pytest.fixture
def tuyen_quang(db: None) -> None:
    from nhanlucso.exchange.bundle.importing import import_bundle

    import_bundle(EXAMPLES / "tuyen-quang-2023", dry_run=False, by=None, at=AT)


@pytest.fixture
def district(db: None) -> dict[str, Any]:
    """Units by id: province p with agency s, district d with division v and communes a (with village t), b.

    On 1 July 2025 a and b become commune n below p, and d ends. In March 2024 the division holds a class for six
    staff; five come. In August one officer of b learns online and a second class is held at b.
    """
    from nhanlucso.audit.services import record
    from nhanlucso.orgs.services import structure_changed

    units = _units()
    people = _people(units)
    _training(units, people)
    _plans(units)
    structure_changed()
    record(verb="test", object_type="test", object_id="", by=None, at=AT, facts=True)
    return units


def _units() -> dict[str, Any]:
    from nhanlucso.kernel.clock import ALWAYS, EVER
    from nhanlucso.kernel.text import fold
    from nhanlucso.orgs.models import Unit, UnitChange, UnitVersion

    reform = date(2025, 7, 1)
    rows = [
        ("p", "Tỉnh Thử", "province", None, "10"),
        ("s", "Sở Tư pháp", "agency", "p", "STP"),
        ("d", "Huyện Mẫu", "district", "p", "086"),
        ("v", "Phòng Văn hóa - Thông tin", "division", "d", ""),
        ("a", "Xã An", "commune", "d", "02901"),
        ("b", "Xã Bình", "commune", "d", "02902"),
        ("t", "Thôn 1", "village", "a", ""),
        ("n", "Xã Mới", "commune", "p", "02903"),
        ("x", "Tỉnh Khác", "province", None, "11"),
    ]
    units = {uid: Unit.objects.create(uid=uid) for uid, *_ in rows}
    for uid, name, kind, parent, code in rows:
        ended = uid in ("d", "v", "a", "b", "t")
        UnitVersion.objects.create(
            unit=units[uid],
            name=name,
            name_folded=fold(name),
            kind=kind,
            parent=units[parent] if parent else None,
            code=code,
            valid_from=reform if uid == "n" else EVER,
            valid_to=reform - timedelta(days=1) if ended else ALWAYS,
        )
    heirs = {"a": "n", "b": "n", "d": "n", "v": "n"}
    for old, new in heirs.items():
        UnitChange.objects.create(
            uid=f"c-{old}", kind="merge", date=reform, from_unit=units[old], to_unit=units[new]
        )
    return units


def _people(units: dict[str, Any]) -> dict[str, Any]:
    from nhanlucso.kernel.text import fold, name_key
    from nhanlucso.people.models import Person, Post

    people: dict[str, Any] = {}
    rows = (
        [(f"v{n}", "v") for n in range(2)] + [(f"a{n}", "a") for n in range(4)] + [("b0", "b"), ("d0", "d")]
    )
    for uid, unit in rows:
        name = f"Nguyễn Văn {uid}"
        people[uid] = Person.objects.create(
            uid=uid, full_name=name, name_folded=fold(name), name_key=name_key(name)
        )
        Post.objects.create(
            uid=uid,
            person=people[uid],
            unit=units[unit],
            category="civil_servant",
            is_leader=uid in ("d0", "a0"),
            dt_concurrent=uid in ("v0", "a1"),
            valid_from=date(2020, 1, 1),
        )
    return people


def _training(units: dict[str, Any], people: dict[str, Any]) -> None:
    from nhanlucso.courses.models import Course
    from nhanlucso.learning.models import CourseResult
    from nhanlucso.outreach.models import OutreachItem
    from nhanlucso.teams.models import Assist, Team
    from nhanlucso.training.models import Attendance, ClassSession, HeadCount, TrainingClass

    basic = Course.objects.create(uid="k", title="Kỹ năng số cơ bản", counts_basic_digital_skills=True)
    online = Course.objects.create(
        uid="m", title="MOOC", delivery="self_paced", counts_basic_digital_skills=True
    )
    first = TrainingClass.objects.create(
        uid="l1", course=basic, title="Lớp 1", form="class", mode="in_person", host_unit=units["v"], round="1"
    )
    second = TrainingClass.objects.create(uid="l2", title="Hội nghị", form="conference", host_unit=units["b"])
    contest = TrainingClass.objects.create(uid="l3", title="Dữ liệu số", form="contest", host_unit=units["v"])
    one = ClassSession.objects.create(uid="s1", training_class=first, starts_at=MORNING)
    august = MORNING + timedelta(days=150)
    two = ClassSession.objects.create(uid="s2", training_class=second, starts_at=august)
    ClassSession.objects.create(uid="s3", training_class=contest, starts_at=august)
    for uid in ("v0", "v1", "a0", "a1", "a2"):
        Attendance.objects.create(session=one, person=people[uid], status="present")
    Attendance.objects.create(session=one, person=people["a3"], status="absent")
    Attendance.objects.create(session=two, person=people["b0"], status="late")
    for uid, count in (("h1", 40), ("h2", 30)):
        HeadCount.objects.create(
            uid=uid, training_class=second, unit=units["b"], audience="người dân", count=count, qualifier="over",
            date=date(2024, 8, 9),
        )  # fmt: skip
    CourseResult.objects.create(
        uid="r", person=people["b0"], course=online, enrolled_at=date(2024, 8, 1),
        completed_at=date(2024, 8, 20), passed=True,
    )  # fmt: skip
    team = Team.objects.create(uid="t", unit=units["t"], valid_from=date(2022, 5, 1))
    Assist.objects.create(
        uid="as", team=team, date=date(2024, 5, 5), field="health", people=7, outcome="helped"
    )
    Assist.objects.create(uid="at", team=team, date=date(2024, 5, 5), people=9, outcome="not_done")
    OutreachItem.objects.create(uid="o", unit=units["v"], channel="press", date=date(2024, 5, 5), count=12)


def _plans(units: dict[str, Any]) -> None:
    from nhanlucso.plans.models import Board, Directive, Plan, Programme, Target

    programme = Programme.objects.create(
        uid="q", number="146/QĐ-TTg", title="Đề án", issuer="Thủ tướng Chính phủ"
    )
    upper = Plan.objects.create(
        uid="kp", programme=programme, number="84/KH-UBND", title="Kế hoạch thực hiện Đề án",
        issuer_unit=units["p"], issued_on=date(2022, 4, 20),
    )  # fmt: skip
    own = Plan.objects.create(
        uid="kd", title="Kế hoạch đào tạo năm 2024", issuer_unit=units["d"], issued_on=date(2024, 1, 5),
        valid_to=date(2024, 12, 31),
    )  # fmt: skip
    Plan.objects.create(
        uid="ke", number="9/KH-UBND", title="Kế hoạch cũ", issuer_unit=units["p"], valid_to=date(2021, 1, 1)
    )
    rows = [
        (upper, "coverage.basic", "p", 90.0, "over"),
        (upper, "coverage.leaders", "p", 100.0, "at_least"),
        (upper, "training.classes", "p", 50.0, "at_least"),
        (own, "coverage.basic", "d", 60.0, "over"),
        (own, "training.persons", "d", 6.0, "at_least"),
    ]
    for place, (plan, code, unit, value, comparator) in enumerate(rows):
        Target.objects.create(
            uid=f"t{place}", plan=plan, indicator=code, unit=units[unit], year=2024, value=value,
            comparator=comparator,
        )  # fmt: skip
    Directive.objects.create(
        uid="c",
        number="3/CT-UBND",
        title="Về chuyển đổi số",
        issuer_unit=units["d"],
        issued_on=date(2024, 2, 1),
    )
    Board.objects.create(
        uid="b", unit=units["d"], name="Ban Chỉ đạo chuyển đổi số huyện", standing_unit=units["v"]
    )
