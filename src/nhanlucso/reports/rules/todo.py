"""What is still missing before a report says what it could: a checklist for whoever writes it."""

from __future__ import annotations

from dataclasses import dataclass

from nhanlucso.reports.rules.amounts import left
from nhanlucso.reports.rules.content import Content
from nhanlucso.reports.rules.gaps import BASIC, ICT, LEADERS, OFFICERS, missing

# What kind of thing is missing; for people, the code of the share stands beside it.
STAFF, TRAINING, LISTS, PLACES, PEOPLE, VILLAGES, OFFICER = (
    "staff",
    "training",
    "lists",
    "places",
    "people",
    "villages",
    "officer",
)
_VILLAGES = "teams.village_coverage"


@dataclass(frozen=True, slots=True)
class Todo:
    """One thing to mend: its kind, how many are missing (0: the whole thing), of which figure."""

    kind: str
    count: int = 0
    code: str = ""


def todo(content: Content) -> tuple[Todo, ...]:
    """What is missing in the records first, then what is still to be done."""
    figures = content.figures
    if not figures["staff.headcount"].value:
        return (Todo(STAFF),)
    found = [
        Todo(PLACES, figures["staff.headcount"].unallocated, "staff.headcount"),
        Todo(LISTS, 1 if figures["training.persons"].qualifier == "over" else 0, "training.persons"),
        *(Todo(PEOPLE, _without(content, code), code) for code in (BASIC, ICT, LEADERS, OFFICERS)),
        Todo(VILLAGES, left(figures[_VILLAGES]), _VILLAGES),
    ]
    nothing = not any(figures[code].value for code in ("training.attendances", "mooc.learners"))
    none_in_charge = not figures["it.dedicated"].value and not figures["it.concurrent"].value
    return (
        *([Todo(TRAINING)] if nothing else []),
        *(each for each in found if each.count > 0),
        *([Todo(OFFICER)] if none_in_charge else []),
    )


def _without(content: Content, code: str) -> int:
    gap = missing(content, code)
    return gap.people if gap else 0
