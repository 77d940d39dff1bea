"""Bundles of random rows in all files, with every oddity that the format allows."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Callable, Sequence
from decimal import Decimal

from tests.exchange.bundle.world import TABLES

_ODD = [
    "",
    "x",
    "Xã «Mới»",
    'nói "thế"',
    "a,b",
    "dòng\nhai",
    "về\rđầu",
    "hai\r\ndòng",
    " đầu ",
    "e\u0302\u0301",
    "NaN",
    "=1+1",
    "😀",
]


class RandomWorld:
    """A bundle of all files with random rows, written canonically: what an export must give back."""

    def __init__(self, seed: int) -> None:
        self._dice = random.Random(seed)
        self.tables = {name: [text.split("\n", 1)[0].split(",")] for name, text in TABLES.items()}
        self._units()
        self._ids(
            "people",
            12,
            lambda: [
                self._odd("Lan"),
                self._birth(),
                self._one("", "m", "f"),
                self._identity(),
                self._odd(),
                self._odd(),
            ],
        )
        person, unit = self._ref("people"), self._ref("units")
        self._ids(
            "posts",
            15,
            lambda: [
                person(),
                unit(),
                self._odd(),
                self._one("", "cadre", "citizen"),
                self._truth(),
                self._truth(),
                self._set("dt_lead", "records", "one_stop"),
                *self._span(),
                self._odd(),
            ],
        )
        self._ids(
            "programmes", 2, lambda: [self._odd(), self._odd(), self._odd(), self._day(""), *self._span()]
        )
        self._ids(
            "plans",
            3,
            lambda: [
                self._odd(),
                self._odd(),
                self._one("", unit()),
                self._day(""),
                *self._span(),
                self._one("", self._ref("programmes")()),
            ],
        )
        self._ids(
            "activities",
            4,
            lambda: [
                self._ref("plans")(),
                self._odd(),
                self._one("", unit()),
                self._set(unit(), unit()),
                self._day(""),
                self._day(""),
            ],
        )
        self._ids(
            "directives",
            3,
            lambda: [
                self._odd(),
                self._odd(),
                self._one("", unit()),
                self._day(""),
                self._one("", self._ref("plans")()),
            ],
        )
        self._ids(
            "targets",
            3,
            lambda: [
                self._ref("plans")(),
                "coverage.basic",
                unit(),
                "2024",
                self._number(),
                self._one("", "over", "under"),
                self._odd(),
            ],
        )
        self._ids(
            "boards", 2, lambda: [unit(), self._odd(), self._one("", unit()), self._odd(), *self._span()]
        )
        self._links(
            "board_members",
            lambda: [self._ref("boards")(), person(), self._one("", "head"), *self._span()],
            (0, 1, 3),
        )
        self._ids(
            "courses",
            4,
            lambda: [
                self._odd(),
                self._odd(),
                self._set("basic_digital_skills", "ict_standard"),
                self._one("", "class", "self_paced"),
                self._count(),
            ],
        )
        self._ids(
            "classes",
            5,
            lambda: [
                self._one("", self._ref("courses")()),
                self._odd(),
                self._one("", "class", "contest"),
                self._one("", "hybrid"),
                self._one("", unit()),
                self._set(unit(), unit()),
                self._odd(),
                self._count(),
                self._one("", self._ref("activities")()),
            ],
        )
        self._ids(
            "sessions",
            8,
            lambda: [
                self._ref("classes")(),
                self._moment("2024"),
                self._one("", self._moment("2025")),
                self._odd(),
            ],
        )
        self._links(
            "attendance",
            lambda: [
                self._ref("sessions")(),
                person(),
                self._one("", "present", "late"),
                self._one("", self._moment("2024")),
            ],
            (0, 1),
        )
        self._links(
            "invitations",
            lambda: [self._ref("classes")(), person(), self._one("", self._moment("2024"))],
            (0, 1),
        )
        self._ids(
            "headcounts",
            4,
            lambda: [
                self._one("", self._ref("classes")()),
                unit(),
                self._odd(),
                self._count(),
                self._one("", "exact", "nearly"),
                self._day(),
            ],
        )
        self._ids(
            "results",
            9,
            lambda: [
                person(),
                self._ref("courses")(),
                self._day(""),
                self._day(""),
                self._number(),
                self._truth(),
                self._odd(),
            ],
        )
        self._ids("teams", 3, lambda: [unit(), self._odd(), self._odd(), *self._span()])
        self._links(
            "team_members",
            lambda: [self._ref("teams")(), person(), self._one("", "leader"), *self._span()],
            (0, 1, 3),
        )
        self._ids(
            "assists",
            4,
            lambda: [
                self._ref("teams")(),
                self._day(),
                self._one("", "health"),
                self._count(),
                self._one("", "alone"),
            ],
        )
        self._ids(
            "outreach", 4, lambda: [unit(), self._one("", "press"), self._day(), self._odd(), self._count()]
        )

    def texts(self) -> dict[str, str]:
        texts = {}
        for name, rows in self.tables.items():
            text = io.StringIO(newline="")
            csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(rows)
            texts[name] = text.getvalue()
        return texts

    def _units(self) -> None:
        ids = self._new_ids(10)
        rows = []
        for at, uid in enumerate(ids):
            versions = (
                [("", "2024-12-31"), ("2025-01-01", "")]
                if self._dice.random() < 0.4
                else [tuple(self._span())]
            )
            key = self._odd()
            for first, last in versions:
                parent = self._one("", self._dice.choice(ids[:at])) if at else ""
                rows.append(
                    [
                        uid,
                        self._odd(),
                        self._odd("Xã"),
                        self._one("commune", "agency"),
                        parent,
                        first,
                        last,
                        key,
                    ]
                )
        self._dice.shuffle(rows)
        self.tables["units"] += rows
        for event in self._new_ids(3):
            day = self._day()
            for after in sorted({self._dice.choice(ids), self._dice.choice(ids)}):
                self.tables["unit_changes"].append([event, "split", day, ids[0], after, self._odd()])

    def _ids(self, name: str, count: int, cells: Callable[[], list[str]]) -> None:
        self.tables[name] += [[uid, *cells()] for uid in self._new_ids(count)]

    def _links(self, name: str, cells: Callable[[], list[str]], key: Sequence[int]) -> None:
        rows = [cells() for _ in range(20)]
        self.tables[name] += {tuple(row[at] for at in key): row for row in rows}.values()

    def _new_ids(self, count: int) -> list[str]:
        tails = ["", ":", "é", '"', ",", " ", "Ω", "\U0001f600"]
        return [f"{self._dice.choice('aZé0')}{number}{self._dice.choice(tails)}" for number in range(count)]

    def _ref(self, name: str) -> Callable[[], str]:
        return lambda: self._dice.choice(self.tables[name][1:])[0]

    def _one(self, *choices: str) -> str:
        return self._dice.choice(choices)

    def _set(self, *choices: str) -> str:
        return ";".join(sorted({choice for choice in choices if self._dice.random() < 0.6}))

    def _odd(self, instead_of_empty: str = "") -> str:
        return self._dice.choice(_ODD) or instead_of_empty

    def _truth(self) -> str:
        return self._one("", "true", "false")

    def _count(self) -> str:
        return self._one("", "0", "7", "2147483647")

    def _number(self) -> str:
        value = Decimal(self._dice.randrange(10**9)).scaleb(-8).normalize()
        return self._one("", "0", "5", "7.5", "0.000001", f"{value:f}")

    def _identity(self) -> str:
        return self._one("", f"{self._dice.randrange(10**12):012d}")

    def _day(self, *instead: str) -> str:
        return self._one(
            *instead,
            f"202{self._dice.randrange(6)}-0{self._dice.randrange(1, 10)}-1{self._dice.randrange(10)}",
        )

    def _birth(self) -> str:
        return self._one("", "1980", "1980-02-29")

    def _span(self) -> list[str]:
        return [self._one("", "2019-01-01"), self._one("", "2026-12-31")]

    def _moment(self, year: str) -> str:
        return f"{year}-0{self._dice.randrange(1, 10)}-11T{self._one('00', '23')}:59:00{self._one('', '.000001')}+07:00"
