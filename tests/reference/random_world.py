"""Random worlds: small, crooked, and full of the cases that definitions are about.

Units merge, split, move, end without an heir and change twice on one day; people hold several posts at once or
none; dates lie on the edges of windows; times lie near midnight in another zone.
"""

from __future__ import annotations

import csv
import json
from datetime import date, timedelta
from pathlib import Path
from random import Random

Table = list[dict[str, str]]
FIRST, LAST = date(2023, 11, 1), date(2026, 3, 31)
EDGES = [
    date(y, m, d)
    for y in (2024, 2025)
    for m, d in ((6, 14), (6, 15), (9, 14), (9, 15), (12, 14), (12, 15), (7, 1))
]
CATEGORIES = [
    "cadre",
    "civil_servant",
    "civil_servant",
    "public_employee",
    "contract_worker",
    "part_time",
    "citizen",
    "",
]
MODES = ["in_person", "online", "hybrid", ""]
DUTIES = ["dt_dedicated", "dt_concurrent", "dt_lead", "one_stop", "records"]


class Maker:
    """Makes one world from a seed; `tables` holds its files."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.more = Random(-1 - seed)  # what was thought of later leaves the rest of a world as it was
        self.tables: dict[str, Table] = {}
        self.spans: dict[str, list[tuple[date | None, date | None]]] = {}
        self.units()
        self.people()
        self.training()
        self.teams()

    # -- small choices

    def day(self) -> date:
        if self.random.random() < 0.25:
            return self.random.choice(EDGES)
        return FIRST + timedelta(days=self.random.randrange((LAST - FIRST).days))

    def span(self) -> tuple[str, str]:
        start = (
            "" if self.random.random() < 0.3 else str(self.day() - timedelta(days=self.random.randrange(400)))
        )
        if self.random.random() < 0.55:
            return start, ""
        end = self.day()
        return (start if not start or date.fromisoformat(start) <= end else str(end)), str(end)

    def truth(self, chance: float = 0.5) -> str:
        return "" if self.random.random() < 0.1 else str(self.random.random() < chance).lower()

    def add(self, table: str, **row: object) -> None:
        self.tables.setdefault(table, []).append({k: "" if v is None else str(v) for k, v in row.items()})

    # -- units and what becomes of them

    def units(self) -> None:
        self.add(
            "units",
            id="p",
            code="1",
            name="Tỉnh P",
            kind="province",
            parent_id="",
            valid_from="",
            valid_to="",
        )
        self.live = {"p": ("province", "")}
        for d in range(self.random.randint(1, 3)):
            self.begin(f"d{d}", "district", "p", "")
            for c in range(self.random.randint(1, 4)):
                self.begin(f"c{d}{c}", "commune", f"d{d}", "")
                for v in range(self.random.randint(0, 3)):
                    self.begin(f"v{d}{c}{v}", "village", f"c{d}{c}", "")
        for a in range(self.random.randint(1, 3)):
            self.begin(f"a{a}", "agency", self.random.choice(list(self.live)), "")
        days = sorted(
            self.random.choice([date(2025, 7, 1), date(2024, 9, 1), self.day()])
            for _ in range(self.random.randint(1, 9))
        )
        for number, day in enumerate(days):
            self.change(number, day)
        self.all_units = list(self.spans)

    def begin(self, unit: str, kind: str, parent: str, since: str) -> None:
        self.live[unit] = (kind, parent)
        self.spans.setdefault(unit, [])
        self.add(
            "units",
            id=unit,
            code=unit[-2:],
            name=f"Đơn vị {unit}",
            kind=kind,
            parent_id=parent,
            valid_from=since,
            valid_to="",
        )

    def end(self, unit: str, day: date) -> bool:
        """Closes the open version; False if it would be empty."""
        row = next(r for r in reversed(self.tables["units"]) if r["id"] == unit)
        last = day - timedelta(days=1)
        if row["valid_from"] and date.fromisoformat(row["valid_from"]) > last:
            return False
        row["valid_to"] = str(last)
        del self.live[unit]
        return True

    def event(self, number: int, kind: str, day: date, *pairs: tuple[str, str]) -> None:
        name = f"e{self.random.randrange(100):02d}-{number}"
        for origin, target in pairs:
            self.add("unit_changes", id=name, kind=kind, date=day, from_id=origin, to_id=target, document="")

    def change(self, number: int, day: date) -> None:
        unit = self.random.choice([u for u in self.live if u != "p"] or ["p"])
        if unit == "p":
            return
        kind, parent = self.live[unit]
        what = self.random.choice(
            ["merge", "merge", "split", "split", "split", "move", "abolish", "vanish", "keep"]
        )
        same = [u for u, (k, _) in self.live.items() if k == kind and u != unit]
        if what == "move":
            parents = [
                u for u, (k, _) in self.live.items() if k in ("district", "commune", "province") and u != unit
            ]
            safe = [u for u in parents if not self.below(u, unit)]
            if self.end(unit, day):
                self.begin(unit, kind, self.random.choice(safe or ["p"]), str(day))
                self.event(number, "move", day, (unit, unit))
            return
        if what == "keep":  # a part goes, the unit stays
            new = f"{unit}k{number}"
            self.begin(new, kind, parent, str(day))
            self.event(number, "split", day, (unit, unit), (unit, new))
            return
        if not self.end(unit, day):
            return
        if what == "merge" and same:
            self.event(number, "merge", day, (unit, self.random.choice(same)))
        elif what == "abolish":
            self.event(number, "abolish", day, (unit, ""))
        elif what in ("split", "merge"):
            heirs = [f"{unit}s{number}{i}" for i in range(self.random.randint(1, 3))]
            for heir in heirs:
                self.begin(heir, kind, parent if parent in self.live else "p", str(day))
            extra = [(unit, self.random.choice(same))] if same and self.random.random() < 0.3 else []
            self.event(number, "split", day, *((unit, heir) for heir in heirs), *extra)

    def below(self, unit: str, top: str) -> bool:
        while unit:
            if unit == top:
                return True
            unit = self.live.get(unit, ("", ""))[1]
        return False

    # -- people, courses, classes

    def people(self) -> None:
        self.persons = [f"s{n:02d}" for n in range(self.random.randint(5, 40))]
        for number, person in enumerate(self.persons):
            self.add(
                "people",
                id=person,
                full_name=f"Lù A {number}",
                birth_date=self.more.choice(["", "1965", "1980", "1990-12-31", "2001-01-01"]),
                sex=self.more.choice(["", "m", "m", "f", "f"]),
                national_id="",
                phone="",
                email="",
            )
        for number in range(int(len(self.persons) * 1.8)):
            start, end = self.span()
            duties = ";".join(d for d in DUTIES if self.random.random() < 0.2)
            self.add(
                "posts", id=f"o{self.random.randrange(1000):03d}-{number}", person_id=self.random.choice(self.persons),
                unit_id=self.random.choice(self.all_units), title="", category=self.random.choice(CATEGORIES),
                is_leader=self.truth(0.3), is_main=self.truth(0.3), duties=duties, valid_from=start, valid_to=end,
            )  # fmt: skip

    def training(self) -> None:
        for n in range(6):
            counts = ";".join(
                k for k in ("basic_digital_skills", "ict_standard") if self.random.random() < 0.6
            )
            self.add(
                "courses",
                id=f"k{n}",
                title=f"K{n}",
                topics=self.more.choice(["", "An toàn", "an toan;Dịch vụ công", "Dịch vụ công"]),
                counts_for=counts,
                delivery=("class", "self_paced", "")[n % 3],
                periods=8,
            )
        for n in range(self.random.randint(2, 14)):
            self.add(
                "classes", id=f"L{n}", course_id=self.random.choice(["", *(f"k{i}" for i in range(6))]), title="Lớp",
                form=self.random.choice(["class", "conference", "mentoring", "contest"]), mode=self.more.choice(MODES),
                host_unit_id=self.random.choice(["", *self.all_units]), co_host_unit_ids="",
                round=self.random.choice(["", "1", "2"]), capacity="",
            )  # fmt: skip
            self.sessions(f"L{n}")
        for n in range(self.random.randint(0, 12)):
            self.add(
                "headcounts", id=f"h{self.random.randrange(100):02d}-{n}",
                class_id=self.random.choice(["", "L0", "L1"]),
                unit_id=self.random.choice(self.all_units[:4]), audience=self.random.choice(["", "đại biểu"]),
                count=self.random.choice([0, 5, 5, 300]), date=self.day(),
                qualifier=self.random.choice(["exact", "about", "over", "nearly", "under"])
                * (self.more.random() < 0.8),
            )  # fmt: skip
        for n in range(self.random.randint(0, 40)):
            enrolled, completed = (self.day() if self.random.random() < 0.7 else "" for _ in range(2))
            self.add(
                "results", id=f"r{n}", person_id=self.random.choice(self.persons),
                course_id=f"k{self.random.randrange(6)}",
                enrolled_at=enrolled, completed_at=completed, score="", passed=self.truth(0.7), source="MOOC",
            )  # fmt: skip
        for n in range(self.random.randint(0, 10)):
            self.add(
                "outreach",
                id=f"u{n}",
                unit_id=self.random.choice(self.all_units),
                channel="press",
                date=self.day(),
                title="",
                count=self.random.randrange(9),
            )

    def sessions(self, name: str) -> None:
        start = self.day()
        roster = self.random.sample(self.persons, self.random.randrange(len(self.persons)))
        for n in range(self.random.randint(0, 5)):
            day = start + timedelta(days=n * self.random.choice([0, 1, 30]))
            moment = self.random.choice(
                [f"{day}T08:00:00+07:00", f"{day}T23:30:00+00:00", f"{day}T16:59:59+00:00"]
            )
            self.add("sessions", id=f"{name}-{n}", class_id=name, starts_at=moment, ends_at="", place="")
            for person in roster:
                if self.random.random() < 0.9:
                    mark = self.random.choice(
                        ["present", "present", "present", "late", "absent", "excused", ""]
                    )
                    self.add(
                        "attendance", session_id=f"{name}-{n}", person_id=person, status=mark, recorded_at=""
                    )

    def teams(self) -> None:
        villages = [u for u in self.all_units if u.startswith("v")] + self.all_units[:2]
        for n in range(self.random.randint(0, 10)):
            start, end = self.span()
            self.add(
                "teams",
                id=f"t{n}",
                unit_id=self.random.choice(villages),
                name="Tổ",
                decision="",
                valid_from=start,
                valid_to=end,
            )
            for person in self.random.sample(self.persons, self.random.randint(0, 4)):
                start, end = self.span()
                self.add(
                    "team_members",
                    team_id=f"t{n}",
                    person_id=person,
                    role="member",
                    valid_from=start,
                    valid_to=end,
                )
            for i in range(self.random.randint(0, 3)):
                self.add(
                    "assists", id=f"x{n}-{i}", team_id=f"t{n}", date=self.day(), field="health",
                    people=self.random.choice(["", 0, 3, 7]),
                    outcome=self.random.choice(["alone", "helped", "not_done", ""]),
                )  # fmt: skip


def write_world(seed: int, folder: Path) -> Path:
    """Writes the world of a seed as a bundle into a new folder."""
    folder.mkdir()
    manifest = {"format": "nhanlucso-bundle", "version": 1, "source": f"world-{seed}"}
    (folder / "bundle.json").write_text(json.dumps(manifest), encoding="utf-8")
    for name, rows in Maker(seed).tables.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    return folder
