"""The files of a bundle, declared: model, key, columns. Order of FILES = order of import: nothing refers forward."""

from __future__ import annotations

from nhanlucso.courses.enums import CountsFor, Delivery
from nhanlucso.courses.models import Course
from nhanlucso.exchange.bundle.cells import (
    Birth,
    Cell,
    Choice,
    Flags,
    IdentityNumber,
    Moment,
    Number,
    PersonName,
    Ref,
    Refs,
    Truth,
    UnitName,
    Whole,
)
from nhanlucso.exchange.bundle.columns import (
    VALID,
    VALIDITY,
    Column,
    FileSpec,
    Placed,
    day_column,
    id_column,
    ref_column,
    text_column,
    whole_column,
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

UNITS = FileSpec(
    "units",
    UnitVersion,
    ("id", "valid_from"),
    (
        Column("id", Ref(("unit_id",), "units"), required=True),
        text_column("code"),
        Column("name", UnitName(("name", "name_folded")), required=True),
        Column("kind", Choice(("kind",), UnitKind), required=True),
        ref_column("parent_id", "parent", "units"),
        *VALID,
        text_column("catalogue_key", "unit__catalogue_key"),
    ),
    owner=Unit,
    whole=True,
)
UNIT_CHANGES = FileSpec(
    "unit_changes",
    UnitChange,
    ("id", "from_id", "to_id"),
    (
        id_column(),
        Column("kind", Choice(("kind",), ChangeKind), required=True),
        day_column("date", required=True),
        ref_column("from_id", "from_unit", "units"),
        ref_column("to_id", "to_unit", "units"),
        text_column("document"),
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
            id_column(),
            Column("full_name", PersonName(("full_name", "name_folded", "name_key")), required=True),
            Column("birth_date", Birth(("birth",))),
            Column("sex", Choice(("sex",), Sex)),
            Column("national_id", IdentityNumber(("national_id_cipher", "national_id_hash"))),
            text_column("phone"),
            text_column("email"),
        ),
    ),
    FileSpec(
        "posts",
        Post,
        ("id",),
        (
            id_column(),
            ref_column("person_id", "person", "people", required=True),
            ref_column("unit_id", "unit", "units", required=True),
            text_column("title"),
            Column("category", Choice(("category",), Category)),
            Column("is_leader", Truth(("is_leader",))),
            Column("is_main", Truth(("is_main",))),
            Column("duties", Flags(tuple(Duty.values), Duty)),
            *VALID,
            text_column("qualification"),
        ),
        placed=Placed("unit_id", *VALIDITY),
    ),
    FileSpec(
        "programmes",
        Programme,
        ("id",),
        (
            id_column(),
            text_column("number"),
            text_column("title"),
            text_column("issuer"),
            day_column("issued_on"),
            *VALID,
        ),
    ),
    FileSpec(
        "plans",
        Plan,
        ("id",),
        (
            id_column(),
            text_column("number"),
            text_column("title"),
            ref_column("issuer_unit_id", "issuer_unit", "units"),
            day_column("issued_on"),
            *VALID,
            ref_column("programme_id", "programme", "programmes"),
        ),
        placed=Placed("issuer_unit_id", "issued_on", "issued_on"),
    ),
    FileSpec(
        "activities",
        Activity,
        ("id",),
        (
            id_column(),
            ref_column("plan_id", "plan", "plans", required=True),
            text_column("title"),
            ref_column("lead_unit_id", "lead_unit", "units"),
            Column("partner_unit_ids", Refs(("partner_units",), "units")),
            day_column("starts_on"),
            day_column("ends_on"),
        ),
        in_order=(("starts_on", "ends_on"),),
    ),
    FileSpec(
        "directives",
        Directive,
        ("id",),
        (
            id_column(),
            text_column("number"),
            text_column("title"),
            ref_column("issuer_unit_id", "issuer_unit", "units"),
            day_column("issued_on"),
            ref_column("plan_id", "plan", "plans"),
        ),
        placed=Placed("issuer_unit_id", "issued_on", "issued_on"),
    ),
    FileSpec(
        "targets",
        Target,
        ("id",),
        (
            id_column(),
            ref_column("plan_id", "plan", "plans", required=True),
            Column("indicator", Cell(("indicator",)), required=True),
            ref_column("unit_id", "unit", "units", required=True),
            Column("year", Whole(("year",), 1, 9999), required=True),
            Column("value", Number(("value",))),
            Column("comparator", Choice(("comparator",), Comparator)),
            text_column("quote"),
        ),
    ),
    FileSpec(
        "boards",
        Board,
        ("id",),
        (
            id_column(),
            ref_column("unit_id", "unit", "units", required=True),
            text_column("name"),
            ref_column("standing_unit_id", "standing_unit", "units"),
            text_column("decision"),
            *VALID,
        ),
        placed=Placed("unit_id", *VALIDITY),
    ),
    FileSpec(
        "board_members",
        BoardMember,
        ("board_id", "person_id", "valid_from"),
        (
            ref_column("board_id", "board", "boards", required=True),
            ref_column("person_id", "person", "people", required=True),
            Column("role", Choice(("role",), BoardRole)),
            *VALID,
        ),
    ),
    FileSpec(
        "courses",
        Course,
        ("id",),
        (
            id_column(),
            text_column("title"),
            text_column("topics"),
            Column(
                "counts_for",
                Flags(tuple(f"counts_{word}" for word in CountsFor.values), CountsFor, "counts_"),
            ),
            Column("delivery", Choice(("delivery",), Delivery)),
            whole_column("periods"),
        ),
    ),
    FileSpec(
        "classes",
        TrainingClass,
        ("id",),
        (
            id_column(),
            ref_column("course_id", "course", "courses"),
            text_column("title"),
            Column("form", Choice(("form",), Form)),
            Column("mode", Choice(("mode",), Mode)),
            ref_column("host_unit_id", "host_unit", "units"),
            Column("co_host_unit_ids", Refs(("co_host_units",), "units")),
            text_column("round"),
            whole_column("capacity"),
            ref_column("activity_id", "activity", "activities"),
        ),
    ),
    FileSpec(
        "sessions",
        ClassSession,
        ("id",),
        (
            id_column(),
            ref_column("class_id", "training_class", "classes", required=True),
            Column("starts_at", Moment(("starts_at",)), required=True),
            Column("ends_at", Moment(("ends_at",))),
            text_column("place"),
        ),
        placed=Placed("class_id", "starts_at", "starts_at"),
        in_order=(("starts_at", "ends_at"),),
    ),
    FileSpec(
        "attendance",
        Attendance,
        ("session_id", "person_id"),
        (
            ref_column("session_id", "session", "sessions", required=True),
            ref_column("person_id", "person", "people", required=True),
            Column("status", Choice(("status",), Mark)),
            Column("recorded_at", Moment(("recorded_at",))),
        ),
    ),
    FileSpec(
        "invitations",
        Invitation,
        ("class_id", "person_id"),
        (
            ref_column("class_id", "training_class", "classes", required=True),
            ref_column("person_id", "person", "people", required=True),
            Column("invited_at", Moment(("invited_at",))),
        ),
    ),
    FileSpec(
        "headcounts",
        HeadCount,
        ("id",),
        (
            id_column(),
            ref_column("class_id", "training_class", "classes"),
            ref_column("unit_id", "unit", "units", required=True),
            text_column("audience"),
            whole_column("count"),
            Column("qualifier", Choice(("qualifier",), Qualifier)),
            day_column("date", required=True),
        ),
        placed=Placed("unit_id", "date", "date"),
    ),
    FileSpec(
        "results",
        CourseResult,
        ("id",),
        (
            id_column(),
            ref_column("person_id", "person", "people", required=True),
            ref_column("course_id", "course", "courses", required=True),
            day_column("enrolled_at"),
            day_column("completed_at"),
            Column("score", Number(("score",), 0, 10)),
            Column("passed", Truth(("passed",))),
            text_column("source", "platform"),
        ),
    ),
    FileSpec(
        "teams",
        Team,
        ("id",),
        (
            id_column(),
            ref_column("unit_id", "unit", "units", required=True),
            text_column("name"),
            text_column("decision"),
            *VALID,
        ),
        placed=Placed("unit_id", *VALIDITY),
    ),
    FileSpec(
        "team_members",
        TeamMember,
        ("team_id", "person_id", "valid_from"),
        (
            ref_column("team_id", "team", "teams", required=True),
            ref_column("person_id", "person", "people", required=True),
            Column("role", Choice(("role",), TeamRole)),
            *VALID,
        ),
        placed=Placed("team_id", *VALIDITY),
    ),
    FileSpec(
        "assists",
        Assist,
        ("id",),
        (
            id_column(),
            ref_column("team_id", "team", "teams", required=True),
            day_column("date", required=True),
            Column("field", Choice(("field",), ServiceField)),
            whole_column("people"),
            Column("outcome", Choice(("outcome",), Outcome)),
        ),
        placed=Placed("team_id", "date", "date"),
    ),
    FileSpec(
        "outreach",
        OutreachItem,
        ("id",),
        (
            id_column(),
            ref_column("unit_id", "unit", "units", required=True),
            Column("channel", Choice(("channel",), Channel)),
            day_column("date", required=True),
            text_column("title"),
            whole_column("count"),
        ),
        placed=Placed("unit_id", "date", "date"),
    ),
)
BY_NAME = {spec.name: spec for spec in FILES}
