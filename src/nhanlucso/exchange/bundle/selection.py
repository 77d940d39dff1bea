"""What comes along when the subtree of a unit is exported: enough that nothing refers to nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.db.models import Model

from nhanlucso.exchange.bundle.cells import Ref, Refs
from nhanlucso.exchange.bundle.files import BY_NAME, FILES
from nhanlucso.exchange.bundle.index import chunked
from nhanlucso.exchange.bundle.stored import Links
from nhanlucso.learning.models import CourseResult
from nhanlucso.orgs.models import UnitChange
from nhanlucso.orgs.queries import history
from nhanlucso.orgs.rules import History
from nhanlucso.outreach.models import OutreachItem
from nhanlucso.people.models import Post
from nhanlucso.plans.models import Activity, Board, BoardMember, Directive, Plan, Target
from nhanlucso.teams.models import Assist, Team, TeamMember
from nhanlucso.training.models import Attendance, ClassSession, HeadCount, Invitation, TrainingClass

Selection = dict[str, set[int]]  # file → primary keys; for units.csv of units


def select_subtrees(tops: Iterable[int], on: date) -> Selection:
    """The subtrees of these units on the day (of their last day, if they have ended) with their ancestors.

    People: those with a post there at any time, with all their posts, results, attendance, invitations and seats.
    Of the units themselves: classes they host with all sessions, head counts, outreach, teams with assists, plans,
    targets, activities, directives, boards. Then whatever these refer to, and how the units came about and went on.
    """
    past = history()
    units: set[int] = set()
    above: set[int] = set()
    for top in tops:
        day = _day(past, top, on)
        units |= past.subtree(top, day)
        above.update(past.closure(day).get(top, ()))
    picked: Selection = defaultdict(set)
    _pick_people(picked, units)
    _pick_facts(picked, units)
    _close(picked)
    picked["units"] |= units | above
    _close_units(picked, past, units)
    return picked


def _day(past: History, unit: int, on: date) -> date:
    if past.version(unit, on):
        return on
    ended = [version.valid_to for version in past.versions.get(unit, ()) if version.valid_to < on]
    return max(ended, default=min((v.valid_from for v in past.versions.get(unit, ())), default=on))


def _keys(model: type[Model], field: str, among: set[int], key: str = "pk") -> set[int]:
    """The `key` of all records whose `field` is among these."""
    objects: Any = model._default_manager
    found: set[int] = set()
    for chunk in chunked(sorted(among)):
        found.update(objects.filter(**{f"{field}__in": chunk}).values_list(key, flat=True))
    return found - {None}


def _pick_people(picked: Selection, units: set[int]) -> None:
    people = picked["people"] = _keys(Post, "unit", units, "person_id")
    picked["posts"] = _keys(Post, "person", people)
    picked["results"] = _keys(CourseResult, "person", people)
    picked["teams"] = _keys(TeamMember, "person", people, "team_id")
    picked["boards"] = _keys(BoardMember, "person", people, "board_id")
    sessions = _keys(Attendance, "person", people, "session_id")
    picked["classes"] = _keys(ClassSession, "pk", sessions, "training_class_id")
    picked["classes"] |= _keys(Invitation, "person", people, "training_class_id")


def _pick_facts(picked: Selection, units: set[int]) -> None:
    picked["headcounts"] = _keys(HeadCount, "unit", units)
    picked["classes"] |= _keys(TrainingClass, "host_unit", units) | _keys(
        TrainingClass, "co_host_units", units
    )
    picked["classes"] |= _keys(HeadCount, "pk", picked["headcounts"], "training_class_id")
    picked["sessions"] = _keys(ClassSession, "training_class", picked["classes"])
    picked["outreach"] = _keys(OutreachItem, "unit", units)
    own_teams = _keys(Team, "unit", units)
    picked["teams"] |= own_teams
    picked["assists"] = _keys(Assist, "team", own_teams)
    picked["boards"] |= _keys(Board, "unit", units)
    picked["targets"] = _keys(Target, "unit", units)
    picked["directives"] = _keys(Directive, "issuer_unit", units)
    picked["plans"] = _keys(Plan, "issuer_unit", units)
    picked["activities"] = _keys(Activity, "plan", picked["plans"]) | _keys(Activity, "lead_unit", units)
    picked["activities"] |= _keys(Activity, "partner_units", units)


def _close(picked: Selection) -> None:
    """Adds what is referred to. No file refers to a later one, so once through from the last to the first is all."""
    for spec in reversed(FILES):
        for column in spec.columns if spec.key == ("id",) else ():
            if isinstance(column.cell, Refs):
                linked = Links(spec, column).read(sorted(picked[spec.name]))
                picked[column.cell.target].update(*linked.values())
            elif isinstance(column.cell, Ref):
                field = column.cell.fields[0]
                picked[column.cell.target] |= _keys(BY_NAME[spec.name].model, "pk", picked[spec.name], field)


def _close_units(picked: Selection, past: History, heart: set[int]) -> None:
    """Adds the parents of all versions, the units that the heart came from, and what any of them turned into."""
    changes: list[tuple[int, int | None, int | None]] = list(
        UnitChange.objects.values_list("pk", "from_unit_id", "to_unit_id")
    )
    came_from: dict[int, set[int]] = defaultdict(set)
    became: dict[int, set[int]] = defaultdict(set)
    for _pk, before, after in changes:
        if before is not None and after is not None:
            came_from[after].add(before)
            became[before].add(after)
    lineage = _reached(heart, lambda unit: came_from[unit])
    units = picked["units"] = _reached(
        picked["units"] | lineage,
        lambda unit: became[unit] | {v.parent for v in past.versions.get(unit, ()) if v.parent is not None},
    )
    picked["unit_changes"] = {
        pk for pk, before, after in changes if before in units or (before is None and after in units)
    }


def _reached(start: set[int], steps: Callable[[int], set[int]]) -> set[int]:
    found = set(start)
    waiting = list(start)
    while waiting:
        new = steps(waiting.pop()) - found
        found |= new
        waiting.extend(new)
    return found
