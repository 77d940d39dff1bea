"""Huyện Bảo Thắng, nine months of 2024."""

from __future__ import annotations

from making.bao_thang_people import BaoThangPeople
from making.bao_thang_plans import BaoThangPlans
from making.bao_thang_training import BaoThangTraining
from making.bao_thang_units import BaoThang
from making.bao_thang_years import OtherYears
from making.names import LAO_CAI
from making.people import Register
from making.places import Places
from making.tables import Bundle
from making.training import Training

SOURCE = "bao-thang-2024"


def bao_thang() -> tuple[Bundle, BaoThangPeople]:
    bundle = Bundle(SOURCE)
    units = BaoThang(Places(bundle))
    units.build()
    people = BaoThangPeople(units, Register(bundle, "bt", LAO_CAI, "baothang.example"))
    people.build()
    training = Training(bundle)
    lessons = BaoThangTraining(units, people, training)
    others = OtherYears(people, training)
    lessons.courses()
    others.before()
    lessons.build()
    others.after()
    BaoThangPlans(bundle, units, people).build()
    return bundle, people
