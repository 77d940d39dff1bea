"""What the interface tells of records. Ids are those of the exchange bundle: opaque, `source:ID` where that is needed.

Names here are fixed: a field may be added, none changes its meaning.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Literal

from django.utils.translation import gettext_lazy as _

from nhanlucso.web.api.v1.shapes import Says

UnitKind = Literal[
    "country",
    "province",
    "district",
    "commune",
    "village",
    "agency",
    "division",
    "service_unit",
    "enterprise",
]
Mark = Literal["present", "late", "excused", "absent", ""]
State = Literal["enrolled", "completed", "passed", "failed"]
Text = Annotated[str, Says(most=200)]


@dataclass(frozen=True, slots=True)
class UnitVersionRow:
    """What a unit was called and where it stood, from day to day; null: since ever, still."""

    code: str
    name: str
    kind: UnitKind
    parent_id: str | None
    valid_from: date | None
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit as it stands on the day asked for."""

    id: str
    code: str
    name: str
    kind: UnitKind
    parent_id: str | None
    valid_from: date | None
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class UnitFile:
    """A unit through all its versions, the oldest first."""

    id: str
    versions: list[UnitVersionRow]


@dataclass(frozen=True, slots=True)
class PostRow:
    """A post within reach that is held on the day asked for."""

    id: str
    unit_id: str
    title: str
    category: str
    is_leader: bool | None
    is_main: bool | None
    duties: list[str]
    valid_from: date | None
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class PersonRow:
    """Somebody, with what identifies them masked; identity numbers are never told."""

    id: str
    full_name: str
    birth_year: str
    sex: Literal["m", "f", ""]
    phone: Annotated[str, Says(_("Che, chỉ còn ba số cuối."))]
    email: Annotated[str, Says(_("Che phần tên."))]
    posts: list[PostRow]


@dataclass(frozen=True, slots=True)
class CourseRow:
    """A course; `periods` are teaching periods of 45 minutes."""

    id: str
    title: str
    counts_for: list[str]
    delivery: Literal["class", "self_paced", ""]
    periods: int | None


@dataclass(frozen=True, slots=True)
class ClassRow:
    """A class or conference; `people`: how many stand on its roster."""

    id: str
    title: str
    course_id: str | None
    form: str
    mode: str
    host_unit_id: str | None
    round: str
    capacity: int | None
    first_day: date | None
    last_day: date | None
    people: int


@dataclass(frozen=True, slots=True)
class SessionRow:
    """One meeting of a class."""

    id: str
    class_id: str
    starts_at: datetime
    ends_at: datetime | None
    place: str


@dataclass(frozen=True, slots=True)
class MarkRow:
    """What is known of a person in a session; an empty status: on the roster, nothing recorded."""

    person_id: str
    status: Mark
    recorded_at: datetime | None


@dataclass(frozen=True, slots=True)
class SessionMarks:
    """The marks of a session that are in reach, in one piece, so that one ETag speaks for all of them."""

    session_id: str
    marks: list[MarkRow]


@dataclass(frozen=True, slots=True)
class CompletionRow:
    """How many sessions of a class somebody came to; completed from four in five on."""

    person_id: str
    attended: int
    sessions: int
    completed: bool


@dataclass(frozen=True, slots=True)
class ResultRow:
    """What a platform says of a person in a course. Enrolment is not completion."""

    id: str
    person_id: str
    course_id: str
    state: State
    enrolled_at: date | None
    completed_at: date | None
    score: float | None
    passed: bool | None
    platform: str


@dataclass(frozen=True, slots=True)
class ProgrammeRow:
    """What plans carry out."""

    id: str
    number: str
    title: str
    issuer: str
    issued_on: date | None


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A plan that binds or names a unit in reach."""

    id: str
    number: str
    title: str
    programme_id: str | None
    issuer_unit_id: str | None
    issued_on: date | None
    valid_from: date | None
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class TargetRow:
    """A figure to be reached by a unit in a year."""

    id: str
    plan_id: str
    indicator: str
    unit_id: str
    year: int
    value: float | None
    comparator: str
    quote: str


@dataclass(frozen=True, slots=True)
class TeamRow:
    """A team, with how many are on it today."""

    id: str
    unit_id: str
    name: str
    decision: str
    members: int
    valid_from: date | None
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A figure in the shape of the exchange contract; `passport`: how many rows stand behind it, by group."""

    indicator: str
    unit_id: str
    period: str
    window: list[date]
    tree: date
    value: float | None
    numerator: int | None
    denominator: int | None
    qualifier: Literal["exact", "about", "over", "nearly", "under"]
    low: float | None
    high: float | None
    unallocated: int
    unit: str
    definition_version: int | str
    as_of: str
    passport: dict[str, int] | None = None


@dataclass(frozen=True, slots=True)
class Figures:
    """All figures asked for, from one and the same state of the records."""

    items: list[FigureRow]


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """The definition of an indicator as it holds today."""

    code: str
    name: str
    definition: str
    unit: str
    definition_version: int | str


@dataclass(frozen=True, slots=True)
class Indicators:
    """The whole catalogue."""

    items: list[IndicatorRow]


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A report on its way; `revision`: the number of the last submission, 0 before the first."""

    id: int
    unit_id: str
    kind: str
    period: str
    calendar: Literal["decree", "civil"]
    tree: str
    state: Literal["draft", "checked", "submitted", "returned", "approved", "accepted"]
    revision: int


@dataclass(frozen=True, slots=True)
class PublishedFigure:
    """A figure as it was approved."""

    indicator: str
    value: float | None
    qualifier: str
    low: float | None
    high: float | None
    unit: str


@dataclass(frozen=True, slots=True)
class ReportFile:
    """A report with the figures of its period in the revision that was approved last; none before."""

    report: ReportRow
    approved_revision: int | None
    as_of: datetime | None
    figures: list[PublishedFigure]


@dataclass(frozen=True, slots=True)
class MarkSent:
    """A mark; `seen`: the one that the sender last read, so that a mark of somebody else is not written over."""

    person_id: Text
    status: Mark
    seen: Mark | None = None


@dataclass(frozen=True, slots=True)
class MarksSent:
    """Marks of people who are invited to the class or on its roster."""

    marks: Annotated[list[MarkSent], Says(least=1, most=1000)]


@dataclass(frozen=True, slots=True)
class MarksDone:
    """Ids of people. `crossed`: another mark came between; nothing was written for them."""

    written: list[str]
    same: list[str]
    crossed: list[str]


@dataclass(frozen=True, slots=True)
class ResultSent:
    """What somebody reached, and on which day; scores from 0 to 10."""

    person_id: Text
    state: State
    day: date
    score: Annotated[float | None, Says(least=0, most=10)] = None


@dataclass(frozen=True, slots=True)
class ResultsSent:
    """What several people reached in one course."""

    course_id: Text
    results: Annotated[list[ResultSent], Says(least=1, most=1000)]
    platform: Annotated[str, Says(_("Nền tảng học báo kết quả."), most=100)] = ""


@dataclass(frozen=True, slots=True)
class ResultsDone:
    """How many results were made, brought up to date, and stood so already."""

    made: int
    changed: int
    same: int


@dataclass(frozen=True, slots=True)
class ResultChange:
    """What a result is to say from now on."""

    state: State
    day: date
    score: Annotated[float | None, Says(least=0, most=10)] = None
    enrolled_at: date | None = None
    platform: Annotated[str, Says(most=100)] = ""
