"""What stands in the blanks of a form for a unit and a period."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from nhanlucso.forms.enums import Part, Span, Text
from nhanlucso.forms.models import FormBinding, ReportForm
from nhanlucso.forms.rules.naming import Names
from nhanlucso.forms.rules.writing import number_of, office, written
from nhanlucso.indicators.catalogue import Indicator
from nhanlucso.indicators.definitions import definition
from nhanlucso.indicators.figures import QUALIFIER_WORDS
from nhanlucso.indicators.queries import Ask, Wanted, ask, figure_sets
from nhanlucso.indicators.rules import Figure
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.numbers import vi_date
from nhanlucso.kernel.periods import Period, parse_period, previous, year_before, year_to_date
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.orgs.queries import history, reach
from nhanlucso.papers.forms import Layout, Spot
from nhanlucso.papers.paper import Dated
from nhanlucso.papers.wording import day_line

Row = Mapping[str, Any]
Published = Callable[[Period, tuple[date, date], Collection[int]], Mapping[tuple[int, str], Row]]
"""Published figures of some units, by unit and code: of the report of a period, those of a window (of the period, or of
the year so far)."""


@dataclass(frozen=True, slots=True)
class Filled:
    """What stands in a blank: as words, as a number where it is one; `unknown`: there is no figure. With a figure the
    unit, period and tree that it is asked of, so that it can be opened; `frozen`: as it was published. `lost`: the name
    in its row or column that is no unit of whoever fills the form in."""

    words: str
    number: float | None = None
    code: str = ""
    unit: int = 0
    period: str = ""
    tree: str = ""
    figure: Figure | Row | None = None
    unknown: bool = False
    frozen: bool = False
    lost: str = ""


@dataclass(frozen=True, slots=True)
class Filling:
    """For whom and when a form is filled in: the unit with its name, the period, the day it is made; `published`: where
    figures of closed periods are taken from, None: all as the records are now."""

    unit: int
    name: str
    period: Period
    calendar: str
    asked: Ask
    day: date
    published: Published | None = None


@dataclass(frozen=True, slots=True)
class _Placed:
    """A binding with its blank and the unit that it is of, None where no unit is found."""

    binding: FormBinding
    spot: Spot
    unit: int | None


def filled(scope: Scope, form: ReportForm, layout: Layout, filling: Filling) -> dict[str, Filled]:
    """What stands in each bound blank. Blanks whose figure is not known are there with no number.

    Raises Unit.DoesNotExist for a bound unit outside the scope.
    """
    bound = [(b, spot) for b in form.bindings.all() if (spot := layout.spot(b.spot)) is not None]
    done = {b.spot: Filled(_text(b.code, filling)) for b, _spot in bound if b.code in Text.values}
    names = _names(scope, filling) if any(b.named for b, _spot in bound) else None
    spans: dict[str, list[_Placed]] = {}
    for binding, spot in bound:
        if binding.code in Text.values:
            continue
        unit = binding.unit_id or filling.unit
        if binding.named:
            found = names.find((*spot.beside, *spot.above)) if names else None
            if found is None:
                done[binding.spot] = Filled("", code=binding.code, lost=_named(spot))
                continue
            unit = found
        spans.setdefault(binding.span, []).append(_Placed(binding, spot, unit))
    return done | _figures(scope, spans, filling)


def _named(spot: Spot) -> str:
    return spot.beside[-1] if spot.beside else spot.above[0] if spot.above else spot.where


def _names(scope: Scope, filling: Filling) -> Names:
    """The unit and all below it that the scope reaches, as they are called on the tree."""
    past, inside, tree = history(), reach(scope.to(Permission.SEE_FIGURES)), filling.asked.tree
    return Names(
        (unit, version.name, line.index(filling.unit))
        for unit, line in past.closure(tree).items()
        if filling.unit in line and inside.holds(unit) and (version := past.version(unit, tree)) is not None
    )


def _figures(scope: Scope, spans: Mapping[str, Sequence[_Placed]], filling: Filling) -> dict[str, Filled]:
    """All figures: the published ones, then the others from one build at once."""
    closed = {span: _closed(span, group, filling) for span, group in spans.items()}
    wanted = {
        span: one
        for span, group in spans.items()
        if (one := _wanted(span, [p for p in group if (p.unit, p.binding.code) not in closed[span]], filling))
    }
    sets = figure_sets(scope, list(wanted.values())) if wanted else []
    live = {
        (span, unit, figure.indicator.code): figure
        for span, found in zip(wanted, sets, strict=True)
        for unit, figures in found.items()
        for figure in figures
    }
    done: dict[str, Filled] = {}
    for span, group in spans.items():
        period = spanned(span, filling.period, filling.calendar) or ""
        for placed in group:
            code = placed.binding.code
            assert placed.unit is not None
            row = closed[span].get((placed.unit, code))
            figure = row if row is not None else live.get((span, placed.unit, code))
            done[placed.binding.spot] = _filled(placed, period, filling, figure, frozen=row is not None)
    return done


def _closed(span: str, group: Sequence[_Placed], filling: Filling) -> Mapping[tuple[int, str], Row]:
    text = spanned(span, filling.period, filling.calendar)
    if filling.published is None or text is None:
        return {}
    window = parse_period(text).window(filling.calendar)
    report = filling.period if span == Span.TO_DATE else parse_period(text)
    return filling.published(report, window, {placed.unit for placed in group if placed.unit is not None})


def _wanted(span: str, group: Sequence[_Placed], filling: Filling) -> Wanted | None:
    period, past, tree = spanned(span, filling.period, filling.calendar), history(), filling.asked.tree
    if period is None:
        return None
    units = {p.unit for p in group if p.unit is not None and past.version(p.unit, tree) is not None}
    codes = dict.fromkeys(p.binding.code for p in group)
    indicators = [one for code in codes if (one := _known(code, filling.asked.window.b)) is not None]
    if not (units and indicators):
        return None
    return Wanted(ask(period, filling.calendar, tree.isoformat()), indicators, sorted(units))


def _known(code: str, on: date) -> Indicator | None:
    try:
        return definition(code, on)
    except Refused:
        return None


def spanned(span: str, period: Period, calendar: str) -> str | None:
    """The period that a span means, as it is written; None where there is none before. Public: plain values."""
    if span == Span.TO_DATE:
        return year_to_date(period, calendar)
    earlier = {Span.YEAR_BEFORE: year_before, Span.PREVIOUS: previous}.get(Span(span))
    if earlier is None:
        return period.text
    found = earlier(period)
    return found.text if found else None


def _text(code: str, filling: Filling) -> str:
    past, day = history(), filling.day
    match code:
        case Text.UNIT:
            return filling.name
        case Text.OFFICE:
            return office(filling.name)
        case Text.PARENT:
            line = past.closure(filling.asked.tree).get(filling.unit, ())
            return past.name(line[1], filling.asked.tree) if len(line) > 1 else ""
        case Text.PERIOD:
            return filling.period.label
        case Text.YEAR:
            return str(filling.period.year)
        case Text.DATE:
            return day_line(Dated.on(day))
    return vi_date(day)


def _filled(
    placed: _Placed, period: str, filling: Filling, figure: Figure | Row | None, *, frozen: bool
) -> Filled:
    binding, tree, unit = placed.binding, filling.asked.tree.isoformat(), placed.unit or 0
    value, numerator, denominator, qualifier = _parts(figure)
    number = number_of(binding.part, value, numerator, denominator)
    if number is None:
        return Filled("", None, binding.code, unit, period, tree, figure, unknown=True, frozen=frozen)
    is_value = binding.part == Part.VALUE
    words, exact = written(
        number,
        QUALIFIER_WORDS[qualifier] if is_value else "",
        placed.spot,
        is_share=is_value and denominator is not None,
    )
    return Filled(words, exact, binding.code, unit, period, tree, figure, frozen=frozen)


def _parts(figure: Figure | Row | None) -> tuple[float | None, int | None, int | None, str]:
    """Value, numerator, denominator, qualifier."""
    if figure is None:
        return None, None, None, "exact"
    if isinstance(figure, Figure):
        return figure.value, figure.numerator, figure.denominator, figure.qualifier
    return figure["value"], figure["numerator"], figure["denominator"], figure["qualifier"]
