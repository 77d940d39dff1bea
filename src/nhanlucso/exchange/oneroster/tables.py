"""The files of a OneRoster 1.2 package, declared: columns in their order, what must be filled, what refers to what."""

from __future__ import annotations

from dataclasses import dataclass

VERSION = "1.2"
MANIFEST_VERSION = "1.0"
MANIFEST = "manifest.csv"
OWN_SYSTEM = "nhanlucso"
OWN = "metadata.nhanlucso."  # columns of our own, after those of the standard

TEXT, DAY, YEAR, FLAG, NUMBER = "text", "day", "year", "flag", "number"
STATUSES = ("active", "tobedeleted")


@dataclass(frozen=True, slots=True)
class Field:
    """A column. `refers`: the file whose ids stand here (`many`: several, by comma); `words`: the words it may hold
    beside `ext:…`; `spared`: some producers leave the column out."""

    name: str
    filled: bool = False
    kind: str = TEXT
    refers: str = ""
    many: bool = False
    words: tuple[str, ...] = ()
    spared: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A file: its name without «.csv», its columns; the first is the key."""

    name: str
    fields: tuple[Field, ...]

    @property
    def file(self) -> str:
        return f"{self.name}.csv"

    @property
    def head(self) -> list[str]:
        return [field.name for field in self.fields]


def _must(name: str, kind: str = TEXT) -> Field:
    return Field(name, filled=True, kind=kind)


def _one_of(name: str, *words: str, filled: bool = True) -> Field:
    return Field(name, filled=filled, words=words)


def _ref(name: str, target: str, *, filled: bool = True, many: bool = False) -> Field:
    return Field(name, filled=filled, refers=target, many=many)


def _table(name: str, *fields: Field | str, key: Field | None = None) -> Table:
    """A file whose rows begin as all rows do; a bare name is an optional text."""
    common = (
        key or _must("sourcedId"),
        _one_of("status", *STATUSES, filled=False),
        Field("dateLastModified"),
    )
    return Table(name, common + tuple(Field(one) if isinstance(one, str) else one for one in fields))


SEXES = ("male", "female", "unspecified", "other")
ORG_TYPES = ("department", "school", "district", "local", "state", "national")
ROLES = (
    "administrator", "aide", "counselor", "districtAdministrator", "guardian", "parent", "principal", "proctor",
    "relative", "siteAdministrator", "student", "systemAdministrator", "teacher",
)  # fmt: skip
EXEMPT, GRADED, NOT_SUBMITTED, PARTIAL, SUBMITTED = (
    "exempt", "fully graded", "not submitted", "partially graded", "submitted",
)  # fmt: skip

ACADEMIC_SESSIONS = _table(
    "academicSessions",
    _must("title"),
    _one_of("type", "gradingPeriod", "semester", "schoolYear", "term"),
    _must("startDate", DAY),
    _must("endDate", DAY),
    _ref("parentSourcedId", "academicSessions", filled=False),
    _must("schoolYear", YEAR),
)
ORGS = _table(
    "orgs",
    _must("name"),
    _one_of("type", *ORG_TYPES),
    "identifier",
    _ref("parentSourcedId", "orgs", filled=False),
)
COURSES = _table(
    "courses",
    _ref("schoolYearSourcedId", "academicSessions", filled=False),
    _must("title"),
    "courseCode",
    "grades",
    _ref("orgSourcedId", "orgs"),
    "subjects",
    "subjectCodes",
)
CLASSES = _table(
    "classes",
    _must("title"),
    "grades",
    _ref("courseSourcedId", "courses"),
    "classCode",
    _one_of("classType", "homeroom", "scheduled"),
    "location",
    _ref("schoolSourcedId", "orgs"),
    _ref("termSourcedIds", "academicSessions", many=True),
    "subjects",
    "subjectCodes",
    "periods",
)
USERS = _table(
    "users",
    Field("enabledUser", filled=True, kind=FLAG),
    _must("username"),
    "userIds",
    _must("givenName"),
    _must("familyName"),
    "middleName",
    "identifier",
    "email",
    "sms",
    "phone",
    _ref("agentSourcedIds", "users", filled=False, many=True),
    "grades",
    "password",
    "userMasterIdentifier",
    Field("resourceSourcedIds", spared=True),
    "preferredGivenName",
    "preferredMiddleName",
    "preferredFamilyName",
    _ref("primaryOrgSourcedId", "orgs", filled=False),
    "pronouns",
)
ROLES_OF_USERS = _table(
    "roles",
    _ref("userSourcedId", "users"),
    _one_of("roleType", "primary", "secondary"),
    _one_of("role", *ROLES),
    Field("beginDate", kind=DAY),
    Field("endDate", kind=DAY),
    _ref("orgSourcedId", "orgs"),
    _ref("userProfileSourcedId", "userProfiles", filled=False),
)
USER_PROFILES = _table(
    "userProfiles",
    _ref("userSourcedId", "users"),
    _must("profileType"),
    _must("vendorId"),
    "applicationId",
    "description",
    _must("credentialType"),
    _must("username"),
    "password",
)
DEMOGRAPHICS = _table(
    "demographics",
    Field("birthDate", kind=DAY),
    _one_of("sex", *SEXES, filled=False),
    *(
        Field(name, kind=FLAG)
        for name in (
            "americanIndianOrAlaskaNative", "asian", "blackOrAfricanAmerican", "nativeHawaiianOrOtherPacificIslander",
            "white", "demographicRaceTwoOrMoreRaces", "hispanicOrLatinoEthnicity",
        )
    ),
    "countryOfBirthCode",
    "stateOfBirthAbbreviation",
    "cityOfBirth",
    "publicSchoolResidenceStatus",
    key=_ref("sourcedId", "users"),
)  # fmt: skip
ENROLLMENTS = _table(
    "enrollments",
    _ref("classSourcedId", "classes"),
    _ref("schoolSourcedId", "orgs"),
    _ref("userSourcedId", "users"),
    _one_of("role", "administrator", "proctor", "student", "teacher"),
    Field("primary", kind=FLAG),
    Field("beginDate", kind=DAY),
    Field("endDate", kind=DAY),
)
CATEGORIES = _table("categories", _must("title"), Field("weight", kind=NUMBER))
LINE_ITEMS = _table(
    "lineItems",
    _must("title"),
    "description",
    _must("assignDate", DAY),
    _must("dueDate", DAY),
    _ref("classSourcedId", "classes"),
    _ref("categorySourcedId", "categories"),
    _ref("academicSessionSourcedId", "academicSessions"),
    Field("resultValueMin", kind=NUMBER),
    Field("resultValueMax", kind=NUMBER),
    _ref("schoolSourcedId", "orgs"),
)
RESULTS = _table(
    "results",
    _ref("lineItemSourcedId", "lineItems"),
    _ref("studentSourcedId", "users"),
    _one_of("scoreStatus", EXEMPT, GRADED, NOT_SUBMITTED, PARTIAL, SUBMITTED),
    Field("score", kind=NUMBER),
    _must("scoreDate", DAY),
    "comment",
    "textScore",
    _ref("classSourcedId", "classes", filled=False),
    *(Field(name, kind=FLAG) for name in ("inProgress", "incomplete", "late", "missing")),
)

TABLES = (
    ACADEMIC_SESSIONS, ORGS, COURSES, USERS, USER_PROFILES, ROLES_OF_USERS, DEMOGRAPHICS, CLASSES, ENROLLMENTS,
    CATEGORIES, LINE_ITEMS, RESULTS,
)  # fmt: skip
"""Those that are read, in an order in which nothing refers forward (but to rows of its own file)."""

PASSED_OVER = (
    "classResources", "courseResources", "lineItemLearningObjectiveIds", "lineItemScoreScales", "resources",
    "resultLearningObjectiveIds", "resultScoreScales", "scoreScales", "userResources",
)  # fmt: skip
"""Those of the standard that hold nothing that is kept here: named in the outcome, not read."""

NAMES = tuple(sorted([table.name for table in TABLES] + list(PASSED_OVER), key=str.casefold))
