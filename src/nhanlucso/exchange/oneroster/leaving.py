"""The records of a subtree as rows of a package: what each file says of them.

Columns of the standard say it for everybody; columns of our own (`metadata.nhanlucso.`) say it as an exchange bundle
does, so that a package that comes back means exactly what it meant.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any

from nhanlucso.exchange.bundle.cells import Ref
from nhanlucso.exchange.bundle.columns import FileSpec
from nhanlucso.exchange.bundle.files import BY_NAME
from nhanlucso.exchange.bundle.index import chunked
from nhanlucso.exchange.bundle.selection import Selection
from nhanlucso.exchange.bundle.stored import Record
from nhanlucso.exchange.oneroster.naming import written
from nhanlucso.kernel.clock import EVER, local_date
from nhanlucso.orgs.enums import UnitKind
from nhanlucso.orgs.models import Unit
from nhanlucso.orgs.rules import History, Version
from nhanlucso.people.models import Person
from nhanlucso.training.models import Attendance, ClassSession, Invitation, TrainingClass

Row = dict[str, str]
UNTITLED = "-"
_TYPES = {
    UnitKind.COUNTRY: "national",
    UnitKind.PROVINCE: "state",
    UnitKind.DISTRICT: "district",
    UnitKind.VILLAGE: "department",
    UnitKind.DIVISION: "department",
}
_BODY = "school"  # whoever hosts classes: the standard asks that classes belong to an org of this type


def texts(spec: FileSpec, record: Record) -> Row:
    """The columns of a record as a bundle writes them, but ids and references."""
    return {
        column.name: column.cell.show(column.cell.read(record))
        for column in spec.columns
        if not isinstance(column.cell, Ref) and column.name != "id"
    }


def records(spec: FileSpec, picked: Iterable[int], by: str = "pk") -> Iterator[Record]:
    """The stored rows of a file of the bundle, of these primary keys."""
    objects: Any = spec.model._default_manager
    fields = {name for column in spec.columns for name in column.cell.fields}
    fields -= {"co_host_units", "partner_units"}
    for chunk in chunked(sorted(picked)):
        yield from objects.filter(**{f"{by}__in": chunk}).order_by("pk").values("pk", *fields)


def tops(past: History, unit: int, on: date) -> set[int]:
    """The units whose people belong to a unit on a day: below it, or become part of it as a whole."""
    inside = past.inside_since(frozenset({unit}), on)
    return {unit} | {one for one, since in inside.items() if since == EVER}


@dataclass
class Leaving:
    """What leaves: the selection, the unit at its top, the history of units, on which day; `contacts`: telephone and
    mail go along."""

    picked: Selection
    top: int
    past: History
    at: datetime
    contacts: bool
    ids: dict[str, dict[int, str]] = field(default_factory=dict)
    years: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.picked = {**self.picked, "classes": self._classes()}
        self.picked["sessions"] = {
            pk
            for chunk in chunked(sorted(self.picked["classes"]))
            for pk in ClassSession.objects.filter(training_class__in=chunk).values_list("pk", flat=True)
        }
        for name in ("people", "posts", "courses", "classes", "sessions", "results"):
            self.ids[name] = self._ids(BY_NAME[name].identified, self.picked[name])

    def _classes(self) -> set[int]:
        """Of the classes picked those hosted here or with people of here on their rosters: co-hosts and head counts,
        for which others were picked, have no place in a roster."""
        below = tops(self.past, self.top, self.day)
        found: set[int] = set()
        for chunk in chunked(sorted(self.picked["classes"])):
            rows = TrainingClass.objects.filter(pk__in=chunk).values_list("pk", "host_unit")
            found.update(pk for pk, host in rows if host in below)
        for chunk in chunked(sorted(self.picked["people"])):
            came = Attendance.objects.filter(person__in=chunk).values_list("session__training_class")
            asked = Invitation.objects.filter(person__in=chunk).values_list("training_class")
            found.update(pk for rows in (came, asked) for (pk,) in rows.distinct())
        return found

    @property
    def day(self) -> date:
        return local_date(self.at)

    def _ids(self, model: Any, picked: Iterable[int]) -> dict[int, str]:
        return {
            pk: written((origin, uid))
            for chunk in chunked(sorted(picked))
            for pk, origin, uid in model._default_manager.filter(pk__in=chunk).values_list(
                "pk", "origin", "uid"
            )
        }

    @cached_property
    def orgs(self) -> dict[int, str]:
        """The subtree, the units of posts and hosts elsewhere, and what stands above any of them."""
        wanted = set(self.past.subtree(self.top, self.day)) | {self.top}
        wanted.update(row["unit_id"] for row in self.posts)
        wanted.update(row["host_unit_id"] for row in self.classes if row["host_unit_id"] is not None)
        waiting = list(wanted)
        while waiting:
            unit = waiting.pop()
            for other in (self.version(unit).parent, self.heir(unit)):
                if other is not None and other not in wanted:
                    wanted.add(other)
                    waiting.append(other)
        return self._ids(Unit, wanted)

    def heir(self, unit: int) -> int | None:
        """What a unit that has ended became as a whole; None if it is there, divided, or gone."""
        last = self.past.last_version(unit)
        if last is None or last.valid_to >= self.day:
            return None
        became = self.past.carry(unit, last.valid_to, self.day) - {unit}
        return next(iter(became)) if len(became) == 1 else None

    def version(self, unit: int) -> Version:
        """A unit as it is on the day, or as it last was."""
        found = self.past.version_near(unit, self.day)
        assert found is not None  # every unit has a version
        return found

    @cached_property
    def posts(self) -> list[Record]:
        return list(records(BY_NAME["posts"], self.ids["posts"]))

    @cached_property
    def classes(self) -> list[Record]:
        return list(records(BY_NAME["classes"], self.ids["classes"]))

    # -- people ----------------------------------------------------------------------------------------------

    def org_rows(self) -> Iterator[tuple[Row, Row]]:
        keys = dict(Unit.objects.filter(pk__in=list(self.orgs)).values_list("pk", "catalogue_key"))
        for unit, uid in self.orgs.items():
            version = self.version(unit)
            own = {
                "kind": version.kind,
                "valid_from": _span_end(version.valid_from),
                "valid_to": _span_end(version.valid_to),
                "catalogue_key": keys[unit],
                "became": "" if (heir := self.heir(unit)) is None else self.orgs[heir],
            }
            yield (
                {
                    "sourcedId": uid,
                    "name": version.name,
                    "type": _TYPES.get(UnitKind(version.kind), _BODY),
                    "identifier": version.code,
                    "parentSourcedId": "" if version.parent is None else self.orgs[version.parent],
                },
                own,
            )

    def user_rows(self) -> Iterator[tuple[Row, Row]]:
        homes = self._homes()
        erased = set(Person.objects.filter(erased_at__isnull=False).values_list("pk", flat=True))
        spec = BY_NAME["people"]
        for record in records(spec, self.ids["people"]):
            own = texts(spec, {**record, "national_id_cipher": ""})
            family, middle, given = name_parts(own["full_name"])
            told = {
                "sourcedId": self.ids["people"][record["pk"]],
                "enabledUser": "false" if record["pk"] in erased else "true",
                "username": self.ids["people"][record["pk"]],
                "givenName": given,
                "middleName": middle,
                "familyName": family,
                "primaryOrgSourcedId": homes.get(record["pk"], ""),
            }
            if self.contacts:
                told |= {"email": own["email"], "phone": own["phone"]}
            yield told, {"full_name": own["full_name"]}

    def demographic_rows(self) -> Iterator[tuple[Row, Row]]:
        sexes = {"m": "male", "f": "female"}
        for record in records(BY_NAME["people"], self.ids["people"]):
            birth, sex = record["birth"], record["sex"]
            if birth or sex:
                whole = birth if len(birth) == 10 else ""
                told = {
                    "sourcedId": self.ids["people"][record["pk"]],
                    "birthDate": whole,
                    "sex": sexes.get(sex, ""),
                }
                yield told, {"birth_date": birth}

    def role_rows(self) -> Iterator[tuple[Row, Row]]:
        spec, first = BY_NAME["posts"], set(self._main.values())
        for record in self.posts:
            own = texts(spec, record)
            yield (
                {
                    "sourcedId": self.ids["posts"][record["pk"]],
                    "userSourcedId": self.ids["people"][record["person_id"]],
                    "roleType": "primary" if record["pk"] in first else "secondary",
                    "role": "student",
                    "beginDate": own.pop("valid_from"),
                    "endDate": own.pop("valid_to"),
                    "orgSourcedId": self.orgs[record["unit_id"]],
                },
                own,
            )

    @cached_property
    def _main(self) -> dict[int, int]:
        """Of each person the post that is the primary role: the main one, of those of the day if there are any."""

        def order(row: Record) -> tuple[bool, bool, date, str]:
            holds = row["valid_from"] <= self.day <= row["valid_to"]
            return not holds, row["is_main"] is not True, row["valid_from"], self.ids["posts"][row["pk"]]

        by_person: dict[int, list[Record]] = defaultdict(list)
        for row in self.posts:
            by_person[row["person_id"]].append(row)
        return {person: min(rows, key=order)["pk"] for person, rows in by_person.items()}

    def _homes(self) -> dict[int, str]:
        units = {row["pk"]: row["unit_id"] for row in self.posts}
        return {person: self.orgs[units[post]] for person, post in self._main.items()}


def name_parts(full_name: str) -> tuple[str, str, str]:
    """Family name, middle name, given name, in the Vietnamese order; who has one name alone bears «-» as the family."""
    words = full_name.split()
    if len(words) < 2:
        return UNTITLED, "", full_name.strip() or UNTITLED
    return words[0], " ".join(words[1:-1]), words[-1]


def full_name(family: str, middle: str, given: str) -> str:
    return " ".join(part for part in (family, middle, given) if part and part != UNTITLED)


def _span_end(day: date) -> str:
    return "" if day.year in (1, 9999) else day.isoformat()
