"""Which definition an indicator has: shipped ones for all days, own ones by the day on which a period ends."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from nhanlucso.indicators.catalogue import INDICATORS, OWN, Indicator
from nhanlucso.indicators.models import OwnDefinition, OwnIndicator
from nhanlucso.indicators.own.rules import Parts, Span, holds, of_data, spans
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.numbers import vi_date
from nhanlucso.kernel.steady import once


@dataclass(frozen=True, slots=True)
class Dated:
    """A published version of an own indicator, when it holds, whether official reports hold it."""

    indicator: Indicator
    span: Span
    reported: bool


def definition(code: str, on: date | None = None, version: int | None = None) -> Indicator:
    """The indicator of a code: of a version, or as it holds for a period that ends on a day, or the newest.

    Raises Refused("unknown_indicator"), and Refused("not_in_force") where none of its versions holds on the day.
    """
    if code in INDICATORS and version in (None, INDICATORS[code].version):
        return INDICATORS[code]
    held = _published().get(code, [])
    if version is not None:
        held = [one for one in held if one.span.version == version]
    if not held:
        raise Refused("unknown_indicator", _("Không có chỉ số «%(code)s».") % {"code": code})
    if on is None or version is not None:
        return held[-1].indicator
    found = _holding(held, on)
    if found is None:
        raise Refused(
            "not_in_force",
            _("Chỉ số «%(code)s» không có hiệu lực với kỳ kết thúc ngày %(day)s; có từ %(start)s%(end)s.")
            % {
                "code": code,
                "day": vi_date(on),
                "start": vi_date(held[0].span.start),
                "end": _until(held[-1].span),
            },
        )
    return found


def newest(code: str) -> Indicator | None:
    """The newest definition of a code, for its name and measure, be it retired; None where nothing has the code."""
    if code in INDICATORS:
        return INDICATORS[code]
    held = _published().get(code)
    return held[-1].indicator if held else None


def definitions(on: date | None = None) -> dict[str, Indicator]:
    """All indicators by code, shipped ones first: own ones that hold for a period that ends on the day (None: the
    newest version of those that are not retired)."""
    found = dict(INDICATORS)
    for code, held in sorted(_published().items(), key=lambda item: str(item[1][-1].indicator.name)):
        if on is None:
            newest = held[-1].indicator if held[-1].span.end is None else None
        else:
            newest = _holding(held, on)
        if newest is not None:
            found[code] = newest
    return found


def reported(on: date, named: Collection[str]) -> list[Indicator]:
    """The indicators of an official report of a period that ends on a day: shipped ones, own ones that were chosen for
    reports, and own ones that a target names."""
    chosen = {code for code, held in _published().items() if held[-1].reported or code in named}
    return [one for code, one in definitions(on).items() if not one.is_composed or code in chosen]


def in_force(indicator: Indicator, on: date) -> Indicator | None:
    """The same indicator as it holds for a period that ends on another day; None where it does not."""
    return _holding(_published().get(indicator.code, []), on) if indicator.is_composed else indicator


def published() -> dict[str, list[Dated]]:
    """The published versions of every own indicator by code, oldest first."""
    return dict(_published())


def versions(code: str) -> list[Dated]:
    """The published versions of an own indicator, oldest first."""
    return _published().get(code, [])


def as_indicator(definition: OwnDefinition) -> Indicator:
    """A version, published or not, as the engine takes it."""
    words = " ".join(filter(None, (definition.sentence, definition.note)))
    parts = of_data(definition.measure, definition.parts)
    return composed(f"{OWN}{definition.indicator.slug}", definition.name, words, parts, definition.version)


def composed(code: str, name: str, words: str, parts: Parts, version: int = 0) -> Indicator:
    """Parts as the engine takes them, saved or only tried out; `words` say what is counted."""
    return Indicator(
        code=code,
        measure=parts.measure,
        name=name,
        definition=words,
        relation=parts.relation,
        audience=parts.audience,
        event=parts.event,
        version=version,
    )


def _published() -> dict[str, list[Dated]]:
    return once("own-definitions", _read)


def _read() -> dict[str, list[Dated]]:
    rows: dict[OwnIndicator, list[OwnDefinition]] = {}
    for row in OwnDefinition.objects.filter(published_at__isnull=False).select_related("indicator"):
        rows.setdefault(row.indicator, []).append(row)
    return {f"{OWN}{own.slug}": list(_dated(own, held)) for own, held in rows.items()}


def _dated(own: OwnIndicator, held: list[OwnDefinition]) -> Iterable[Dated]:
    by_version = {row.version: row for row in held}
    for span in spans([(row.version, row.valid_from) for row in held], own.retired_on):
        yield Dated(as_indicator(by_version[span.version]), span, own.reported)


def _holding(held: list[Dated], on: date) -> Indicator | None:
    return next((one.indicator for one in held if holds(one.span, on)), None)


def _until(span: Span) -> str:
    return "" if span.end is None else _(" đến %(day)s") % {"day": vi_date(span.end)}
