"""What the sheet of a session sends: marks by person, with the marks that the page showed."""

from __future__ import annotations

from django.http import QueryDict

from nhanlucso.training.enums import Mark
from nhanlucso.training.roster.services.marking import MarkSent

_MARK, _SEEN = "mark-", "seen-"


def marks_sent(posted: QueryDict, *, touched: bool) -> list[MarkSent]:
    """The marks of a form. `touched`: a form without script sends every row; those that nobody touched stay out."""
    sent = []
    for name, mark in posted.items():
        person = name.removeprefix(_MARK)
        if name.startswith(_MARK) and person.isdecimal():
            sent.append(MarkSent(int(person), str(mark), posted.get(_SEEN + person)))
    return [one for one in sent if not touched or one.mark != one.seen]


def all_present(posted: QueryDict) -> list[MarkSent]:
    """As `marks_sent` of a whole form, and everybody else whom it showed without a mark as present."""
    sent = marks_sent(posted, touched=True)
    known = {one.person for one in sent}
    blank = [name.removeprefix(_SEEN) for name, seen in posted.items() if name.startswith(_SEEN) and not seen]
    rest = [int(person) for person in blank if person.isdecimal() and int(person) not in known]
    return [*sent, *(MarkSent(person, Mark.PRESENT, "") for person in rest)]
