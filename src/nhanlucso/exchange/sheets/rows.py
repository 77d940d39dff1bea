"""What is read: a table as it is understood, and a row of it with its values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from nhanlucso.exchange.sheets.grids import Grid
from nhanlucso.exchange.sheets.meanings import Field
from nhanlucso.exchange.sheets.paths import Column

# The keys of a row as printed, in their order.
KEYS = (
    *("full_name", "birth_date", "sex", "title", "unit", "phone", "national_id", "email"),
    *("course", "progress", "score", "passed", "completed_at", "marks"),
    *("count", "qualifier", "audience", "date"),
)


@dataclass(slots=True)
class SheetRow:
    """One person of one table, or one unit with a head count. `row` is 1-based in the sheet; `has` are its keys.

    `birth_date` is an ISO date or a year; `progress` is in per cent, `score` in the scale of the sheet. `category`
    and `enrolled_at` are read for the import and not printed. `count`, `qualifier` (exact, about, over, nearly,
    under), `audience` and `date` (ISO) are of head counts alone.
    """

    sheet: str
    row: int
    has: frozenset[str]
    full_name: str | None = None
    birth_date: str | None = None
    sex: str | None = None
    title: str | None = None
    unit: str | None = None
    phone: str | None = None
    national_id: str | None = None
    email: str | None = None
    course: str | None = None
    progress: float | None = None
    score: float | None = None
    passed: bool | None = None
    completed_at: str | None = None
    marks: dict[str, str] = field(default_factory=dict)
    count: int | None = None
    qualifier: str | None = None
    audience: str | None = None
    date: str | None = None
    category: str | None = None
    enrolled_at: str | None = None

    def as_json(self) -> dict[str, object]:
        printed = {key: getattr(self, key) for key in KEYS if key in self.has}
        return {"sheet": self.sheet, "row": self.row, **printed}


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose columns are understood: the columns of each field, and the rows (0-based) with their group."""

    grid: Grid
    fields: Mapping[Field, tuple[Column, ...]]
    days: Mapping[str, Column]  # key of a half day -> its column
    people: Sequence[tuple[int, str]]
    unit: str = ""  # what the name of the sheet says
    course: str = ""  # what the title says
    undated: bool = False  # whether it has columns of marks without a day
    top: int = 0  # the first row of the headings
    body: int = 0  # the first row below them
    last: int = 0  # the last row before the next table or the end of the sheet
    signature: tuple[tuple[str, ...], ...] = ()  # the headings of all columns

    @property
    def counts(self) -> bool:
        """Whether its rows are numbers of people, not people."""
        names = (Field.FULL_NAME, Field.FAMILY_NAME, Field.GIVEN_NAME, Field.EMAIL)
        return Field.COUNT in self.fields and not any(name in self.fields for name in names)
