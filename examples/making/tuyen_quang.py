"""Tỉnh Tuyên Quang, nine months of 2023."""

from __future__ import annotations

from making.names import TUYEN_QUANG
from making.people import Register
from making.places import Places
from making.tables import Bundle
from making.training import Training
from making.tuyen_quang_people import TuyenQuangPeople
from making.tuyen_quang_plans import TuyenQuangPlans
from making.tuyen_quang_training import TuyenQuangTraining
from making.tuyen_quang_units import TuyenQuang

SOURCE = "tuyen-quang-2023"


def tuyen_quang() -> Bundle:
    bundle = Bundle(SOURCE)
    units = TuyenQuang(Places(bundle))
    units.build()
    people = TuyenQuangPeople(units, Register(bundle, "tq", TUYEN_QUANG, "tuyenquang.example"))
    people.build()
    TuyenQuangTraining(units, people, Training(bundle)).build()
    TuyenQuangPlans(bundle, units, people).build()
    return bundle
