"""What proves a skill, and since when."""

from __future__ import annotations

from datetime import date

from nhanlucso.courses.rules import CLASS, RESULT, Proof, skills

BASIC, ICT = "basic_digital_skills", "ict_standard"
FIRST = Proof(frozenset({BASIC}), CLASS, 1, "Lớp một", date(2023, 4, 1))
LATER = Proof(frozenset({BASIC, ICT}), RESULT, 2, "Khóa hai", date(2024, 5, 6))


def test_a_skill_is_reached_since_its_first_proof() -> None:
    basic, ict = skills([LATER, FIRST], (BASIC, ICT), date(2024, 9, 14))
    assert (basic.first, basic.latest) == (FIRST, LATER)
    assert (ict.first, ict.latest) == (LATER, None)


def test_what_is_not_over_proves_nothing_yet() -> None:
    [basic] = skills([FIRST], (BASIC,), date(2023, 3, 31))
    assert basic.first is None
    assert basic.proofs == ()
