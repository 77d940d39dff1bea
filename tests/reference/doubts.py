"""The rest of the quality rules, and where a finding of any rule lies, computed plainly from the records: posts, units
and figures, by the carrying of the naive reference.

Read from docs/quality.md. A comment beginning "Reading:" says which of two possible readings was taken.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import combinations

from nhanlucso.plans.models import Target
from tests.reference import naive
from tests.reference.quality import Told
from tests.reference.quarters import name_of, quarter, unusual, window_of
from tests.reference.question import STAFF, Question
from tests.reference.records import Keys, world_of
from tests.reference.world import (
    ALWAYS,
    ELSEWHERE,
    EVER,
    Row,
    Window,
    World,
    begins,
    carry,
    day,
    ends,
    valid,
    version,
    within,
)

Amount = tuple[str, int, str, date, str | None]  # code, how much, unit as written, from when, person
_ASKED = ("posts", "training", "heads", "assists", "teams", "outreach")


class Doubts:
    """One installation on one day."""

    def __init__(self, today: date) -> None:
        self.today = today
        self.keys = Keys()
        self.world: World = world_of(self.keys)

    def told(self) -> Told:
        """What the rules of this file must find, as (code, subject)."""
        return {
            *self.no_sessions(), *self.two_mains(), *self.outside(), *self.duplicates(), *self.outliers(),
            *self.no_data(), *self.no_record(), *self.unallocated(), *self.no_team(),
        }  # fmt: skip

    # -- units of today

    def standing(self) -> list[Row]:
        return [row for row in self.world.rows("units") if valid(row, self.today)]

    def above(self, unit: str) -> list[str]:
        """The unit and what it lies in, nearest first; nothing for a unit that is not valid today."""
        found, row = [], version(self.world, unit, self.today)
        while row is not None:
            found.append(row["id"])
            row = version(self.world, row["parent_id"], self.today) if row["parent_id"] else None
        return found

    def lowest(self, units: list[str]) -> int | None:
        """The lowest unit that holds all of these (primary key)."""
        lines = [self.above(unit) for unit in units]
        shared = [unit for unit in (lines[0] if lines else []) if all(unit in line for line in lines)]
        return self.keys.pk("units", shared[0]) if shared else None

    def home(self, unit: str, since: date, person: str | None = None) -> int | None:
        return self.lowest(carry(self.world, unit, since, self.today, person))

    def heirs(self, unit: str) -> list[str]:
        """What a unit is today: itself, or what it became."""
        here = version(self.world, unit, self.today)
        found = [unit] if here else carry(self.world, unit, ALWAYS, self.today)
        return [one for one in found if version(self.world, one, self.today)]

    # -- rules on people

    def two_mains(self) -> Told:
        return {("person.two_mains", f"person:{self.keys.pk('people', p)}") for p in self.mains()}

    def mains(self) -> dict[str, Row]:
        """Persons with two main staff posts at once -> the earlier of the first two."""
        found: dict[str, Row] = {}
        for person, posts in self.world.posts.items():
            mains = [row for row in posts if row["is_main"] == "true" and row["category"] in STAFF]
            mains.sort(key=lambda row: (begins(row), self.keys.pk("posts", row["id"])))
            for one, other in combinations(mains, 2):
                if max(begins(one), begins(other)) <= min(ends(one), ends(other)):
                    found.setdefault(person, one)
        return found

    def outside(self) -> Told:
        """Reading: a post whose first day is unknown does not begin before anything."""
        found: Told = set()
        for row in self.world.rows("posts"):
            versions = self.world.versions[row["unit_id"]]
            first, last = min(map(begins, versions)), max(map(ends, versions))
            early = row["valid_from"] != "" and begins(row) < first
            if early or begins(row) > last or ends(row) < first:
                found.add(("post.outside_unit", f"post:{self.keys.pk('posts', row['id'])}"))
        return found

    def duplicates(self) -> Told:
        """Only what is beyond doubt: one name and one full birth date. The worlds hold no pair in between."""
        found: Told = set()
        people = sorted(self.world.rows("people"), key=lambda row: self.keys.pk("people", row["id"]))
        for one, other in combinations(people, 2):
            if one["birth_date"] and all(one[name] == other[name] for name in ("full_name", "birth_date")):
                pks = [self.keys.pk("people", row["id"]) for row in (one, other)]
                found.add(("person.duplicates", f"person:{pks[0]} other_person:{pks[1]}"))
        return found

    # -- rules on units

    def no_sessions(self) -> Told:
        return {
            ("class.no_sessions", f"training_class:{self.keys.pk('classes', row['id'])}")
            for row in self.world.rows("classes")
            if not self.world.sessions_of.get(row["id"])
        }

    def no_team(self) -> Told:
        served: set[str] = set()
        for team in self.world.rows("teams"):
            where = carry(self.world, team["unit_id"], begins(team), self.today)
            if valid(team, self.today) and len(where) == 1:
                served.add(where[0])
        return {
            ("village.no_team", f"unit:{self.keys.pk('units', row['id'])}")
            for row in self.standing()
            if row["kind"] == "village" and row["id"] not in served
        }

    def unallocated(self) -> Told:
        """Records of split units, by the unit that they are written with."""
        found: Told = set()
        for source, unit, since, person in self.placed_records():
            if len(carry(self.world, unit, since, self.today, person)) > 1:
                found.add(("unit.unallocated", f"held_unit:{self.keys.pk('units', unit)} source:{source}"))
        return found

    def placed_records(self) -> list[tuple[str, str, date, str | None]]:
        """(source, unit as written, from when, person) of what belongs to units today."""
        world, found = self.world, list[tuple[str, str, date, str | None]]()
        for row in world.rows("posts"):
            if valid(row, self.today):
                found.append(("posts", row["unit_id"], begins(row), row["person_id"]))
        for (person, _class), days in naive.attended(world, (EVER, ALWAYS)).items():
            for on in days:
                if post := self.main_post(person, on):
                    found.append(("training", post["unit_id"], begins(post), person))
        for row in world.rows("classes"):
            if row["host_unit_id"] and (first := self.first_day(row["id"])):
                found.append(("classes", row["host_unit_id"], first, None))
        found += [
            ("heads", r["unit_id"], on, None) for r in world.rows("headcounts") if (on := day(r["date"]))
        ]
        found += [
            ("teams", r["unit_id"], begins(r), None) for r in world.rows("teams") if valid(r, self.today)
        ]
        found += [
            ("outreach", r["unit_id"], on, None) for r in world.rows("outreach") if (on := day(r["date"]))
        ]
        return found

    def main_post(self, person: str, on: date) -> Row | None:
        posts = [post for post in self.world.posts.get(person, []) if valid(post, on)]
        return min(posts, key=lambda p: (p["is_main"] != "true", begins(p), p["id"])) if posts else None

    def first_day(self, class_id: str) -> date | None:
        sessions = self.world.sessions_of.get(class_id)
        return day(sessions[0]["starts_at"]) if sessions else None

    # -- rules on figures

    def outliers(self) -> Told:
        """Reading: a quarter has records of a figure if something of it was more than nought."""
        found: Told = set()
        slots = range(quarter(self.today) - 16, quarter(self.today))
        series: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
        for slot in slots:
            for unit, amounts in self.amounts(window_of(slot)).items():
                for code, amount in amounts.items():
                    series[unit, code].append((slot, amount))
        for (unit, code), held in series.items():
            row = version(self.world, unit, self.today)
            if row is None or row["kind"] == "village":
                continue
            for place, (slot, amount) in enumerate(held):
                earlier = [value for _slot, value in held[max(0, place - 8) : place]]
                if len(earlier) >= 4 and unusual(amount, earlier):
                    subject = f"unit:{self.keys.pk('units', unit)} indicator:{code} period:{name_of(slot)}"
                    found.add(("unit.outlier", subject))
        return found

    def amounts(self, window: Window) -> dict[str, Counter[str]]:
        """unit -> code -> how much of it is surely of the unit in the window; only what is more than nought."""
        found: dict[str, Counter[str]] = defaultdict(Counter)
        for code, amount, unit, since, person in [*self.attendances(window), *self.other_amounts(window)]:
            lines = [self.above(one) for one in carry(self.world, unit, since, self.today, person)]
            for one in lines[0] if lines and amount else []:
                if all(one in line for line in lines):
                    found[one][code] += amount
        return found

    def attendances(self, window: Window) -> Iterator[Amount]:
        code = "training.attendances"
        for (person, _class), days in naive.attended(self.world, window).items():
            if post := self.main_post(person, days[0]):
                yield code, 1, post["unit_id"], begins(post), person
        for row in naive.head_counts(self.world, window):
            yield code, int(row["count"]), row["unit_id"], day(row["date"]) or EVER, None

    def other_amounts(self, window: Window) -> Iterator[Amount]:
        for row in self.world.rows("assists"):
            if within(day(row["date"]), window) and row["outcome"] in ("alone", "helped"):
                team = self.world.teams[row["team_id"]]
                yield "teams.assists", int(row["people"] or 0), team["unit_id"], begins(team), None
        for row in self.world.rows("outreach"):
            if within(day(row["date"]), window):
                yield "outreach.items", int(row["count"] or 0), row["unit_id"], day(row["date"]) or EVER, None

    def no_data(self) -> Told:
        year = quarter(self.today) // 4
        window = (date(year - 1, 12, 15), self.today)
        found: Told = set()
        for target in Target.objects.filter(year=year).select_related("unit"):
            if self.lacks(target.indicator, target.unit.uid, window):
                found.add(("target.no_data", f"target:{target.pk}"))
        return found

    def lacks(self, code: str, unit: str, window: Window) -> bool:
        codes = [one for one, _measure, _count in naive.INDICATORS]
        if code not in codes or version(self.world, unit, self.today) is None:
            return True
        period = f"{window[0]}..{window[1]}"
        value = naive.figures(self.world, unit, period, tree=str(self.today))[codes.index(code)]["value"]
        if value is None or value:
            return value is None
        return code != "teams.village_coverage" and not any(
            self.recorded(source, unit, window) for source in _sources(code)
        )

    def no_record(self) -> Told:
        """Reading: of training only where there is staff, whatever the kind; every commune of the worlds has some."""
        slot = quarter(self.today) - 1
        window, found = window_of(slot), set[tuple[str, str]]()
        for row in self.standing():
            unit, commune = row["id"], row["kind"] == "commune"
            has = {source: self.recorded(source, unit, window) for source in _ASKED}
            silent = []
            if (
                has["posts"]
                and (commune or row["kind"] == "agency")
                and not (has["training"] or has["heads"])
            ):
                silent.append("training")
            if commune and has["teams"] and not has["assists"]:
                silent.append("assists")
            if commune and not has["outreach"]:
                silent.append("outreach")
            for source in silent:
                subject = f"unit:{self.keys.pk('units', unit)} source:{source} period:{name_of(slot)}"
                found.add(("unit.no_record", subject))
        return found

    def recorded(self, source: str, unit: str, window: Window) -> bool:
        """Whether some record of the window belongs to the unit, if only perhaps."""
        q, world = Question(self.world, unit, window, self.today), self.world
        of_window: list[str] = []
        if source == "posts":
            of_window = [
                q.placed(r["unit_id"], begins(r), r["person_id"])
                for r in world.rows("posts")
                if r["category"] in STAFF and valid(r, window[1])
            ]
        elif source == "training":
            pairs = naive.attended(world, window)
            of_window = [q.person(person, on) for (person, _class), days in pairs.items() for on in days]
        elif source == "results":
            of_window = [
                q.person(r["person_id"], on)
                for r in world.rows("results")
                if any(within(day(r[name]), window) for name in ("enrolled_at", "completed_at"))
                for on in filter(None, (day(r["enrolled_at"]), day(r["completed_at"])))
            ]
        elif source == "classes":
            days = {s["class_id"] for s in world.rows("sessions") if within(day(s["starts_at"]), window)}
            of_window = [q.host(one) for one in days if world.classes[one]["host_unit_id"]]
        elif source == "teams":
            of_window = [q.team(r["id"]) for r in world.rows("teams") if valid(r, window[1])]
        elif source == "assists":
            of_window = [
                q.team(r["team_id"]) for r in world.rows("assists") if within(day(r["date"]), window)
            ]
        else:
            rows = world.rows("headcounts" if source == "heads" else "outreach")
            of_window = [
                q.placed(r["unit_id"], on)
                for r in rows
                if (on := day(r["date"])) and within(on, window) and r["count"] != ""
            ]
        return any(place != ELSEWHERE for place in of_window)

    # -- where a finding lies

    def place(self, code: str, subject: str) -> int | None:
        """The unit of today's tree (primary key) where the record of a finding is mended."""
        facts = dict(part.split(":", 1) for part in subject.split())
        room = code.partition(".")[0]
        if code in ("person.two_places", "post.outside_unit", "person.two_mains", "result.dates"):
            return self.place_of_person(code, facts)
        if code == "person.duplicates":
            homes = [self.first_home(self.keys.uid("people", pk)) for pk in facts.values()]
            return None if None in homes else self.lowest([self.keys.uid("units", str(pk)) for pk in homes])
        if code == "class.no_sessions":
            host = self.world.classes[self.keys.uid("classes", facts["training_class"])]["host_unit_id"]
            return self.lowest(self.heirs(host)) if host else None
        if room in ("class", "session") or code == "person.no_post":
            return self.place_of_class(facts)
        if code == "target.no_data":
            return self.lowest(self.heirs(Target.objects.get(pk=facts["target"]).unit.uid))
        if code == "heads.repeated":
            row = self.keys.row(self.world, "headcounts", facts["head"])
            return self.home(row["unit_id"], day(row["date"]) or EVER)
        if room == "team":
            row = self.keys.row(self.world, "teams", facts["team"])
            return self.home(row["unit_id"], begins(row))
        if code == "unit.unallocated":
            return self.lowest(
                carry(self.world, self.keys.uid("units", facts["held_unit"]), EVER, self.today)
            )
        return int(facts["unit"])

    def place_of_class(self, facts: dict[str, str]) -> int | None:
        """Of the class, or of that of the session: where its host is today."""
        if "session" in facts:
            held = self.keys.row(self.world, "sessions", facts["session"])["class_id"]
        else:
            held = self.keys.uid("classes", facts["training_class"])
        host, first = self.world.classes[held]["host_unit_id"], self.first_day(held)
        return self.home(host, first) if host and first else None

    def place_of_person(self, code: str, facts: dict[str, str]) -> int | None:
        """Where the post is that counts on the day of the finding."""
        post: Row | None
        if code == "post.outside_unit":
            post = self.keys.row(self.world, "posts", facts["post"])
        elif code == "person.two_mains":
            post = self.mains()[self.keys.uid("people", facts["person"])]
        elif code == "person.two_places":
            session = self.keys.row(self.world, "sessions", facts["session"])
            post = self.main_post(self.keys.uid("people", facts["person"]), day(session["starts_at"]) or EVER)
            if post is None:
                return self.place_of_class(facts)
        else:
            result = self.keys.row(self.world, "results", facts["result"])
            days = [on for name in ("completed_at", "enrolled_at") if (on := day(result[name]))]
            posts = [self.main_post(result["person_id"], on) for on in days]
            post = next(filter(None, posts), None)
            if post is None:
                return self.first_home(result["person_id"])
        return self.home(post["unit_id"], begins(post), post["person_id"])

    def first_home(self, person: str) -> int | None:
        posts = self.world.posts.get(person, [])
        if not posts:
            return None
        post = min(posts, key=lambda p: (p["is_main"] != "true", begins(p), p["id"]))
        return self.home(post["unit_id"], begins(post), person)


def _sources(code: str) -> tuple[str, ...]:
    """What a figure is made of besides its denominator."""
    room = code.partition(".")[0]
    return {
        "staff": ("posts",),
        "it": ("posts",),
        "training": ("training", "classes", "heads"),
        "mooc": ("results",),
        "coverage": ("training", "results"),
        "status": ("training", "results"),
        "outreach": ("outreach",),
        "teams": ("assists",) if code == "teams.assists" else ("teams",),
    }[room]
