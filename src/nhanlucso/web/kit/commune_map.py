"""The map of communes: points of the national catalogue, boundaries where an administrator loaded some."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import cos, inf, nextafter, pi, radians, sin

from django.utils.translation import gettext as _

from nhanlucso.indicators.rules import Figure
from nhanlucso.kernel.clock import EVER
from nhanlucso.kernel.errors import Detail
from nhanlucso.kernel.numbers import Number
from nhanlucso.kernel.text import fold
from nhanlucso.orgs import catalogue
from nhanlucso.orgs.catalogue import Entry
from nhanlucso.orgs.models import Unit
from nhanlucso.orgs.rules import Version
from nhanlucso.plans.queries import Aim
from nhanlucso.web.kit.boundaries import Corner, Ring, boundaries
from nhanlucso.web.kit.charts import Chart, MapPoint, points_map

_APART = 0.022  # degrees between old communes that share the point of the commune they became
_CORNERS = 3_000  # of all outlines together: what a page can carry
_STEPS: tuple[Number, ...] = (20, 40, 60, 80)


@dataclass(frozen=True, slots=True)
class Below:
    """A unit below with its figure, and its staff where the map needs to know."""

    version: Version
    figure: Figure
    staff: int | None = None


@dataclass(frozen=True, slots=True)
class CommuneMap:
    """The drawing; `borrowed`: some communes stand at the point of what they became; bad files of boundaries."""

    chart: Chart
    borrowed: bool
    problems: tuple[Detail, ...]


def commune_map(
    rows: Sequence[Below], aim: Aim | None, title: str, href: Callable[[int], str]
) -> CommuneMap | None:
    """The map of communes with their figure; None where fewer than two have a place."""
    if len(rows) < 2:
        return None
    loaded = boundaries()
    rings = loaded.of([row.version for row in rows], rows[0].figure.tree)
    points, borrowed = _points([row.version for row in rows])
    points |= {u: _middle(parts) for u, parts in rings.items() if u not in points or u in borrowed}
    placed = [row for row in rows if row.version.unit in points]
    if len(placed) < 2:
        return None
    share = rows[0].figure.indicator.is_share
    largest = max((float(row.figure.value or 0) for row in rows), default=0.0)
    chart = points_map(
        [
            MapPoint(
                row.version.name,
                *points[row.version.unit],
                size=row.staff if share else row.figure.value,
                share=row.figure.value if share else _of_largest(row.figure.value, largest),
                href=href(row.version.unit),
            )
            for row in placed
        ],
        title,
        size_word=_("cán bộ, công chức") if share else str(rows[0].figure.indicator.measure.label),
        share_word=_("tỷ lệ") if share else _("so với nơi cao nhất"),
        steps=_steps(aim) if share else _STEPS,
        outlines=_thinned(list(rings.values())),
    )
    return CommuneMap(chart, any(u in borrowed and u not in rings for u in points), loaded.problems)


def _of_largest(value: Number | None, largest: float) -> float | None:
    return None if value is None or not largest else 100 * float(value) / largest


def _steps(aim: Aim | None) -> tuple[Number, ...]:
    """Colours change at the target and below it; «over 90 %» begins just above 90."""
    if aim is None or aim.value <= 40:
        return _STEPS
    top = nextafter(aim.value, inf) if aim.comparator == "over" else aim.value
    return aim.value - 40, aim.value - 20, aim.value - 10, top


def _points(versions: Sequence[Version]) -> tuple[dict[int, Corner], set[int]]:
    """Where communes lie, and which of them had to borrow the point of a successor."""
    units = [version.unit for version in versions]
    keys = dict(Unit.objects.filter(pk__in=units).values_list("pk", "catalogue_key"))
    own: dict[int, Corner] = {}
    shared: dict[Corner, list[int]] = {}
    for version in versions:
        entry = _entry(version, keys.get(version.unit, ""))
        if entry is None:
            continue
        if entry.lon is not None and entry.lat is not None:
            own[version.unit] = (entry.lon, entry.lat)
        elif (heir := _heir(entry)) is not None:
            shared.setdefault(heir, []).append(version.unit)
    for heir, members in shared.items():
        own |= _around(heir, members)
    return own, {unit for members in shared.values() for unit in members}


def _entry(version: Version, key: str) -> Entry | None:
    """The entry of the national catalogue: by the key of the unit, else by code and name together."""
    entries = [catalogue.entry(key)] if key in _keys() else _by_code().get(version.code, [])
    named = [e for e in entries if key in _keys() or fold(e.name) == fold(version.name)]
    return next((e for e in named if version.valid_from == EVER or e.is_valid_on(version.valid_from)), None)


def _heir(entry: Entry) -> Corner | None:
    """The point of what an old commune became; where it was split, of the first of them."""
    for successor in catalogue.successors(entry.key):
        heir = catalogue.entry(successor.key)
        if heir.lon is not None and heir.lat is not None:
            return heir.lon, heir.lat
        if (further := _heir(heir)) is not None:
            return further
    return None


def _around(middle: Corner, members: Sequence[int]) -> dict[int, Corner]:
    if len(members) == 1:
        return {members[0]: middle}
    lon, lat = middle
    squeeze = cos(radians(lat))
    turns = {unit: 2 * pi * place / len(members) for place, unit in enumerate(members)}
    return {
        unit: (lon + _APART * sin(turn) / squeeze, lat + _APART * cos(turn)) for unit, turn in turns.items()
    }


def _middle(rings: Sequence[Ring]) -> Corner:
    """The middle of the largest ring, by the mean of its corners."""
    ring = max(rings, key=len)
    return sum(x for x, _y in ring) / len(ring), sum(y for _x, y in ring) / len(ring)


def _thinned(shapes: Sequence[Sequence[Ring]]) -> list[Ring]:
    """All rings, with every n-th corner where there are too many for a page."""
    rings = [ring for shape in shapes for ring in shape]
    step = -(-sum(map(len, rings)) // _CORNERS) or 1
    return [ring[::step] if len(ring) >= 3 * step else ring for ring in rings]


@cache
def _keys() -> frozenset[str]:
    return frozenset(entry.key for entry in catalogue.entries())


@cache
def _by_code() -> Mapping[str, list[Entry]]:
    found: dict[str, list[Entry]] = {}
    for entry in catalogue.entries():
        found.setdefault(entry.code, []).append(entry)
    return found
