"""A list as it goes out of the house: who makes it, what it is called, one table, who signs below it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from nhanlucso.kernel.numbers import vi_date, vi_number
from nhanlucso.kernel.text import clean
from nhanlucso.papers import wording
from nhanlucso.papers.paper import Dated

Value = str | int | float | date | None

NOTHING = "–"  # what a list says where it knows nothing of a person but the name
_UNIT_HEAD = "đơn vị"
SIGNERS = ("NGƯỜI LẬP DANH SÁCH", "THỦ TRƯỞNG ĐƠN VỊ")
SIGNED_HOW = "(Ký, ghi rõ họ tên)"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPaper:
    """A list. `agency` and `agency_above` in ordinary case; without an agency there is no national heading.

    `place` and `day` are of the heading. `notes` say below the title which unit, day and filter. `of_people`: each
    row is a person, with a number before the name; the list then tells how many they are and has places to sign.
    """

    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[Value]]
    notes: Sequence[str] = ()
    agency: str = ""
    agency_above: str = ""
    place: str = ""
    day: date | None = None
    of_people: bool = False

    @property
    def titles(self) -> list[str]:
        """The lines of the title: the kind of list in capitals, and what it is of."""
        kind, _, subject = clean(self.title).partition(": ")
        return [kind.upper(), *([subject] if subject else [])]

    @property
    def note(self) -> str:
        """All notes as one line in brackets: never a row that could be taken for a heading of columns."""
        words = "; ".join(filter(None, (clean(note).rstrip(" ;.") for note in self.notes)))
        return f"({words})" if words else ""

    @property
    def heading(self) -> list[tuple[str, str]]:
        """The lines left and right of the national heading; none without an agency."""
        if not self.agency:
            return []
        above = wording.agency_heading(clean(self.agency_above))
        lines = [
            (above, wording.NATION),
            (wording.agency_heading(clean(self.agency)), wording.MOTTO),
        ]
        if not above:
            lines = [(lines[1][0], wording.NATION), ("", wording.MOTTO)]
        if self.day is not None:
            said = wording.day_line(Dated.on(self.day))
            lines.append(("", f"{clean(self.place)}, {said}" if self.place else said))
        return lines

    @property
    def total(self) -> str:
        """What stands below a list of people; nothing below an empty one."""
        return f"Danh sách gồm {vi_number(len(self.rows))} người." if self.of_people and self.rows else ""

    def cells(self) -> Iterator[Sequence[Value]]:
        """The rows as they are laid out. Where nothing but the name of a person is known, a dash says so: a bare
        name would look like the heading of a group. So does one where the unit is not known: an empty cell below a
        unit would look like that unit again."""
        units = {at for at, word in enumerate(self.head) if clean(word).casefold().startswith(_UNIT_HEAD)}
        for row in self.rows:
            if not self.of_people:
                yield row
                continue
            bare = len(row) > 2 and all(cell in ("", None) for cell in row[2:])
            unknown = {at for at in units if row[at] in ("", None)} | ({2} if bare else set())
            yield [NOTHING if at in unknown else cell for at, cell in enumerate(row)] if unknown else row


def printed(value: Value) -> str:
    """A value as people read it."""
    if isinstance(value, date):
        return vi_date(value)
    if isinstance(value, int | float):
        return vi_number(value)
    return clean(value or "")
