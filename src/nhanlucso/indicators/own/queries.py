"""Own indicators with their versions, and what may be chosen while composing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from nhanlucso.courses.models import Course
from nhanlucso.courses.rules import topics_of
from nhanlucso.indicators.catalogue import OWN
from nhanlucso.indicators.models import OwnDefinition, OwnIndicator
from nhanlucso.indicators.own.refusals import refusal
from nhanlucso.indicators.own.rules import Span, State, holds, spans
from nhanlucso.kernel.clock import today
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.kernel.text import fold
from nhanlucso.orgs.queries import history


@dataclass(frozen=True, slots=True)
class Version:
    """One version; `span` tells when it holds, None for a draft."""

    definition: OwnDefinition
    span: Span | None
    in_force: bool


@dataclass(frozen=True, slots=True)
class Own:
    """An own indicator, its newest name, its versions newest first; `draft` is what is being written, if anything."""

    indicator: OwnIndicator
    code: str
    name: str
    state: State
    versions: tuple[Version, ...]

    @property
    def draft(self) -> OwnDefinition | None:
        return next((one.definition for one in self.versions if one.span is None), None)

    @property
    def newest(self) -> OwnDefinition | None:
        """The newest published version."""
        return next((one.definition for one in self.versions if one.span is not None), None)


def own_indicators(scope: Scope, on: date) -> list[Own]:
    """All own indicators by name; who may not compose sees what was published. `on`: the day that «in force» is told
    for."""
    writes = may_compose(scope)
    found = [_own(row, on, writes) for row in OwnIndicator.objects.prefetch_related("definitions")]
    return sorted((own for own in found if own.versions), key=lambda own: fold(own.name))


def own_indicator(scope: Scope, slug: str, on: date) -> Own:
    """One of them. Raises OwnIndicator.DoesNotExist, also for a draft that is not to be seen."""
    row = OwnIndicator.objects.prefetch_related("definitions").get(slug=slug)
    own = _own(row, on, may_compose(scope))
    if not own.versions:
        raise OwnIndicator.DoesNotExist
    return own


def may_compose(scope: Scope) -> bool:
    """Whether indicators of the whole installation may be composed: asks for the right everywhere, or over a unit
    that stands below no other."""
    held = scope.to(Permission.COMPOSE_INDICATORS)
    if held.everything or not held.unit_ids:
        return held.everything and scope.may(Permission.COMPOSE_INDICATORS)
    tops = history().children(None, today())
    return any(top.unit in held.unit_ids for top in tops if top.kind in ("country", "province"))


def composer(scope: Scope) -> Scope:
    """The part of the scope where somebody may compose. Raises Refused("not_allowed") for a right below the top."""
    held = scope.require(Permission.COMPOSE_INDICATORS)
    if not may_compose(scope):
        raise refusal("not_allowed")
    return held


def courses_to_choose(scope: Scope) -> list[tuple[int, str]]:
    """All courses by title; what is taught is no secret to whoever may compose."""
    return (
        list(Course.objects.order_by("title", "pk").values_list("pk", "title")) if may_compose(scope) else []
    )


def topics_to_choose(scope: Scope) -> list[str]:
    """The topics of all courses, each once, in order."""
    if not may_compose(scope):
        return []
    held: dict[str, str] = {}
    for topics in Course.objects.exclude(topics="").order_by("pk").values_list("topics", flat=True):
        for topic in topics_of(topics):
            held.setdefault(fold(topic), topic)
    return [held[key] for key in sorted(held)]


def titles_of(scope: Scope, courses: Sequence[int]) -> list[str]:
    """The titles of some courses, in order of title."""
    return list(Course.objects.filter(pk__in=courses).order_by("title", "pk").values_list("title", flat=True))


def _own(row: OwnIndicator, on: date, drafts: bool) -> Own:
    held = sorted(row.definitions.all(), key=lambda one: -one.version)
    published = [one for one in held if one.published_at is not None]
    by_version = {
        span.version: span
        for span in spans([(one.version, one.valid_from) for one in published], row.retired_on)
    }
    shown = held if drafts else published
    versions = tuple(
        Version(one, span := by_version.get(one.version), span is not None and holds(span, on))
        for one in shown
    )
    state = State.DRAFT
    if published:
        state = State.RETIRED if row.retired_on is not None else State.PUBLISHED
    name = (published or held)[0].name if held else row.slug
    return Own(row, f"{OWN}{row.slug}", name, state, versions)
