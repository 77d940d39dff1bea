"""What is published when a report is approved, as one file: figures of the unit and its children in the shape of the
exchange contract, the paper, and what stands behind every figure. Nothing in it is ever computed again."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from nhanlucso import __version__
from nhanlucso.files.reading import whole
from nhanlucso.indicators import behind
from nhanlucso.indicators.capsules import write_capsule
from nhanlucso.indicators.figures import as_json
from nhanlucso.indicators.queries import Wanted, figure_sets, open_store
from nhanlucso.indicators.rules import Figure
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.scope import SYSTEM
from nhanlucso.orgs.queries import history, references
from nhanlucso.papers.keeping import kept, paper_of
from nhanlucso.papers.packing import packed, unpacked
from nhanlucso.papers.paper import Paper
from nhanlucso.reports.compose import Composed
from nhanlucso.reports.models import ReportRevision
from nhanlucso.reports.rules.content import Figures

FORMAT, VERSION = "nhanlucso-frozen", 1
_MANIFEST, _FIGURES, _PAPER, _BEHIND = "manifest.json", "figures.json", "paper.json", "behind.parquet"


@dataclass(frozen=True, slots=True)
class Taken:
    """The figures of a report at one moment: of the unit by code, of the period and of the year so far; `all`: those
    of the period of the unit, then of its children, with the ids of their units; `identities`: who stands behind."""

    own: Figures
    to_date: Figures
    all: Sequence[tuple[str, Figure]]
    identities: bytes


class Frozen:
    """What was frozen, read back."""

    def __init__(self, body: bytes) -> None:
        self._parts = unpacked(body)

    @cached_property
    def manifest(self) -> dict[str, Any]:
        """Unit, kind, period, calendar, windows, tree, definitions {code: version}, build, as_of, product."""
        return dict(json.loads(self._parts[_MANIFEST]))

    @cached_property
    def figures(self) -> list[dict[str, Any]]:
        """All figures of the period as `figures --json --by-child` gave them: the unit first, then its children."""
        return list(json.loads(self._parts[_FIGURES]))

    @cached_property
    def paper(self) -> Paper:
        """The paper, from which the three files render to the same bytes."""
        found: Paper = paper_of(json.loads(self._parts[_PAPER]))
        return found

    def behind(self, code: str, window: tuple[date, date]) -> list[behind.Row]:
        """The rows behind one figure of the unit."""
        return behind.read(self._parts[_BEHIND], code, window)


def frozen_of(revision: ReportRevision) -> Frozen | None:
    """What was frozen with a revision; None for those older than freezing. Callers found the revision
    in their scope. Raises Refused("damaged_file")."""
    return Frozen(whole(revision.frozen)) if revision.frozen else None


def taken(made: Composed) -> Taken:
    """Every figure of the report for the unit of a composed report and for its children on the tree, whoever may
    see them: what is published is the same for everybody. The caller makes sure that the build stayed the same."""
    question = made.question
    unit, asked, so_far = question.unit, question.asked, question.so_far
    children = [version.unit for version in history().children(unit, asked.tree)]
    names = references([unit, *children])
    units = [unit, *sorted(children, key=names.__getitem__)]
    wanted = [figure.indicator for figure in made.content.figures.values()]
    period, year = figure_sets(SYSTEM, [Wanted(asked, wanted, units), Wanted(so_far, wanted, [unit])])
    store, _ = open_store()
    rows = behind.behind(store, wanted, asked, unit)
    if so_far != asked:
        rows |= behind.behind(store, wanted, so_far, unit)
    return Taken(
        own=_by_code(period[unit]),
        to_date=_by_code(year[unit]),
        all=[(names[of], figure) for of in units for figure in period[of]],
        identities=behind.as_file(rows),
    )


def _by_code(figures: Sequence[Figure]) -> Figures:
    return {figure.indicator.code: figure for figure in figures}


def sealed(made: Composed, held: Taken, revision: int, at: datetime) -> bytes | None:
    """The capsule of the same figures: signed, with pseudonyms, for whoever wants to compute them again elsewhere.
    None where the unit is too large for one: its children have theirs."""
    question = made.question
    own = {figure for _, figure in held.all}
    try:
        return write_capsule(
            store=open_store()[0],
            asked=question.asked,
            unit=question.unit,
            figures=[*(f for _, f in held.all), *(f for f in held.to_date.values() if f not in own)],
            period=question.period.text,
            calendar=question.calendar,
            context={"kind": question.kind, "revision": str(revision), "build": made.content.build},
            at=at,
        )
    except Refused as refusal:
        if refusal.code != "capsule_too_large":
            raise
        return None


def frozen(made: Composed, held: Taken, paper: Paper) -> bytes:
    """The file that holds all of it; `paper` is that of the report as it is printed."""
    question, content = made.question, made.content
    figures = [as_json(figure, name, question.period.text) for name, figure in held.all]
    manifest = {
        "format": FORMAT,
        "version": VERSION,
        "unit_id": held.all[0][0],
        "kind": question.kind,
        "period": question.period.text,
        "calendar": question.calendar,
        "window": [day.isoformat() for day in content.window],
        "year_window": [day.isoformat() for day in content.year_window],
        "tree": content.on.isoformat(),
        "definitions": {code: figure.indicator.version for code, figure in held.own.items()},
        "build": content.build,
        "as_of": figures[0]["as_of"],
        "product": __version__,
    }
    return packed(
        {
            _MANIFEST: _json(manifest),
            _FIGURES: _json(figures),
            _PAPER: _json(kept(paper)),
            _BEHIND: held.identities,
        }
    )


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
