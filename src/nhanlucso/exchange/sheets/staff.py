"""Planning the import of a staff list: who is known, who is new, what a list adds to what is known."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from nhanlucso.exchange.sheets.categories import category_of, is_leader
from nhanlucso.exchange.sheets.plan import CandidateRow, Ground, ImportPlan, Outcome
from nhanlucso.exchange.sheets.register import Candidate, Found, Known, KnownPost, Register, births_differ
from nhanlucso.exchange.sheets.rows import SheetRow
from nhanlucso.exchange.sheets.unitnames import UnitNames
from nhanlucso.kernel.text import fold
from nhanlucso.orgs.models import Unit
from nhanlucso.orgs.rules import History
from nhanlucso.people.identity import match_hash
from nhanlucso.people.services import PersonData, PostData


class StaffPlanner:
    """Plans one list. A second row for the same person changes nothing and is told."""

    def __init__(self, ground: Ground, register: Register, units: UnitNames, past: History) -> None:
        self.ground, self.register, self.units, self.past = ground, register, units, past
        self.plan = ImportPlan("staff")
        self._seen: dict[object, int] = {}  # person or identity -> row
        self._units: dict[int, Unit] = {}

    def run(self, rows: Iterable[SheetRow]) -> ImportPlan:
        for row in rows:
            self._row(row)
        return self.plan

    def _row(self, row: SheetRow) -> None:
        if not row.full_name:
            self.plan.settle(row, Outcome.SKIPPED, "name_missing")
            return
        unit = find_unit(self.plan, self.units, self.ground.unit, row)
        if unit is None:
            return
        found = self.register.find(row)
        twice = self._seen_before(row, found, unit)
        if twice:
            self.plan.settle(row, Outcome.SKIPPED, "row_twice", read=twice)
        elif found.certain is not None:
            self._known(row, found.certain, unit, by_id=found.by_id)
        elif found.possible:
            settle_doubt(self.plan, row, found, self.past, self.ground.on)
        else:
            self._new(row, unit)

    def _seen_before(self, row: SheetRow, found: Found, unit: int) -> int | None:
        """The earlier row of the same person, by the register, the identity number, or name, birth date and unit."""
        keys: list[object] = []
        if found.certain is not None:
            keys.append(found.certain.pk)
        elif row.national_id:
            keys.append(row.national_id)
        if row.birth_date and len(row.birth_date) == 10:
            keys.append((fold(row.full_name or ""), row.birth_date, unit))
        before = next((self._seen[key] for key in keys if key in self._seen), None)
        for key in keys:
            self._seen.setdefault(key, row.row)
        return before

    # -- new people ------------------------------------------------------------------------------------------

    def _new(self, row: SheetRow, unit: int) -> None:
        person = PersonData(
            full_name=row.full_name or "",
            birth=row.birth_date or "",
            sex=row.sex or "",
            phone=row.phone or "",
            email=row.email or "",
            national_id=row.national_id,
        )
        self.plan.new_people.append((person, self._post(row, unit)))
        self.plan.settle(row, Outcome.CREATED)

    def _post(self, row: SheetRow, unit: int, *, is_main: bool | None = True) -> PostData:
        category = self._category(row, unit)
        if not category:
            self.plan.tell(row, "category_unknown")
        return PostData(
            unit=self._unit(unit),
            title=row.title or "",
            category=category,
            is_leader=is_leader(row.title or ""),
            is_main=is_main,
            valid_from=self.ground.since,
        )

    def _category(self, row: SheetRow, unit: int) -> str:
        version = self.past.version(unit, self.ground.on)
        kind = version.kind if version else ""
        return category_of(row.category or "", row.title or "", kind) or self.ground.category

    def _unit(self, unit: int) -> Unit:
        if unit not in self._units:
            self._units[unit] = Unit.objects.get(pk=unit)
        return self._units[unit]

    # -- known people ----------------------------------------------------------------------------------------

    def _known(self, row: SheetRow, known: Known, unit: int, *, by_id: bool) -> None:
        changes = self._changes(row, known)
        columns = list(changes)
        posts = known.posts_on(self.ground.on)
        here = next((post for post in posts if post.unit == unit), None)
        if here is not None:
            filled = self._filled(row, here, unit)
            if filled:
                self.plan.post_changes[here.pk] = filled
                columns += filled
        elif not posts or (by_id and not known.inside):
            self.plan.new_posts.append((known.pk, self._post(row, unit, is_main=None if posts else True)))
            columns.append("unit")
            if posts:
                self.plan.tell(row, "still_elsewhere", read=self._name(posts[0].unit))
        else:
            self.plan.tell(row, "other_unit", read=self._name(posts[0].unit))
        if changes:
            self.plan.changes[known.pk] = changes
        outcome = Outcome.UPDATED if columns else Outcome.MATCHED
        candidates = [shown_person(known, self.past, self.ground.on)]
        self.plan.settle(row, outcome, candidates=candidates, columns=columns)

    def _changes(self, row: SheetRow, known: Known) -> dict[str, str]:
        """What the row adds to a person: what was empty, a whole date for a year, a new phone or mail."""
        changes: dict[str, str] = {}
        if (
            row.birth_date
            and len(row.birth_date) > len(known.birth)
            and not births_differ(row.birth_date, known.birth)
        ):
            changes["birth"] = row.birth_date
        if row.sex and not known.sex:
            changes["sex"] = row.sex
        if row.phone and row.phone != known.phone:
            changes["phone"] = row.phone
        if row.email and row.email.casefold() != known.email.casefold():
            changes["email"] = row.email
        if row.national_id and not known.id_hash:
            changes["national_id"] = row.national_id
        self._tell_differences(row, known)
        return changes

    def _tell_differences(self, row: SheetRow, known: Known) -> None:
        """What the row says otherwise than the register, which stays as it is."""
        differing = {
            _("họ tên"): fold(row.full_name or "") != fold(known.full_name),
            _("ngày sinh"): births_differ(row.birth_date, known.birth),
            _("giới tính"): bool(row.sex and known.sex and row.sex != known.sex),
            _("số định danh"): bool(row.national_id and known.id_hash)
            and match_hash(row.national_id or "") != known.id_hash,
        }
        for column, differs in differing.items():
            if differs:
                self.plan.tell(row, "differs", column=column)

    def _filled(self, row: SheetRow, post: KnownPost, unit: int) -> dict[str, str]:
        """Empty columns of a post that the row fills."""
        filled: dict[str, str] = {}
        if row.title and not post.title:
            filled["title"] = row.title
        elif row.title and fold(row.title) != fold(post.title):
            self.plan.tell(row, "differs", column=_("chức vụ"))
        if not post.category and (category := self._category(row, unit)):
            filled["category"] = category
        elif not post.category:
            self.plan.tell(row, "category_unknown")
        return filled

    def _name(self, unit: int) -> str:
        version = self.past.version(unit, self.ground.on) or self.past.last_version(unit)
        return version.name if version else ""


def find_unit(plan: ImportPlan, units: UnitNames, given: Unit, row: SheetRow) -> int | None:
    """The unit of a row: named in it, or the unit of the import where the list has none. Settles the row if unknown."""
    if not row.unit:
        if "unit" not in row.has:
            return given.pk
        plan.settle(row, Outcome.SKIPPED, "unit_missing")
        return None
    found = units.find(row.unit)
    if len(found) == 1:
        return next(iter(found))
    plan.settle(row, Outcome.SKIPPED, "ambiguous_unit" if found else "unknown_unit", value=row.unit)
    return None


def shown(candidate: Candidate, past: History, on: date) -> CandidateRow:
    """A candidate as it is shown: with the post of the day, else the last one."""
    known = candidate.known
    post = next(iter(known.posts_on(on)), None) or max(
        known.posts, key=lambda held: held.valid_to, default=None
    )
    version = (past.version(post.unit, on) or past.last_version(post.unit)) if post else None
    return CandidateRow(
        known.uid,
        known.full_name,
        known.birth,
        version.name if version else "",
        post.title if post else "",
        candidate.probability,
        candidate.reasons,
    )


def shown_person(known: Known, past: History, on: date) -> CandidateRow:
    """The person whom a row certainly means."""
    return shown(Candidate(known, 1.0, ()), past, on)


def settle_doubt(plan: ImportPlan, row: SheetRow, found: Found, past: History, on: date) -> None:
    """Notes a row that may mean one or several people of the register: a person must decide."""
    candidates = [shown(candidate, past, on) for candidate in found.possible]
    code = "ambiguous_person" if len(candidates) > 1 else "uncertain_person"
    plan.settle(row, Outcome.AMBIGUOUS, code, candidates=candidates, read=len(candidates))
