"""The files of a bundle, declared: model, key, columns. Order of FILES = order of import: nothing refers forward."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db.models import Model

from nhanlucso.courses.enums import CountsFor, Delivery
from nhanlucso.courses.models import Course
from nhanlucso.exchange.bundle.cells import (
    Birth,
    Cell,
    Choice,
    Day,
    Flags,
    Id,
    IdentityNumber,
    Moment,
    Number,
    PersonName,
    Ref,
    Refs,
    SpanEnd,
    SpanStart,
    Truth,
    UnitName,
    Whole,
)
from nhanlucso.learning.models import CourseResult
from nhanlucso.orgs.enums import ChangeKind, UnitKind
from nhanlucso.orgs.models import Unit, UnitChange, UnitVersion
from nhanlucso.outreach.enums import Channel
from nhanlucso.outreach.models import OutreachItem
from nhanlucso.people.enums import Category, Duty, Sex
from nhanlucso.people.models import Person, Post
from nhanlucso.plans.enums import BoardRole, Comparator
from nhanlucso.plans.models import Activity, Board, BoardMember, Directive, Plan, Programme, Target
from nhanlucso.teams.enums import Outcome, ServiceField, TeamRole
from nhanlucso.teams.models import Assist, Team, TeamMember
from nhanlucso.training.enums import Form, Mark, Mode, Qualifier
from nhanlucso.training.models import Attendance, ClassSession, HeadCount, Invitation, TrainingClass


@dataclass(frozen=True, slots=True)
class Column:
    """A column; `required`: the column must be there and its cells filled."""

    name: str
    cell: Cell
    required: bool = False


@dataclass(frozen=True, slots=True)
class Placed:
    """The unit, team or class that a fact belongs to, and the columns that say when (first and last day)."""

    column: str
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class FileSpec:
    """One file. `owner` is the model that the ids of the file name, where that is not `model` itself.

    `whole`: read and checked as one, since its rows depend on each other. `in_order`: pairs of columns of which
    the second should not lie before the first.
    """

    name: str
    model: type[Model]
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    owner: type[Model] | None = None
    placed: Placed | None = None
    in_order: tuple[tuple[str, str], ...] = ()
    whole: bool = False
    by_name: dict[str, Column] = field(init=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_name", {column.name: column for column in self.columns})

    @property
    def file(self) -> str:
        return f"{self.name}.csv"

    @property
    def identified(self) -> type[Model]:
        """The model whose records the ids of this file name."""
        return self.owner or self.model


def _id() -> Column:
    return Column("id", Id(("origin", "uid")), required=True)


def _ref(name: str, field_name: str, target: str, *, required: bool = False) -> Column:
    return Column(name, Ref((f"{field_name}_id",), target), required)


def _text(name: str, field_name: str = "") -> Column:
    return Column(name, Cell((field_name or name,)))


def _day(name: str, *, required: bool = False) -> Column:
    return Column(name, Day((name,)), required)


def _whole(name: str, **bounds: int) -> Column:
    return Column(name, Whole((name,), **bounds))


_VALID = (Column("valid_from", SpanStart(("valid_from",))), Column("valid_to", SpanEnd(("valid_to",))))
_LASTS = ("valid_from", "valid_to")

UNITS = FileSpec(
    "units",
    UnitVersion,
    ("id", "valid_from"),
    (
        Column("id", Ref(("unit_id",), "units"), required=True),
        _text("code"),
        Column("name", UnitName(("name", "name_folded")), required=True),
        Column("kind", Choice(("kind",), UnitKind), required=True),
        _ref("parent_id", "parent", "units"),
        *_VALID,
        _text("catalogue_key", "unit__catalogue_key"),
    ),
    owner=Unit,
    whole=True,
)
UNIT_CHANGES = FileSpec(
    "unit_changes",
    UnitChange,
    ("id", "from_id", "to_id"),
    (
        _id(),
        Column("kind", Choice(("kind",), ChangeKind), required=True),
        _day("date", required=True),
        _ref("from_id", "from_unit", "units"),
        _ref("to_id", "to_unit", "units"),
        _text("document"),
    ),
    whole=True,
)

FILES: tuple[FileSpec, ...] = (
    UNITS,
    UNIT_CHANGES,
    FileSpec(
        "people",
        Person,
        ("id",),
        (
            _id(),
            Column("full_name", PersonName(("full_name", "name_folded", "name_key")), required=True),
            Column("birth_date", Birth(("birth",))),
            Column("sex", Choice(("sex",), Sex)),
            Column("national_id", IdentityNumber(("national_id_cipher", "national_id_hash"))),
            _text("phone"),
            _text("email"),
        ),
    ),
    FileSpec(
        "posts",
        Post,
        ("id",),
        (
            _id(),
            _ref("person_id", "person", "people", required=True),
            _ref("unit_id", "unit", "units", required=True),
            _text("title"),
            Column("category", Choice(("category",), Category)),
            Column("is_leader", Truth(("is_leader",))),
            Column("is_main", Truth(("is_main",))),
            Column("duties", Flags(tuple(Duty.values), Duty)),
            *_VALID,
            _text("qualification"),
        ),
        placed=Placed("unit_id", *_LASTS),
    ),
    FileSpec(
        "programmes",
        Programme,
        ("id",),
        (_id(), _text("number"), _text("title"), _text("issuer"), _day("issued_on"), *_VALID),
    ),
    FileSpec(
        "plans",
        Plan,
        ("id",),
        (
            _id(),
            _text("number"),
            _text("title"),
            _ref("issuer_unit_id", "issuer_unit", "units"),
            _day("issued_on"),
            *_VALID,
            _ref("programme_id", "programme", "programmes"),
        ),
        placed=Placed("issuer_unit_id", "issued_on", "issued_on"),
    ),
    FileSpec(
        "activities",
        Activity,
        ("id",),
        (
            _id(),
            _ref("plan_id", "plan", "plans", required=True),
            _text("title"),
            _ref("lead_unit_id", "lead_unit", "units"),
            Column("partner_unit_ids", Refs(("partner_units",), "units")),
            _day("starts_on"),
            _day("ends_on"),
        ),
        in_order=(("starts_on", "ends_on"),),
    ),
    FileSpec(
        "directives",
        Directive,
        ("id",),
        (
            _id(),
            _text("number"),
            _text("title"),
            _ref("issuer_unit_id", "issuer_unit", "units"),
            _day("issued_on"),
            _ref("plan_id", "plan", "plans"),
        ),
        placed=Placed("issuer_unit_id", "issued_on", "issued_on"),
    ),
    FileSpec(
        "targets",
        Target,
        ("id",),
        (
            _id(),
            _ref("plan_id", "plan", "plans", required=True),
            Column("indicator", Cell(("indicator",)), required=True),
            _ref("unit_id", "unit", "units", required=True),
            Column("year", Whole(("year",), 1, 9999), required=True),
            Column("value", Number(("value",))),
            Column("comparator", Choice(("comparator",), Comparator)),
            _text("quote"),
        ),
    ),
    FileSpec(
        "boards",
        Board,
        ("id",),
        (
            _id(),
            _ref("unit_id", "unit", "units", required=True),
            _text("name"),
            _ref("standing_unit_id", "standing_unit", "units"),
            _text("decision"),
            *_VALID,
        ),
        placed=Placed("unit_id", *_LASTS),
    ),
    FileSpec(
        "board_members",
        BoardMember,
        ("board_id", "person_id", "valid_from"),
        (
            _ref("board_id", "board", "boards", required=True),
            _ref("person_id", "person", "people", required=True),
            Column("role", Choice(("role",), BoardRole)),
            *_VALID,
        ),
    ),
    FileSpec(
        "courses",
        Course,
        ("id",),
        (
            _id(),
            _text("title"),
            _text("topics"),
            Column(
                "counts_for",
                Flags(tuple(f"counts_{word}" for word in CountsFor.values), CountsFor, "counts_"),
            ),
            Column("delivery", Choice(("delivery",), Delivery)),
            _whole("periods"),
        ),
    ),
    FileSpec(
        "classes",
        TrainingClass,
        ("id",),
        (
            _id(),
            _ref("course_id", "course", "courses"),
            _text("title"),
            Column("form", Choice(("form",), Form)),
            Column("mode", Choice(("mode",), Mode)),
            _ref("host_unit_id", "host_unit", "units"),
            Column("co_host_unit_ids", Refs(("co_host_units",), "units")),
            _text("round"),
            _whole("capacity"),
            _ref("activity_id", "activity", "activities"),
        ),
    ),
    FileSpec(
        "sessions",
        ClassSession,
        ("id",),
        (
            _id(),
            _ref("class_id", "training_class", "classes", required=True),
            Column("starts_at", Moment(("starts_at",)), required=True),
            Column("ends_at", Moment(("ends_at",))),
            _text("place"),
        ),
        placed=Placed("class_id", "starts_at", "starts_at"),
        in_order=(("starts_at", "ends_at"),),
    ),
    FileSpec(
        "attendance",
        Attendance,
        ("session_id", "person_id"),
        (
            _ref("session_id", "session", "sessions", required=True),
            _ref("person_id", "person", "people", required=True),
            Column("status", Choice(("status",), Mark)),
            Column("recorded_at", Moment(("recorded_at",))),
        ),
    ),
    FileSpec(
        "invitations",
        Invitation,
        ("class_id", "person_id"),
        (
            _ref("class_id", "training_class", "classes", required=True),
            _ref("person_id", "person", "people", required=True),
            Column("invited_at", Moment(("invited_at",))),
        ),
    ),
    FileSpec(
        "headcounts",
        HeadCount,
        ("id",),
        (
            _id(),
            _ref("class_id", "training_class", "classes"),
            _ref("unit_id", "unit", "units", required=True),
            _text("audience"),
            _whole("count"),
            Column("qualifier", Choice(("qualifier",), Qualifier)),
            _day("date", required=True),
        ),
        placed=Placed("unit_id", "date", "date"),
    ),
    FileSpec(
        "results",
        CourseResult,
        ("id",),
        (
            _id(),
            _ref("person_id", "person", "people", required=True),
            _ref("course_id", "course", "courses", required=True),
            _day("enrolled_at"),
            _day("completed_at"),
            Column("score", Number(("score",), 0, 10)),
            Column("passed", Truth(("passed",))),
            _text("source", "platform"),
        ),
    ),
    FileSpec(
        "teams",
        Team,
        ("id",),
        (_id(), _ref("unit_id", "unit", "units", required=True), _text("name"), _text("decision"), *_VALID),
        placed=Placed("unit_id", *_LASTS),
    ),
    FileSpec(
        "team_members",
        TeamMember,
        ("team_id", "person_id", "valid_from"),
        (
            _ref("team_id", "team", "teams", required=True),
            _ref("person_id", "person", "people", required=True),
            Column("role", Choice(("role",), TeamRole)),
            *_VALID,
        ),
        placed=Placed("team_id", *_LASTS),
    ),
    FileSpec(
        "assists",
        Assist,
        ("id",),
        (
            _id(),
            _ref("team_id", "team", "teams", required=True),
            _day("date", required=True),
            Column("field", Choice(("field",), ServiceField)),
            _whole("people"),
            Column("outcome", Choice(("outcome",), Outcome)),
        ),
        placed=Placed("team_id", "date", "date"),
    ),
    FileSpec(
        "outreach",
        OutreachItem,
        ("id",),
        (
            _id(),
            _ref("unit_id", "unit", "units", required=True),
            Column("channel", Choice(("channel",), Channel)),
            _day("date", required=True),
            _text("title"),
            _whole("count"),
        ),
        placed=Placed("unit_id", "date", "date"),
    ),
)
BY_NAME = {spec.name: spec for spec in FILES}
