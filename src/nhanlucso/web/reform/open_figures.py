"""What a split leaves open in the figures of its heirs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from nhanlucso.indicators.figures import as_json
from nhanlucso.indicators.queries import ask, figures, pick
from nhanlucso.kernel.clock import today
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.orgs.queries import history, reach
from nhanlucso.reform.queries.assigning import Progress

CODES = ("staff.headcount", "training.attendances", "training.person_days", "teams.assists", "outreach.items")


@dataclass(frozen=True, slots=True)
class OpenFigure:
    """One figure of one heir, for the year up to the split, on the tree after it."""

    heir: str
    unit: int
    name: str
    figure: Mapping[str, object]


def open_figures(scope: Scope, progress: Progress) -> list[OpenFigure]:
    """The figures of the heirs in reach in which something is still unallocated."""
    split, past = progress.split, history()
    period = f"{split.last.year}-01-01..{split.last}"
    asked = ask(period, "civil", str(max(today(), split.day)))
    inside = reach(scope.to(Permission.SEE_FIGURES))
    heirs = [v for u in split.heirs if inside.holds(u) and (v := past.version(u, asked.tree))]
    found = figures(scope, asked, pick(CODES), [v.unit for v in heirs]) if heirs else {}
    return [
        OpenFigure(v.name, v.unit, str(f.indicator.name), as_json(f, str(v.unit), period))
        for v in heirs
        for f in found[v.unit]
        if f.unallocated
    ]
