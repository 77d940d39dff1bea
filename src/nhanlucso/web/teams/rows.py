"""The teams of a unit as their page shows them: filters, words, which line offers what."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import gettext as _

from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.kernel.text import fold
from nhanlucso.orgs.queries import reach
from nhanlucso.orgs.rules import Version
from nhanlucso.papers.lists import Value
from nhanlucso.teams.coverage.queries import Coverage, CoverageAsked, GroupLine, TeamLine, coverage
from nhanlucso.teams.queries import loggable_teams
from nhanlucso.web.kit.asking import scope_of
from nhanlucso.web.kit.monthly import Monthly, monthly

MISSING, EMPTY, IDLE = "missing", "empty", "idle"


@dataclass(frozen=True, slots=True)
class Filter:
    """A chip: what it shows, how many there are, whether it is on."""

    key: str
    label: str
    count: int
    on: bool


@dataclass(frozen=True, slots=True)
class Board:
    """What the page shows of a unit. `blank`: communes without any village or team on record.

    `makeable`: villages without a team in which the scope may make one; `loggable`: teams whose help it may log.
    None of either while looking at the past.
    """

    asked: Monthly
    seen: Coverage
    show: str
    words: str
    filters: tuple[Filter, ...]
    missing: tuple[Version, ...]
    teams: tuple[TeamLine, ...]
    groups: tuple[GroupLine, ...]
    blank: tuple[Version, ...]
    makeable: frozenset[int]
    loggable: frozenset[int]

    @property
    def empty(self) -> bool:
        """Nothing on record at all: neither a village nor a team."""
        return not (self.seen.counts.villages or self.seen.counts.teams)

    @property
    def nothing(self) -> bool:
        """Nothing that the filter and the words let through."""
        return not (self.missing or self.teams or self.groups)


def board(request: HttpRequest, scope: Scope) -> Board | None:
    """The question of the page with its answer; None where there is no unit, or the unit has ended."""
    scope = scope.to(Permission.SEE_TEAMS)
    asked = monthly(request, scope)
    if asked is None or not asked.valid:
        return None
    return board_of(request, scope, asked)


def board_of(request: HttpRequest, scope: Scope, asked: Monthly) -> Board:
    """The answer to a question that holds a unit of today."""
    seen = coverage(scope, CoverageAsked(asked.unit.pk, asked.start, asked.last, asked.tree))
    words, wanted = request.GET.get("q", "").strip(), request.GET.get("show", "")
    known = _filters(seen, wanted)
    show = wanted if wanted in {chip.key for chip in known} else ""
    editable = reach(scope_of(request).to(Permission.EDIT_TEAMS))
    shown = [line for line in seen.groups if _filled(line)]
    return Board(
        asked=asked,
        seen=seen,
        show=show,
        words=words,
        filters=known,
        missing=tuple(v for v in seen.missing if show in ("", MISSING) and _named(words, [v.name])),
        teams=tuple(line for line in seen.teams if _team_shown(line, show, words)),
        groups=tuple(line for line in shown if _group_shown(line, show, words)),
        blank=tuple(v.version for v in seen.groups if v.version and not _filled(v)),
        makeable=frozenset(v.unit for v in seen.missing if asked.running and editable.holds(v.unit)),
        loggable=_loggable(scope_of(request), seen) if asked.running else frozenset(),
    )


def _loggable(scope: Scope, seen: Coverage) -> frozenset[int]:
    """The teams shown whose help may be logged."""
    if not seen.teams or not scope.may(Permission.LOG_ASSISTS):
        return frozenset()
    found = loggable_teams(scope).filter(pk__in=[line.pk for line in seen.teams])
    return frozenset(found.values_list("pk", flat=True))


def _filters(seen: Coverage, show: str) -> tuple[Filter, ...]:
    """The chips that let something through, «all» before them."""
    if seen.groups:
        parts = [(MISSING, _("Còn thôn chưa có tổ"), sum(line.counts.without > 0 for line in seen.groups))]
        parts.append((IDLE, _("Có tổ, chưa ghi lượt nào"), sum(_is_idle(line) for line in seen.groups)))
    else:
        parts = [
            (MISSING, _("Chưa có tổ"), len(seen.missing)),
            (EMPTY, _("Tổ chưa có thành viên"), sum(not line.members for line in seen.teams)),
            (IDLE, _("Có tổ, chưa ghi lượt nào"), sum(not line.assists for line in seen.teams)),
        ]
    offered = [Filter(key, label, count, key == show) for key, label, count in parts if count]
    whole = sum(map(_filled, seen.groups)) or len(seen.missing) + len(seen.teams)
    return (Filter("", _("Tất cả"), whole, not any(chip.on for chip in offered)), *offered)


def _filled(line: GroupLine) -> bool:
    return any((line.counts.villages, line.counts.teams, line.counts.assists))


def _is_idle(line: GroupLine) -> bool:
    return line.counts.teams > 0 and not line.counts.assists


def _group_shown(line: GroupLine, show: str, words: str) -> bool:
    tests: dict[str, Callable[[GroupLine], bool]] = {
        "": lambda line: True,
        MISSING: lambda line: line.counts.without > 0,
        IDLE: _is_idle,
    }
    return tests[show](line) and _named(words, [line.version.name] if line.version else [])


def _team_shown(line: TeamLine, show: str, words: str) -> bool:
    if show == MISSING or (show == EMPTY and line.members) or (show == IDLE and line.assists):
        return False
    return _named(words, [line.name, line.leader, *(version.name for version in line.units)])


def _named(words: str, names: Sequence[str]) -> bool:
    wanted = fold(words)
    return not wanted or any(wanted in fold(name) for name in names)


def sheet(held: Board) -> tuple[list[str], list[list[Value]]]:
    """The head and the rows of the list as a file."""
    if held.seen.groups:
        head = [
            _("Đơn vị"),
            _("Thôn"),
            _("Có tổ"),
            _("Chưa có tổ"),
            _("Tổ"),
            _("Thành viên"),
            _("Lượt hỗ trợ"),
        ]
        return head, [
            [
                line.version.name if line.version else _("Chưa rõ thuộc xã nào"),
                line.counts.villages,
                line.counts.with_team,
                line.counts.without,
                line.counts.teams,
                line.counts.members,
                line.counts.assists,
            ]
            for line in held.groups
        ]
    head = [_("Thôn, bản, tổ dân phố"), _("Tổ"), _("Tổ trưởng"), _("Thành viên"), _("Lượt hỗ trợ")]
    lacking: list[list[Value]] = [
        [version.name, _("Chưa có tổ"), None, None, None] for version in held.missing
    ]
    return head, lacking + [
        [", ".join(v.name for v in line.units), line.name, line.leader, line.members, line.assists]
        for line in held.teams
    ]
