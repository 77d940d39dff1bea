"""A district of two communes, trained in 2024, reorganised on 1 July 2025."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from nhanlucso.access.models import Account
from nhanlucso.orgs.models import Unit
from nhanlucso.people.models import Person
from nhanlucso.training.models import TrainingClass
from tests.factories import records as r

LAST, REFORM = date(2025, 6, 30), date(2025, 7, 1)


@dataclass
class District:
    """Of xã An: Ánh completed the class, Bình came to three of five sessions, Chi failed the course, Dung did
    nothing. Em of xã Bình passed the course. After the reform An became Hòa; Bình was split into Hòa and Lộc, and
    nothing says where Em went."""

    district: Unit
    an: Unit
    binh: Unit
    province: Unit
    hoa: Unit
    loc: Unit
    people: dict[str, Person]
    training_class: TrainingClass
    officer: Account
    viewer: Account
    neighbour: Account


def make_district() -> District:
    province = r.make_unit("tinh", "Tỉnh Mới", "province", start=REFORM)
    district = r.make_unit("huyen", "Huyện Cũ", "district", end=LAST)
    an = r.make_unit("an", "Xã An", parent=district, end=LAST, code="00101")
    binh = r.make_unit("binh", "Xã Bình", parent=district, end=LAST, code="00102")
    hoa = r.make_unit("hoa", "Xã Hòa", parent=province, start=REFORM, code="00101")
    loc = r.make_unit("loc", "Xã Lộc", parent=province, start=REFORM, code="00102")
    r.make_change("merge", REFORM, district, province)
    r.make_change("merge", REFORM, an, hoa)
    r.make_change("split", REFORM, binh, hoa, loc)
    names = ("Lý Thị Ánh", "Trần Văn Bình", "Vàng Seo Chi", "Lù A Dung")
    people = {name.split()[-1]: r.make_person(name, an) for name in names}
    people["Em"] = r.make_person("Nguyễn Thị Em", binh, is_leader=True)
    course = r.make_course()
    online = r.make_course("Kỹ năng số trên mạng", delivery="self_paced")
    training_class = r.make_class("Lớp kỹ năng số", district, date(2024, 3, 4), 5, course)
    r.attend(training_class, people["Ánh"], *["present"] * 4, "late")
    r.attend(training_class, people["Bình"], *["present"] * 3, "absent", "excused")
    r.make_result(people["Chi"], online, date(2024, 5, 6), passed=False)
    r.make_result(people["Em"], online, date(2024, 5, 6), passed=True)
    r.make_head_count(an, 30, "about", date(2024, 3, 4), training_class=training_class)
    r.make_target(district, "coverage.basic", 2024, 90, "over")
    r.make_target(district, "training.attendances", 2024, 20)
    r.facts_changed()
    return District(
        district, an, binh, province, hoa, loc, people, training_class,
        r.make_account("can-bo", "officer"), r.make_account("nguoi-xem", "viewer"),
        r.make_account("xa-loc", "officer", loc),
    )  # fmt: skip
