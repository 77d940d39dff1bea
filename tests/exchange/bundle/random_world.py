"""Bundles of random rows in all files, with every oddity that the format allows."""

from __future__ import annotations

import csv
import io
import random
from decimal import Decimal

from tests.exchange.bundle.world import TABLES

ODD = (
    *(
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
    ),
    *("NaN", "=1+1", "😀"),
)
TAILS = ("", ":", "é", '"', ",", " ", "Ω", "😀")
REFERENCES = {
    **dict.fromkeys(
        ("unit_id", "host_unit_id", "issuer_unit_id", "lead_unit_id", "standing_unit_id"), "units"
    ),
    **{"person_id": "people", "plan_id": "plans", "programme_id": "programmes", "activity_id": "activities"},
    **{"course_id": "courses", "class_id": "classes", "session_id": "sessions"},
    **{"team_id": "teams", "board_id": "boards"},
}
REQUIRED = {
    *("person_id", "unit_id", "session_id", "team_id", "board_id", "starts_at"),
    *(("activities", "plan_id"), ("targets", "plan_id"), ("results", "course_id"), ("sessions", "class_id")),
    *(("invitations", "class_id"), ("headcounts", "date"), ("assists", "date"), ("outreach", "date")),
}
WORDS: dict[str, tuple[str, ...]] = {
    "sex": ("", "m", "f"),
    "category": ("", "cadre", "citizen"),
    "comparator": ("", "over", "under"),
    "role": ("", "member"),
    "delivery": ("", "class", "self_paced"),
    "form": ("", "class", "contest"),
    "mode": ("", "hybrid"),
    "status": ("", "present", "late"),
    "qualifier": ("", "exact", "nearly"),
    "field": ("", "health"),
    "outcome": ("", "alone"),
    "channel": ("", "press"),
    "indicator": ("coverage.basic",),
    "year": ("2024",),
    "birth_date": ("", "1980", "1980-02-29"),
    "valid_from": ("", "2019-01-01"),
    "valid_to": ("", "2026-12-31"),
    **dict.fromkeys(("is_leader", "is_main", "passed"), ("", "true", "false")),
    **dict.fromkeys(("periods", "capacity", "count", "people"), ("", "0", "7", "2147483647")),
}
SETS: dict[str, tuple[str, ...]] = {
    "duties": ("dt_lead", "records", "one_stop"),
    "counts_for": ("basic_digital_skills", "ict_standard"),
}
LINKS = {"attendance": 2, "invitations": 2, "team_members": 3, "board_members": 3}  # columns of the key


class RandomWorld:
    """Rows of all files, written canonically: what an export must give back."""

    def __init__(self, seed: int) -> None:
        self._dice = random.Random(seed)
        self._rows: dict[str, list[list[str]]] = {}
        self._units()
        self._changes()
        for name in list(TABLES)[2:]:
            columns = self._columns(name)
            rows = [[self._cell(name, column, at) for column in columns] for at in range(8)]
            if name in LINKS:
                order = [columns.index(c) for c in columns if c.endswith("_id") or c == "valid_from"]
                rows = list({tuple(row[at] for at in order[: LINKS[name]]): row for row in rows}.values())
            self._rows[name] = rows

    def texts(self) -> dict[str, str]:
        texts = {}
        for name, rows in self._rows.items():
            text = io.StringIO(newline="")
            csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(
                [self._columns(name), *rows]
            )
            texts[name] = text.getvalue()
        return texts

    @staticmethod
    def _columns(name: str) -> list[str]:
        return TABLES[name].split("\n", 1)[0].split(",")

    def _units(self) -> None:
        ids = [self._id(at) for at in range(10)]
        rows = []
        for at, uid in enumerate(ids):
            halves = [["", "2024-12-31"], ["2025-01-01", ""]]
            whole = [[self._cell("units", "valid_from", 0), self._cell("units", "valid_to", 0)]]
            key = self._odd()
            for first, last in halves if self._dice.random() < 0.4 else whole:
                parent = self._one("", *ids[:at])
                kind = self._one("commune", "agency")
                rows.append([uid, self._odd(), self._odd() or "Xã", kind, parent, first, last, key])
        self._dice.shuffle(rows)
        self._rows["units"] = rows

    def _changes(self) -> None:
        rows = self._rows["unit_changes"] = []
        for at in range(3):
            event, day, before = self._id(at), self._day(), self._reference("units")
            for after in sorted({self._reference("units"), self._reference("units")}):
                rows.append([event, "split", day, before, after, self._odd()])

    def _cell(self, name: str, column: str, at: int) -> str:
        if column in REFERENCES:
            value = self._reference(REFERENCES[column])
        elif column in WORDS:
            return self._one(*WORDS[column])
        elif column in SETS:
            return ";".join(sorted(word for word in SETS[column] if self._dice.random() < 0.6))
        elif column.endswith("_unit_ids"):
            return ";".join(sorted({self._reference("units") for _ in range(self._dice.randrange(3))}))
        elif column in ("enrolled_at", "completed_at", "date") or column.endswith("_on"):
            value = self._day()
        elif column.endswith("_at"):
            value = f"{self._day()}T{self._one('00', '23')}:59:00{self._one('', '.000001')}+07:00"
        else:
            return self._text(column, at)
        return value if {column, (name, column)} & REQUIRED else self._one("", value, value)

    def _text(self, column: str, at: int) -> str:
        match column:
            case "id":
                return self._id(at)
            case "full_name":
                return self._odd() or "Lan"
            case "national_id":
                return self._one("", f"{self._dice.randrange(10**12):012d}")
            case "score" | "value":
                number = Decimal(self._dice.randrange(10**9)).scaleb(-8).normalize()
                return self._one("", "0", "5", "7.5", "0.000001", f"{number:f}")
        return self._odd()

    def _reference(self, name: str) -> str:
        return self._dice.choice(self._rows[name])[0]

    def _one(self, *choices: str) -> str:
        return self._dice.choice(choices)

    def _odd(self) -> str:
        return self._dice.choice(ODD)

    def _id(self, number: int) -> str:
        return f"{self._one('a', 'Z', 'é', '0')}{number}{self._one(*TAILS)}"

    def _day(self) -> str:
        return f"202{self._dice.randrange(6)}-0{self._dice.randrange(1, 10)}-1{self._dice.randrange(10)}"
