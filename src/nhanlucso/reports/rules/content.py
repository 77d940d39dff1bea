"""What a report is written from: figures and records of one unit and period, already read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from nhanlucso.indicators.rules import Figure
from nhanlucso.reports.rules.naming import Body

Figures = Mapping[str, Figure]


@dataclass(frozen=True, slots=True)
class Act:
    """A law, decree or decision that may be cited in [valid_from, valid_to]; `indicators`: only beside these.

    `role`: `basis` (a report stands on it) or `task` (it is carried out).
    """

    number: str
    role: str
    words: str
    valid_from: date
    valid_to: date
    indicators: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StandingBody:
    """The body in charge of digital transformation at a level of administration, with validity."""

    kind: str
    name: str
    valid_from: date
    valid_to: date


@dataclass(frozen=True, slots=True)
class Issued:
    """A plan, directive or programme as issued. `issuer` in words; what is unknown is empty."""

    number: str
    title: str
    issuer: str
    issued_on: date | None = None


@dataclass(frozen=True, slots=True)
class TargetLine:
    """A target of the year. `owner`: the ancestor that the target was set for, None for the unit itself.

    `figure` is of the year up to the end of the period; None where no declared indicator has the target's code.
    """

    code: str
    value: float | None
    comparator: str
    plan: Issued
    quote: str = ""
    owner: Body | None = None
    figure: Figure | None = None


@dataclass(frozen=True, slots=True)
class Hosted:
    """What one body held in the period: whoever came, from wherever they are.

    `attendances`: distinct (person, class) of the lists plus head counts; `counted_only`: of these, head counts.
    """

    body: Body
    rounds: int
    forms: Mapping[str, int]
    modes: frozenset[str]
    attendances: int
    counted_only: int
    qualifier: str
    audiences: tuple[str, ...]
    topics: tuple[str, ...]
    contests: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Child:
    """A child of the unit with its figures: of the period, and of the year up to the end of the period."""

    body: Body
    figures: Figures
    to_date: Figures


@dataclass(frozen=True, slots=True)
class Board:
    """The steering board of the unit on the date of the report."""

    name: str
    standing: str
    decision: str


@dataclass(frozen=True, slots=True)
class Content:
    """Everything a report of one unit says.

    `line`: the unit and its ancestors, nearest first. `on`: the date whose law and bodies hold. `figures` are of
    `window`, `to_date` of `year_window`, from the first day of the year to the same end. `estimated_on`: the day of
    the figures where the period has not ended yet. `audience`, `learners`: who attended, who learned online.
    """

    kind: str
    label: str
    window: tuple[date, date]
    year_window: tuple[date, date]
    year: int
    calendar: str
    on: date
    line: tuple[Body, ...]
    figures: Figures
    to_date: Figures
    children: tuple[Child, ...]
    hidden_children: int
    targets: tuple[TargetLine, ...]
    programmes: tuple[Issued, ...]
    plans: tuple[Issued, ...]
    issued: tuple[Issued, ...]
    board: Board | None
    hosted: tuple[Hosted, ...]
    audience: str
    learners: str
    channels: Mapping[str, int]
    fields: Mapping[str, int]
    as_of: datetime
    build: str
    catalogue_version: int
    estimated_on: date | None = None

    @property
    def body(self) -> Body:
        return self.line[0]

    @property
    def sums_up_year(self) -> bool:
        """Whether shares are read over the year so far, because the period begins inside it."""
        return self.window != self.year_window
