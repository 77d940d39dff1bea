"""A small world in which no quality rule finds anything, and faults to plant in it, one at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from nhanlucso.kernel.clock import ZONE
from nhanlucso.orgs.models import Unit
from nhanlucso.people.models import Person
from nhanlucso.teams.models import Team
from nhanlucso.training.models import Attendance, ClassSession, TrainingClass
from tests.factories import records as r
from tests.factories import teams as t

DAY = date(2024, 11, 20)  # «today»: the last quarter that is over is 2024-Q3, 15/06 to 14/09
HELD = date(2024, 7, 1)
_NAMES = ("Ánh", "Bình", "Chi", "Dung", "Giang", "Hải", "Khoa", "Linh", "Mỷ", "Nga", "Oanh", "Phúc")
_FAMILIES = {"x": "Lý Thị", "y": "Vàng Seo"}


@dataclass
class CleanWorld:
    """A province with two communes of twelve people each; every village has a team, every unit its records."""

    province: Unit
    x: Unit
    y: Unit
    village: Unit
    team: Team
    people: dict[str, list[Person]] = field(default_factory=dict)
    classes: dict[str, TrainingClass] = field(default_factory=dict)


def make_clean_world() -> CleanWorld:
    province = r.make_unit("p", "Tỉnh P", "province")
    units = {name: r.make_unit(name, f"Xã {name.upper()}", parent=province) for name in ("x", "y")}
    world: CleanWorld | None = None
    people = {
        name: [r.make_person(f"{_FAMILIES[name]} {given}", unit, is_main=True) for given in _NAMES]
        for name, unit in units.items()
    }
    for name, unit in units.items():
        village = r.make_unit(f"v{name}", f"Thôn {name.upper()}", "village", parent=unit)
        team = t.make_team(village, name=f"Tổ thôn {name.upper()}")
        for person in people[name][:3]:
            t.seat(team, person)
        t.make_assist(team, HELD, 3)
        t.make_item(unit, HELD, 2)
        world = world or CleanWorld(province, units["x"], units["y"], village, team)
    assert world is not None
    world.people = people
    course = r.make_course()
    for number, name in enumerate(units):
        held = r.make_class(
            f"Lớp {name}", units[name], HELD + timedelta(days=20 * number), 3, course, capacity=30
        )
        mark(held, people[name], absent=6 + number)
        world.classes[name] = held
    r.make_head_count(units["x"], 10, "about", HELD, training_class=world.classes["x"])
    online = r.make_course("Học trên mạng", delivery="self_paced")
    r.make_result(people["x"][0], online, HELD, passed=True)
    r.make_target(units["x"], "training.attendances", 2024, 10)
    r.facts_changed()
    return world


def mark(held: TrainingClass, people: list[Person], absent: int) -> None:
    """Everybody came to all sessions of a class, but the first `absent` people, each of whom missed one."""
    sessions = list(held.sessions.order_by("starts_at"))
    for number, person in enumerate(people):
        for place, session in enumerate(sessions):
            missed = number < absent and len(sessions) > 1 and place == number % len(sessions)
            Attendance.objects.create(
                session=session, person=person, status="absent" if missed else "present"
            )


def one_session(
    world: CleanWorld, people: list[Person], day: date = HELD, hour: int = 14, **fields: object
) -> ClassSession:
    """A class of one session of two hours where all of these people came."""
    held = r.make_class("Lớp khác", world.y, day, 0, **fields)
    starts = datetime(day.year, day.month, day.day, hour, tzinfo=ZONE)
    made = ClassSession.objects.create(
        uid=f"{held.uid}-0", training_class=held, starts_at=starts, ends_at=starts + timedelta(hours=2)
    )
    for person in people:
        Attendance.objects.create(session=made, person=person, status="present")
    return made


Plant = Callable[[CleanWorld], set[str]]


def two_places(world: CleanWorld) -> set[str]:
    first = world.classes["x"].sessions.order_by("starts_at")[0]
    guest = world.people["x"][10]
    other = one_session(world, [*world.people["y"][:2], guest], hour=10)
    return {f"person:{guest.pk} session:{first.pk} other_session:{other.pk}"}


def over_capacity(world: CleanWorld) -> set[str]:
    return {f"session:{one_session(world, world.people['y'][:3], capacity=2).pk}"}


def no_post(world: CleanWorld) -> set[str]:
    stranger = r.make_person("Tẩn Láo Tả")
    held = one_session(world, [stranger, world.people["y"][0]])
    return {f"person:{stranger.pk} training_class:{held.training_class_id}"}


def no_marks(world: CleanWorld) -> set[str]:
    return {f"session:{one_session(world, []).pk}"}


def no_sessions(world: CleanWorld) -> set[str]:
    return {f"training_class:{r.make_class('Lớp trống', world.x, HELD, 0).pk}"}


def copied_by_same_people(world: CleanWorld) -> set[str]:
    return _copied(world, "x")


def copied_by_others(world: CleanWorld) -> set[str]:
    return _copied(world, "y")


def _copied(world: CleanWorld, who: str) -> set[str]:
    held = r.make_class("Lớp chép", world.y, date(2024, 8, 12), 3)
    mark(held, world.people[who], absent=6)
    return {f"training_class:{held.pk} other_class:{world.classes['x'].pk}"}


def same_roster(world: CleanWorld) -> set[str]:
    people = world.people["y"][:6]
    day = date(2024, 8, 12)
    one, other = (one_session(world, people, day, hour) for hour in (8, 14))
    return {f"training_class:{other.training_class_id} other_class:{one.training_class_id} date:{day}"}


def far_heads(world: CleanWorld) -> set[str]:
    return _heads(world, 3, 100)


def counted_twice(world: CleanWorld) -> set[str]:
    return _heads(world, 6, 6)


def _heads(world: CleanWorld, roster: int, heads: int) -> set[str]:
    held = one_session(world, world.people["y"][:roster]).training_class
    r.make_head_count(world.y, heads, "exact", HELD, training_class=held)
    return {f"training_class:{held.pk}"}


def same_heads(world: CleanWorld) -> set[str]:
    one, other = (r.make_head_count(world.y, 40, "exact", HELD, audience="cán bộ") for _ in range(2))
    return {f"head:{one.pk} other_head:{other.pk}"}


def two_mains(world: CleanWorld) -> set[str]:
    person = world.people["x"][0]
    r.make_post(person, world.y, is_main=True, valid_from=date(2024, 9, 1))
    return {f"person:{person.pk}"}


def outside_unit(world: CleanWorld) -> set[str]:
    young = r.make_unit("z", "Phòng Z", "division", parent=world.x, start=date(2024, 1, 1))
    person = r.make_person("Lồ A Páo")
    return {f"post:{r.make_post(person, young, valid_from=date(2023, 5, 1)).pk}"}


def result_dates(world: CleanWorld) -> set[str]:
    course = r.make_course("Khóa khác", delivery="self_paced")
    wrong = r.make_result(world.people["x"][1], course, date(2024, 8, 1), passed=True)
    wrong.enrolled_at = date(2024, 9, 1)
    wrong.save()
    late = r.make_result(world.people["x"][2], course, date(2025, 1, 1), passed=True)
    return {f"result:{wrong.pk}", f"result:{late.pk}"}


def duplicates(world: CleanWorld) -> set[str]:
    twins = [r.make_person("Hảng A Sùng", world.x, is_main=True) for _ in range(2)]
    for twin in twins:
        twin.birth, twin.phone = "1985-03-04", "0912345678"
        twin.save()
    return {f"person:{twins[0].pk} other_person:{twins[1].pk}"}


def outlier(world: CleanWorld) -> set[str]:
    for year, month in ((2023, 5), (2023, 8), (2023, 11), (2024, 2), (2024, 5)):
        t.make_item(world.x, date(year, month, 1), 20)
    t.make_item(world.x, HELD, 500)
    period = "indicator:outreach.items period:2024-Q3"
    return {f"unit:{unit.pk} {period}" for unit in (world.x, world.province)}


def target_without_records(world: CleanWorld) -> set[str]:
    return {f"target:{r.make_target(world.y, 'mooc.completions', 2024, 5).pk}"}


def target_of_nobody(world: CleanWorld) -> set[str]:
    office = r.make_unit("s", "Phòng S", "division", parent=world.x)
    return {f"target:{r.make_target(office, 'teams.village_coverage', 2024, 90).pk}"}


def target_of_a_unit_that_is_gone(world: CleanWorld) -> set[str]:
    gone = r.make_unit("g", "Phòng G", "division", parent=world.x, end=date(2024, 2, 1))
    return {f"target:{r.make_target(gone, 'staff.headcount', 2024, 5).pk}"}


def target_by_no_indicator(world: CleanWorld) -> set[str]:
    return {f"target:{r.make_target(world.x, 'khong.co', 2024, 5).pk}"}


def no_record(world: CleanWorld) -> set[str]:
    silent = r.make_unit("q", "Xã Q", parent=world.province)
    return {f"unit:{silent.pk} source:outreach period:2024-Q3"}


def unallocated(world: CleanWorld) -> set[str]:
    old = r.make_unit("w", "Phòng W", "division", parent=world.province, end=date(2024, 6, 30))
    r.make_change("split", date(2024, 7, 1), old, world.x, world.y)
    r.make_person("Chảo Láo Lở", old)
    return {f"held_unit:{old.pk} source:posts"}


def no_team(world: CleanWorld) -> set[str]:
    return {f"unit:{r.make_unit('vz', 'Thôn Z', 'village', parent=world.x).pk}"}


def no_members(world: CleanWorld) -> set[str]:
    return {f"team:{t.make_team(world.x).pk}"}


def too_many(world: CleanWorld) -> set[str]:
    for person in world.people["x"][3:6]:
        t.seat(world.team, person)
    return {f"team:{world.team.pk}"}


FAULTS: tuple[tuple[str, Plant], ...] = (
    ("person.two_places", two_places),
    ("class.over_capacity", over_capacity),
    ("person.no_post", no_post),
    ("session.no_attendance", no_marks),
    ("class.no_sessions", no_sessions),
    ("class.copied_marks", copied_by_same_people),
    ("class.copied_marks", copied_by_others),
    ("class.same_roster", same_roster),
    ("class.head_count_far", far_heads),
    ("class.counted_twice", counted_twice),
    ("heads.repeated", same_heads),
    ("person.two_mains", two_mains),
    ("post.outside_unit", outside_unit),
    ("result.dates", result_dates),
    ("person.duplicates", duplicates),
    ("unit.outlier", outlier),
    ("target.no_data", target_without_records),
    ("target.no_data", target_of_nobody),
    ("target.no_data", target_of_a_unit_that_is_gone),
    ("target.no_data", target_by_no_indicator),
    ("unit.no_record", no_record),
    ("unit.unallocated", unallocated),
    ("village.no_team", no_team),
    ("team.no_members", no_members),
    ("team.too_many", too_many),
)
