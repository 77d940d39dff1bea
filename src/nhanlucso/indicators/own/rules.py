"""What may be composed, and which version holds when: plain values."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from nhanlucso.indicators.enums import Measure
from nhanlucso.indicators.parts import Audience, Deed, Event, Within
from nhanlucso.kernel.text import fold

MEASURES = (Measure.PERCENT, Measure.PERSONS, Measure.ATTENDANCES)
MONTHS_AT_MOST = 120
OLDEST = 120
SLUG_LENGTH = 40
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class State(StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"
    RETIRED = "retired"


@dataclass(frozen=True, slots=True)
class Parts:
    """What an own indicator is composed of."""

    measure: Measure
    audience: Audience
    event: Event | None = None

    @property
    def relation(self) -> str:
        return "members" if self.audience.members else "people"


@dataclass(frozen=True, slots=True)
class Span:
    """A version and the days on which periods must end for it to hold, both included; `end` None: still."""

    version: int
    start: date
    end: date | None


def problems(parts: Parts) -> list[str]:
    """Codes of what cannot be counted so; empty if all is well."""
    return [*_audience_problems(parts.audience), *_event_problems(parts.measure, parts.event)]


def _audience_problems(audience: Audience) -> list[str]:
    found = []
    youngest, oldest = audience.age_from, audience.age_to
    ages = [age for age in (youngest, oldest) if age is not None]
    if any(not 0 <= age <= OLDEST for age in ages) or (len(ages) == 2 and ages[0] > ages[1]):
        found.append("bad_age")
    of_posts = audience.leader or audience.duties or audience.kinds
    if audience.members and of_posts:
        found.append("members_have_no_posts")
    return found


def _event_problems(measure: Measure, event: Event | None) -> list[str]:
    if event is None:
        return [] if measure == Measure.PERSONS else ["event_missing"]
    found = []
    if event.none and measure == Measure.ATTENDANCES:
        found.append("nothing_to_count")
    if event.deed in (Deed.PASSED, Deed.LEARNED) and (event.forms or event.modes):
        found.append("form_of_classes")
    if event.self_paced and event.deed != Deed.PASSED:
        found.append("self_paced_of_results")
    if event.within == Within.MONTHS and not 1 <= event.months <= MONTHS_AT_MOST:
        found.append("bad_months")
    return found


def slug_of(text: str) -> str:
    """A slug made from a name: «Nữ lãnh đạo chưa học» is nu-lanh-dao-chua-hoc; empty if nothing is left."""
    words = re.findall(r"[a-z0-9]+", fold(text))
    slug = ""
    for word in words:
        longer = f"{slug}-{word}" if slug else word
        if len(longer) > SLUG_LENGTH:
            break
        slug = longer
    return slug


def slug_is_written_right(slug: str) -> bool:
    return len(slug) <= SLUG_LENGTH and _SLUG.fullmatch(slug) is not None


def spans(starts: Sequence[tuple[int, date]], retired_on: date | None) -> list[Span]:
    """When each published version (number, first day) holds, oldest first."""
    ordered = sorted(starts, key=lambda one: one[1])
    until = [start - timedelta(days=1) for _, start in ordered[1:]]  # no two begin on one day
    return [
        Span(version, start, end)
        for (version, start), end in zip(ordered, [*until, retired_on], strict=False)
    ]


def holds(span: Span, on: date) -> bool:
    """Whether a version defines the figures of a period that ends on the day."""
    return span.start <= on and (span.end is None or on <= span.end)


def as_data(parts: Parts) -> dict[str, Any]:
    """The audience and event as JSON values; what is not asked for is left out."""
    data: dict[str, Any] = {"audience": asdict(parts.audience)}
    if parts.event is not None:
        data["event"] = asdict(parts.event)
    return data


def of_data(measure: str, data: Mapping[str, Any]) -> Parts:
    """The parts that `as_data` wrote."""
    event = data.get("event")
    return Parts(
        Measure(measure),
        Audience(**_tuples(data["audience"])),
        Event(**_tuples(event) | {"deed": Deed(event["deed"]), "within": Within(event["within"])})
        if event
        else None,
    )


def _tuples(data: Mapping[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in data.items()}
