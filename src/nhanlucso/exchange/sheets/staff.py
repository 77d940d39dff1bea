"""Planning the import of a staff list: who is known, who is new, what a list adds to what is known."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from nhanlucso.exchange.sheets.categories import category_of, is_leader
from nhanlucso.exchange.sheets.linkage.births import births_differ
from nhanlucso.exchange.sheets.linkage.claims import Linked
from nhanlucso.exchange.sheets.linkage.people import Known, KnownPost
from nhanlucso.exchange.sheets.linkage.weights import KNOWN_STAFF
from nhanlucso.exchange.sheets.pairing import Matching, Pairing
from nhanlucso.exchange.sheets.plan import ImportPlan, Outcome
from nhanlucso.exchange.sheets.rows import SheetRow
from nhanlucso.kernel.text import fold
from nhanlucso.orgs.models import Unit
from nhanlucso.people.services import PersonData, PostData


class StaffPlanner:
    """Plans one list. A second row for the same person changes nothing and is told."""

    def __init__(self, matching: Matching) -> None:
        self.ground, self.past, self.places = matching.ground, matching.past, matching.places
        self.plan = ImportPlan("staff")
        self.pairing = Pairing(matching, self.plan, known_share=KNOWN_STAFF, makes_people=True)
        self._seen: dict[object, int] = {}  # identity of a new person -> row
        self._units: dict[int, Unit] = {}

    def run(self, rows: Iterable[SheetRow]) -> ImportPlan:
        named = []
        for row in rows:
            if row.full_name:
                named.append(row)
            else:
                self.plan.settle(row, Outcome.SKIPPED, "name_missing")
        linked = self.pairing.pair(named, lambda row, unit: None)
        for link in linked:
            if link.found.certain is not None:
                self._remember(link, link.unit)
        for link in linked:
            self._row(link)
        return self.plan

    def _row(self, link: Linked) -> None:
        found = link.found
        if found.certain is None and not link.decided:
            link.twice = self._remember(link, link.unit) or 0
        if link.twice:
            self.pairing.twice(link)
        elif found.certain is not None:
            self._known(link, found.certain)
        elif found.possible:
            self.pairing.doubt(link)
        else:
            self._new(link)

    def _remember(self, link: Linked, unit: int) -> int | None:
        """The earlier row with the same identity number, or with the same name, birth date and unit."""
        row = link.row
        keys: list[object] = [row.national_id] if row.national_id else []
        if row.birth_date and len(row.birth_date) == len("1980-01-31"):
            keys.append((link.folded, row.birth_date, unit))
        before = next((self._seen[key] for key in keys if key in self._seen), None)
        for key in keys:
            self._seen.setdefault(key, row.row)
        return before

    # -- new people ------------------------------------------------------------------------------------------

    def _new(self, link: Linked) -> None:
        row = link.row
        person = PersonData(
            full_name=row.full_name or "",
            birth=row.birth_date or "",
            sex=row.sex or "",
            phone=row.phone or "",
            email=row.email or "",
            national_id=row.national_id,
        )
        self.plan.new_people.append((person, self._post(row, link.unit)))
        alike = self.pairing.candidates(link.found)
        code = "similar_person" if alike and not link.decided else ""
        told = {"read": alike[0].full_name, "value": alike[0].birth} if alike else {}
        self.plan.settle(row, Outcome.CREATED, code, candidates=alike, decided=link.decided, **told)

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

    def _known(self, link: Linked, known: Known) -> None:
        row, unit = link.row, link.unit
        changes = self._changes(link, known)
        columns = list(changes)
        posts = known.posts_on(self.ground.on)
        here = next((post for post in posts if post.unit == unit), None)
        here = here or next((post for post in posts if self.places.same(post, unit)), None)
        if here is not None:
            filled = self._filled(row, here, unit)
            if filled:
                self.plan.post_changes[here.pk] = filled
                columns += filled
        elif not posts or (link.found.by_id and not known.inside):
            self.plan.new_posts.append((known.pk, self._post(row, unit, is_main=None if posts else True)))
            columns.append("unit")
            if posts:
                self.plan.tell(row, "still_elsewhere", read=self._name(posts[0].unit))
        else:
            self.plan.tell(row, "other_unit", read=self._name(posts[0].unit))
        if changes:
            self.plan.changes[known.pk] = changes
        outcome = Outcome.UPDATED if columns else Outcome.MATCHED
        candidates = self.pairing.candidates(link.found)
        self.plan.settle(row, outcome, candidates=candidates, columns=columns, decided=link.decided)

    def _changes(self, link: Linked, known: Known) -> dict[str, str]:
        """What the row adds to a person: what was empty, a whole date for a year, a new phone or mail."""
        row = link.row
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
        self._tell_differences(link, known)
        return changes

    def _tell_differences(self, link: Linked, known: Known) -> None:
        """What the row says otherwise than the register, which stays as it is."""
        row = link.row
        if link.folded != known.name_folded:
            self.plan.tell(row, "differs", column=_("họ tên"))
        if births_differ(row.birth_date, known.birth):
            self.plan.tell(row, "differs", column=_("ngày sinh"))
        if row.sex and known.sex and row.sex != known.sex:
            self.plan.tell(row, "differs", column=_("giới tính"))
        if link.hashed and known.id_hash and link.hashed != known.id_hash:
            self.plan.tell(row, "differs", column=_("số định danh"))

    def _filled(self, row: SheetRow, post: KnownPost, unit: int) -> dict[str, str]:
        """Empty columns of a post that the row fills."""
        filled: dict[str, str] = {}
        if row.title and not post.title:
            filled["title"] = row.title
        elif row.title and row.title != post.title and fold(row.title) != fold(post.title):
            self.plan.tell(row, "differs", column=_("chức vụ"))
        if not post.category and (category := self._category(row, unit)):
            filled["category"] = category
        elif not post.category:
            self.plan.tell(row, "category_unknown")
        return filled

    def _name(self, unit: int) -> str:
        version = self.past.version(unit, self.ground.on) or self.past.last_version(unit)
        return version.name if version else ""
