"""From a roster to a bundle: orgs, people and posts. What they study stands in `attending.py`.

A package of our own says exactly what it means in its columns; that of another maker is taken by the words of the
standard, its orgs and people are looked for among ours.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils.translation import gettext as _

from nhanlucso.courses.models import Course
from nhanlucso.exchange.bundle.report import Problems
from nhanlucso.exchange.oneroster.known import (
    NEW,
    SKIP,
    Decisions,
    PeopleFinder,
    decided,
    find_org,
    identity_of,
    links_of,
    name_of,
    stored_keys,
    units_by_key,
)
from nhanlucso.exchange.oneroster.made import Made
from nhanlucso.exchange.oneroster.naming import Key, is_own, key_of, system_of
from nhanlucso.exchange.oneroster.package import Line, Roster
from nhanlucso.exchange.oneroster.studying import NO_COURSE
from nhanlucso.exchange.oneroster.tables import COURSES, DEMOGRAPHICS, ORGS, OWN, ROLES_OF_USERS, USERS
from nhanlucso.kernel.clock import ALWAYS, EVER, day_of
from nhanlucso.kernel.errors import Detail, Refused
from nhanlucso.kernel.language import mark
from nhanlucso.orgs.enums import UnitKind
from nhanlucso.orgs.models import Unit
from nhanlucso.orgs.rules import History
from nhanlucso.people.models import Person, Post

_KINDS = {
    "national": UnitKind.COUNTRY,
    "state": UnitKind.PROVINCE,
    "district": UnitKind.DISTRICT,
    "local": UnitKind.COMMUNE,
    "school": UnitKind.SERVICE_UNIT,
    "department": UnitKind.DIVISION,
}
_NO_POST = frozenset({"guardian", "parent", "relative"})
_TITLES = {
    "teacher": mark("Giáo viên"),
    "student": mark("Học viên"),
    "principal": mark("Hiệu trưởng"),
    "administrator": mark("Quản lý"),
    "aide": mark("Trợ giảng"),
}
_NAMED = 5  # doubtful people whose ids are told


@dataclass
class Arrival:
    """What the translation of one roster shares: the bundle that is made, which records its ids mean, what was said."""

    roster: Roster
    past: History
    on: date
    decisions: Decisions
    category: str
    made: Made
    people: dict[str, Key] = field(default_factory=dict)  # users that are taken
    orgs: dict[str, Key] = field(default_factory=dict)
    courses: dict[str, Key] = field(default_factory=dict)
    links: dict[tuple[str, str], Key] = field(default_factory=dict)  # newly found: (table, sourcedId) -> ours
    notes: list[Detail] = field(default_factory=list)
    ambiguous: int = 0

    @property
    def own(self) -> bool:
        return is_own(self.roster)

    def key(self, sourced_id: str) -> Key:
        return key_of(self.roster, sourced_id)

    def note(self, message: str, file: str, line: int | None = None, column: str = "") -> None:
        self.notes.append(Detail(message, file, line, column))


def begin(roster: Roster, past: History, on: date, decisions: Decisions, category: str) -> Arrival:
    source = "" if is_own(roster) else system_of(roster)
    return Arrival(roster, past, on, decisions, category, Made(source), notes=list(roster.notes))


# -- orgs ----------------------------------------------------------------------------------------------------------


def take_orgs(arrival: Arrival) -> None:
    """Finds the unit of each org; one that is not here is made below its parent. Known units stay as they are: what
    becomes of units is for resolutions to say. Raises Refused("org_doubtful", "bad_decision")."""
    lines = {line["sourcedId"]: line for line in arrival.roster.of(ORGS)}
    stored = stored_keys(Unit, [arrival.key(uid) for uid in lines])
    linked = links_of(arrival.made.source, ORGS.name)
    units = units_by_key([*stored, *linked.values()])
    problems = Problems()
    for uid in _parents_first(lines):
        line = lines[uid]
        key = _known_org(arrival, uid, stored, linked)
        if key is None and not arrival.own and arrival.decisions.get((ORGS.name, uid)) != NEW:
            above = arrival.orgs.get(line["parentSourcedId"])
            found = find_org(arrival.past, arrival.on, line, units.get(above) if above else None)
            if found.doubt:
                words = _("%(why)s; nói rõ bằng --same orgs:%(id)s=MÃ-ĐƠN-VỊ (hoặc =new nếu là đơn vị mới).")
                detail = Detail(words % {"why": found.doubt, "id": uid}, ORGS.file, line.number, "name")
                problems.add("org_doubtful", detail)
                continue
            if found.unit is not None:
                row = Unit.objects.get(pk=found.unit)
                key = arrival.links[ORGS.name, uid] = (row.origin, row.uid)
        if key is not None:
            units |= units_by_key([key])
        else:
            key = arrival.key(uid)
            _make_unit(arrival, line, key)
        arrival.orgs[uid] = key
    _make_heirs(arrival)
    if problems:
        words = _("Có %(count)d đơn vị chưa rõ là đơn vị nào ở đây; chưa ghi gì.")
        raise Refused(problems.code, words % {"count": problems.count}, problems.details)


def _known_org(arrival: Arrival, uid: str, stored: set[Key], linked: dict[str, Key]) -> Key | None:
    said = decided(arrival.decisions, ORGS.name, uid, Unit)
    if isinstance(said, tuple):
        arrival.links[ORGS.name, uid] = said
        return said
    key = arrival.key(uid)
    return linked.get(uid) or (key if key in stored else None)


def _parents_first(lines: dict[str, Line]) -> Iterable[str]:
    done: dict[str, None] = {}
    for start in lines:
        path, at = [], start
        while at in lines and at not in done:
            path.append(at)
            at = lines[at]["parentSourcedId"]
        done.update(dict.fromkeys(reversed(path)))
    return done


def _make_unit(arrival: Arrival, line: Line, key: Key) -> None:
    own = arrival.own
    parent = line["parentSourcedId"]
    arrival.made.add(
        "units",
        line,
        ORGS.file,
        id=key,
        code=line["identifier"],
        name=line["name"],
        kind=(line[OWN + "kind"] if own else "") or _KINDS.get(line["type"], UnitKind.DIVISION).value,
        parent_id=arrival.orgs.get(parent) if parent else None,
        valid_from=line[OWN + "valid_from"] if own else "",
        valid_to=line[OWN + "valid_to"] if own else "",
        catalogue_key=line[OWN + "catalogue_key"] if own else "",
    )


def _make_heirs(arrival: Arrival) -> None:
    """What the units that are new here, and over, became as a whole: a package of our own says it."""
    made = {row.place[1]: row.values for row in arrival.made.rows.get("units", ())} if arrival.own else {}
    for line in arrival.roster.of(ORGS) if made else ():
        heir, last = line[OWN + "became"], day_of(line[OWN + "valid_to"])
        if line.number in made and heir in arrival.orgs and last is not None:
            origin, uid = arrival.orgs[line["sourcedId"]]
            arrival.made.add(
                "unit_changes",
                line,
                ORGS.file,
                id=(origin, f"{uid}.became"),
                kind="merge",
                date=(last + timedelta(days=1)).isoformat(),
                from_id=(origin, uid),
                to_id=arrival.orgs[heir],
            )


# -- people --------------------------------------------------------------------------------------------------------


def take_people(arrival: Arrival) -> None:
    """Whom each user means; those of whom it is not certain are left out, with all that hangs on them, and told."""
    lines = arrival.roster.of(USERS)
    births = {line["sourcedId"]: line for line in arrival.roster.of(DEMOGRAPHICS)}
    stored = stored_keys(Person, [arrival.key(line["sourcedId"]) for line in lines])
    linked = links_of(arrival.made.source, USERS.name)
    open_ = [line for line in lines if not _take_known(arrival, line, stored, linked, births)]
    if arrival.own:
        for line in open_:
            _make_person(arrival, line, births.get(line["sourcedId"]), arrival.key(line["sourcedId"]))
        return
    finder = PeopleFinder(open_, births, _units_of_users(arrival))
    taken = set(arrival.people.values())
    for line in open_:
        uid, found = line["sourcedId"], finder.find(line)
        fresh = arrival.decisions.get((USERS.name, uid)) == NEW or not (found.person or found.doubts)
        if fresh:
            _make_person(arrival, line, births.get(uid), arrival.key(uid))
        elif found.person and found.person not in taken:
            arrival.people[uid] = arrival.links[USERS.name, uid] = found.person
            taken.add(found.person)
        else:
            _leave_out(arrival, line, found.doubts or (found.person[1] if found.person else "",))


def _take_known(
    arrival: Arrival, line: Line, stored: set[Key], linked: dict[str, Key], births: dict[str, Line]
) -> bool:
    """Whether it was known, or said by people, whom the user means."""
    uid = line["sourcedId"]
    said = decided(arrival.decisions, USERS.name, uid, Person)
    if said == SKIP:
        return True
    if isinstance(said, tuple):
        arrival.people[uid] = arrival.links[USERS.name, uid] = said
    elif uid in linked:
        arrival.people[uid] = linked[uid]
    elif arrival.key(uid) in stored:
        _make_person(arrival, line, births.get(uid), arrival.key(uid))
    else:
        return False
    return True


def _leave_out(arrival: Arrival, line: Line, doubts: Iterable[str]) -> None:
    arrival.ambiguous += 1
    words = _(
        "có thể là người đã có (%(ids)s), chưa chắc nên chưa nhận; nói rõ bằng --same users:%(id)s=MÃ, =new hoặc =skip."
    )
    ids = ", ".join(list(doubts)[:_NAMED])
    arrival.note(words % {"ids": ids, "id": line["sourcedId"]}, USERS.file, line.number)


def _make_person(arrival: Arrival, line: Line, more: Line | None, key: Key) -> None:
    own, sex = arrival.own, {"male": "m", "female": "f"}
    arrival.people[line["sourcedId"]] = key
    values = {
        "full_name": (line[OWN + "full_name"] if own else "") or name_of(line),
        "birth_date": "",
        "sex": "",
        "phone": line["phone"] or line["sms"],
        "email": line["email"],
    }
    if more is not None:
        values["birth_date"] = (more[OWN + "birth_date"] if own else "") or more["birthDate"]
        values["sex"] = sex.get(more["sex"], "")
    if number := identity_of(line):
        values["national_id"] = number
    arrival.made.add("people", line, USERS.file, id=key, **values)


def _units_of_users(arrival: Arrival) -> dict[str, frozenset[int]]:
    units = units_by_key(arrival.orgs.values())
    held: dict[str, set[int]] = defaultdict(set)
    for line in arrival.roster.of(ROLES_OF_USERS):
        if (key := arrival.orgs.get(line["orgSourcedId"])) in units and key is not None:
            held[line["userSourcedId"]].add(units[key])
    return {user: frozenset(found) for user, found in held.items()}


# -- posts ---------------------------------------------------------------------------------------------------------


def take_posts(arrival: Arrival) -> None:
    """Roles become posts. Who is a person of ours already and has a post in the unit in that time keeps it alone."""
    there = _posts_there(arrival)
    main: set[str] = set()
    passed = 0
    for line in arrival.roster.of(ROLES_OF_USERS):
        person = arrival.people.get(line["userSourcedId"])
        if person is None:
            continue
        unit, span = arrival.orgs[line["orgSourcedId"]], (line["beginDate"], line["endDate"])
        linked = person[0] != arrival.made.source or person in there
        if not arrival.own and (
            line["role"] in _NO_POST or (linked and _meets(there.get(person, []), unit, span))
        ):
            passed += 1
            continue
        values = _own_post(line) if arrival.own else _post(arrival, line, main)
        arrival.made.add(
            "posts",
            line,
            ROLES_OF_USERS.file,
            id=arrival.key(line["sourcedId"]),
            person_id=person,
            unit_id=unit,
            valid_from=span[0],
            valid_to=span[1],
            **values,
        )
    if passed:
        words = _("%(count)d vai trò không thành vị trí công tác mới: đã có vị trí ở đó, hoặc là người thân.")
        arrival.note(words % {"count": passed}, ROLES_OF_USERS.file)


def _own_post(line: Line) -> dict[str, str]:
    return {
        name: line[OWN + name]
        for name in ("title", "category", "is_leader", "is_main", "duties", "qualification")
    }


def _post(arrival: Arrival, line: Line, main: set[str]) -> dict[str, str]:
    user = line["userSourcedId"]
    first = line["roleType"] == "primary" and user not in main
    if first:
        main.add(user)
    title = _TITLES.get(line["role"], "")
    return {
        "title": _(title) if title else "",
        "category": arrival.category,
        "is_leader": "true" if line["role"] == "principal" else "",
        "is_main": "true" if first else "",
    }


Span = tuple[Key, date, date]


def _posts_there(arrival: Arrival) -> dict[Key, list[Span]]:
    """The posts, not of this roster, of the people whom its users were found to be."""
    source = arrival.made.source
    wanted = {key for key in arrival.people.values() if key[0] != source}
    found: dict[Key, list[Span]] = defaultdict(list)
    if arrival.own or not wanted:
        return found
    rows = Post.objects.filter(person__uid__in=sorted({uid for _o, uid in wanted})).exclude(origin=source)
    columns = ("person__origin", "person__uid", "unit__origin", "unit__uid", "valid_from", "valid_to")
    for person_origin, person, unit_origin, unit, first, last in rows.values_list(*columns):
        if (person_origin, person) in wanted:
            found[person_origin, person].append(((unit_origin, unit), first, last))
    return found


def _meets(posts: list[Span], unit: Key, span: tuple[str, str]) -> bool:
    begins, ends = day_of(span[0]) or EVER, day_of(span[1]) or ALWAYS
    return any(one == unit and first <= ends and last >= begins for one, first, last in posts)


def take_courses(arrival: Arrival) -> None:
    """Courses; one that people said is a course of ours is that course."""
    linked = links_of(arrival.made.source, COURSES.name)
    for line in arrival.roster.of(COURSES):
        uid = line["sourcedId"]
        if arrival.own and uid == NO_COURSE:
            continue
        said = decided(arrival.decisions, COURSES.name, uid, Course)
        if isinstance(said, tuple):
            arrival.courses[uid] = arrival.links[COURSES.name, uid] = said
        elif uid in linked:
            arrival.courses[uid] = linked[uid]
        else:
            arrival.courses[uid] = arrival.key(uid)
            _make_course(arrival, line)


def _make_course(arrival: Arrival, line: Line) -> None:
    from_standard = {
        "topics": line["subjects"].replace(",", ";"),
        "counts_for": "",
        "delivery": "",
        "periods": "",
    }
    values = {name: line[OWN + name] if arrival.own else text for name, text in from_standard.items()}
    title = "" if line["title"] == "-" and arrival.own else line["title"]
    key = arrival.courses[line["sourcedId"]]
    arrival.made.add("courses", line, COURSES.file, id=key, title=title, **values)
