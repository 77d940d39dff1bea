"""Looking in every room at once. Each room finds within the scope; here its finds become hits."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from nhanlucso.courses.queries import course_list, may_add_courses
from nhanlucso.indicators.definitions import definitions
from nhanlucso.kernel.clock import today
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.kernel.text import fold
from nhanlucso.orgs import catalogue
from nhanlucso.orgs.browsing.queries import Match, UnitLine, lines_of, matches
from nhanlucso.orgs.browsing.rules import closeness
from nhanlucso.orgs.catalogue import Entry
from nhanlucso.orgs.queries import history
from nhanlucso.orgs.rules import History
from nhanlucso.people.queries import PersonLine, find_people
from nhanlucso.plans.documents.queries import find_plans
from nhanlucso.teams.models import Team
from nhanlucso.teams.queries import find_teams
from nhanlucso.training.queries.classes import find_classes
from nhanlucso.web.kit.wording import day
from nhanlucso.web.search.hits import Group, Hit
from nhanlucso.web.search.pages import find_pages

FEW, ALL = 5, 100
SHORTEST = 2  # letters: one alone finds nearly everything
_TEAM_WORDS = re.compile(r"^to cong nghe so(?: cong dong)?\s*|^to\s+")
_NAMED = 500  # units by whose names teams are looked for
_HEIRS = 4  # successors that a line names


@dataclass(frozen=True)
class Wanted:
    """What is looked for, by whom; units are looked up once for all kinds that need them."""

    scope: Scope
    words: str

    @cached_property
    def folded(self) -> str:
        return fold(self.words)

    @cached_property
    def units(self) -> list[Match]:
        return matches(self.scope, self.words)


Finder = Callable[[Wanted, int], list[Hit]]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of thing that is looked for: who may, how, and the address of the room's own list."""

    key: str
    label: str | Promise
    find: Finder
    needs: tuple[Permission, ...] = ()
    room: str = ""
    looks: bool = True


def search(scope: Scope, words: str, key: str = "") -> list[Group]:
    """What the words find, by kind: a few of each, or all of one kind. Nothing for words that are too short."""
    wanted = Wanted(scope, words)
    if len(wanted.folded) < SHORTEST:
        return []
    found = []
    for kind in kinds_of(scope):
        if key in ("", kind.key):
            most = ALL if key else FEW
            hits = kind.find(wanted, most + 1)
            room = f"{reverse(kind.room)}?{urlencode({'q': words})}" if kind.room else ""
            found.append(Group(kind.key, kind.label, hits[:most], len(hits) > most, room))
    return [group for group in found if group.hits]


def kinds_of(scope: Scope) -> list[Kind]:
    """The kinds that the scope may look for."""
    return [
        kind
        for kind in KINDS
        if not (kind.looks and scope.is_empty) and (not kind.needs or any(map(scope.may, kind.needs)))
    ]


def _people(wanted: Wanted, most: int) -> list[Hit]:
    found = find_people(wanted.scope, wanted.words, on=today(), most=most)
    return [Hit(one.person.full_name, reverse("person", args=[one.person.pk]), _post(one)) for one in found]


def _post(line: PersonLine) -> str:
    post = line.posts[0] if line.posts else None
    if post is None:
        return ""
    return ", ".join(filter(None, (post.post.title, post.unit.name if post.unit else "")))


def _units(wanted: Wanted, most: int) -> list[Hit]:
    lines = lines_of(wanted.scope, wanted.units[:most])
    return [Hit(row.version.name, reverse("unit", args=[row.version.unit]), _unit_note(row)) for row in lines]


def _unit_note(row: UnitLine) -> str:
    parts = [", ".join(above.name for above in reversed(row.line))]
    parts.append(row.version.code)
    if row.formerly:
        parts.append(_("trước là %(name)s") % {"name": row.formerly})
    if row.ended:
        parts.append(_("đến %(day)s") % {"day": day(row.version.valid_to)})
    if row.became:
        names = ", ".join(version.name for version in row.became[:_HEIRS])
        more = "…" if len(row.became) > _HEIRS else ""
        parts.append(_("nay là %(names)s") % {"names": names + more})
    return " · ".join(filter(None, parts))


def _pages(wanted: Wanted, most: int) -> list[Hit]:
    return find_pages(wanted.scope, wanted.words, most)


def _classes(wanted: Wanted, most: int) -> list[Hit]:
    hits = []
    for one in find_classes(wanted.scope, wanted.words, most=most):
        first = one.first_day  # type: ignore[attr-defined]
        hits.append(Hit(one.title, reverse("training-class", args=[one.pk]), day(first) if first else ""))
    return hits


def _figures(wanted: Wanted, most: int) -> list[Hit]:
    found = [i for i in definitions().values() if wanted.folded in fold(f"{i.name} {i.code}")]
    return [Hit(str(i.name), reverse("figure", args=[i.code])) for i in found[:most]]


def _plans(wanted: Wanted, most: int) -> list[Hit]:
    found = find_plans(wanted.scope, wanted.words, most)
    return [Hit(one.title, reverse("plan", args=[one.pk]), one.number) for one in found]


def _courses(wanted: Wanted, most: int) -> list[Hit]:
    adding = may_add_courses(wanted.scope)
    found = [one for one in course_list(wanted.scope) if wanted.folded in fold(f"{one.title} {one.topics}")]
    return [
        Hit(one.title, reverse("course-change", args=[one.pk]) if adding else reverse("courses"))
        for one in found[:most]
    ]


def _teams(wanted: Wanted, most: int) -> list[Hit]:
    named = _TEAM_WORDS.sub("", wanted.folded)
    found = wanted.units if named == wanted.folded else matches(wanted.scope, named)
    past = history()
    teams = find_teams(wanted.scope, [match.version.unit for match in found[:_NAMED]], most)
    return [
        Hit(_team_name(team, past), reverse("team", args=[team.pk]), _team_note(team, past)) for team in teams
    ]


def _team_name(team: Team, past: History) -> str:
    version = past.last_version(team.unit_id)
    return team.name or (version.name if version else "")


def _team_note(team: Team, past: History) -> str:
    """Where a team is, since villages of many communes bear one name."""
    version = past.version_near(team.unit_id, min(team.valid_to, today()))
    above = past.version_near(version.parent, version.valid_from) if version and version.parent else None
    place = ", ".join(one.name for one in (version, above) if one)
    ended = _("đến %(day)s") % {"day": day(team.valid_to)} if team.valid_to < today() else ""
    return " · ".join(filter(None, (place, ended)))


def _entries(wanted: Wanted, most: int) -> list[Hit]:
    """The national catalogue, without what the installation has of that name and code."""
    have = {(match.version.name, match.version.code) for match in wanted.units}
    code = wanted.words.strip()
    found = [entry for entry in catalogue.find([wanted.words]) if (entry.name, entry.code) not in have]
    found.sort(key=lambda entry: closeness(wanted.folded, fold(entry.name), entry.code == code))
    return [
        Hit(one.name, f"{reverse('units')}?{urlencode({'q': one.name})}", _entry_note(one))
        for one in found[:most]
    ]


def _entry_note(entry: Entry) -> str:
    parts = [", ".join(filter(None, (entry.district, entry.province))), entry.code]
    if entry.valid_to:
        parts.append(_("đến %(day)s") % {"day": day(entry.valid_to)})
    if heirs := catalogue.successors(entry.key):
        names = ", ".join(heir.name for heir in heirs[:_HEIRS]) + ("…" if len(heirs) > _HEIRS else "")
        parts.append(_("sau đó là %(names)s") % {"names": names})
    return " · ".join(filter(None, parts))


KINDS = (
    Kind("pages", gettext_lazy("Trang"), _pages, looks=False),
    Kind("people", gettext_lazy("Người"), _people, (Permission.SEE_PEOPLE,), room="people"),
    Kind("units", pgettext_lazy("phòng", "Đơn vị"), _units, room="units"),
    Kind("classes", gettext_lazy("Lớp học"), _classes, (Permission.SEE_CLASSES,)),
    Kind("figures", gettext_lazy("Chỉ số"), _figures, (Permission.SEE_FIGURES,)),
    Kind("plans", gettext_lazy("Kế hoạch"), _plans, (Permission.SEE_PLANS,)),
    Kind(
        "courses",
        gettext_lazy("Khóa học"),
        _courses,
        (Permission.SEE_PEOPLE, Permission.SEE_PLANS, Permission.SEE_CLASSES),
    ),
    Kind("teams", gettext_lazy("Tổ công nghệ số"), _teams, (Permission.SEE_TEAMS,)),
    Kind("catalogue", gettext_lazy("Đơn vị trong danh mục cả nước"), _entries),
)
