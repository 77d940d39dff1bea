"""Own indicators in extracts: which of them travel, how they are declared, where two provinces mean the same."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from nhanlucso.indicators.capsules import declarations
from nhanlucso.indicators.catalogue import Indicator
from nhanlucso.indicators.definitions import Dated, published
from nhanlucso.indicators.own.rules import MEASURES, Parts, Span, holds, problems
from nhanlucso.indicators.rollup.manifest import PAGE, Manifest
from nhanlucso.indicators.rollup.refusals import damaged
from nhanlucso.kernel.clock import day_of
from nhanlucso.kernel.language import say as _

Declared = Sequence[tuple[Indicator, Span]]


@dataclass(frozen=True)
class Own:
    """An own indicator as one or several sources declare it alike. `by_place`: the declaration of each, by the place of
    the extract; `everywhere`: every extract has it, so that the country may be counted by it."""

    by_place: Mapping[int, Indicator]
    everywhere: bool

    @property
    def indicator(self) -> Indicator:
        """What is counted; its version is 0 where the sources number it differently."""
        first, *others = self.by_place.values()
        same = all(other.version == first.version for other in others)
        return first if same else replace(first, version=0)


def travelling() -> tuple[list[dict[str, Any]], dict[str, list[str]]]:
    """The own indicators of this installation as an extract declares them, and those that it leaves out: by code what
    they ask for and no extract holds («sex», «age», «courses», «topics»)."""
    told: list[dict[str, Any]] = []
    left: dict[str, list[str]] = {}
    for code, held in sorted(published().items()):
        lacking = sorted({word for one in held for word in _lacking(one.indicator)})
        if lacking:
            left[code] = lacking
        else:
            told.extend(_written(one) for one in held)
    return told, left


def declared(page: Manifest) -> Declared:
    """The own indicators of an extract with the days on which periods must end for each version. Raises
    Refused("extract_damaged")."""
    try:
        return [_read(row) for row in page.own]
    except (ValueError, TypeError, KeyError, AttributeError) as problem:
        where = f"{page.source}/{page.build}/{PAGE}"
        raise damaged(where, _("khai báo chỉ số tự lập không đúng định dạng.")) from problem


def owns(pages: Sequence[Manifest], codes: Collection[str] | None, on: date) -> list[Own]:
    """The own indicators of these codes (None: all) that hold for a period that ends on the day, by code; those that
    some sources declare otherwise stand apart, that of the first source first."""
    alike: dict[tuple[str, Any], dict[int, Indicator]] = {}
    for place, page in enumerate(pages):
        for indicator, span in declared(page):
            if holds(span, on) and (codes is None or indicator.code in codes):
                alike.setdefault((indicator.code, _meaning(indicator)), {})[place] = indicator
    ordered = sorted(alike.items(), key=lambda item: item[0][0])
    return [Own(held, len(held) == len(pages)) for _key, held in ordered]


def named(pages: Sequence[Manifest]) -> set[str]:
    """The codes of all own indicators of all extracts, of those that were left out, too."""
    return {
        code
        for page in pages
        for code in (*(indicator.code for indicator, _span in declared(page)), *page.own_left_out)
    }


def _meaning(indicator: Indicator) -> tuple[Any, ...]:
    """What is counted, whatever it is called."""
    return indicator.measure, indicator.relation, indicator.audience, indicator.event


def _lacking(indicator: Indicator) -> Iterator[str]:
    audience, event = indicator.audience, indicator.event
    if audience is not None and audience.sex:
        yield "sex"
    if audience is not None and (audience.age_from is not None or audience.age_to is not None):
        yield "age"
    if event is not None and event.courses:
        yield "courses"
    if event is not None and event.topics:
        yield "topics"


def _written(one: Dated) -> dict[str, Any]:
    end = one.span.end
    return {
        "from": one.span.start.isoformat(),
        "to": None if end is None else end.isoformat(),
        "declaration": declarations.as_data(one.indicator, {}),
    }


def _read(row: Any) -> tuple[Indicator, Span]:
    """Raises ValueError, TypeError, KeyError for what nobody could have composed."""
    found = declarations.from_data(row["declaration"])
    start, end = day_of(row["from"]), None if row["to"] is None else day_of(row["to"])
    if start is None or (row["to"] is not None and end is None) or found.audience is None:
        raise ValueError(row)
    parts = Parts(found.measure, found.audience, found.event)
    sound = found.is_composed and found.measure in MEASURES and found.relation == parts.relation
    if not sound or problems(parts) or any(_lacking(found)):
        raise ValueError(row)
    return found, Span(found.version, start, end)
