"""The cards of the first page: every figure of a unit, in groups."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from nhanlucso.indicators.catalogue import INDICATORS
from nhanlucso.indicators.definitions import definitions
from nhanlucso.indicators.figures import as_json
from nhanlucso.indicators.queries import figures
from nhanlucso.indicators.rules import Figure
from nhanlucso.indicators.targets import binding_targets
from nhanlucso.kernel.scope import Scope
from nhanlucso.orgs.queries import history
from nhanlucso.web.kit.asking import Question
from nhanlucso.web.kit.standing import Standing, standing

GROUPS: tuple[tuple[str | Promise, tuple[str, ...]], ...] = (
    (
        _("Phổ cập kỹ năng số"),
        (
            "coverage.basic",
            "coverage.ict_standard",
            "status.basic",
            "status.ict_standard",
            "coverage.leaders",
            "coverage.dt_officers",
        ),
    ),
    (
        _("Tập huấn"),
        (
            "training.attendances",
            "training.persons",
            "training.classes",
            "training.conferences",
            "training.rounds",
            "training.person_days",
        ),
    ),
    (_("Học trực tuyến"), ("mooc.learners", "mooc.completions")),
    (_("Cán bộ"), ("staff.headcount", "staff.leaders", "it.dedicated", "it.concurrent")),
    (
        _("Tổ công nghệ số cộng đồng"),
        ("teams.count", "teams.members", "teams.village_coverage", "teams.assists"),
    ),
    (_("Tuyên truyền"), ("outreach.items",)),
)


@dataclass(frozen=True, slots=True)
class Card:
    """One figure on the page: the figure as data for the kit, and where it opens."""

    label: str | Promise
    figure: dict[str, object]
    standing: Standing | None
    href: str


@dataclass(frozen=True, slots=True)
class CardGroup:
    label: str | Promise
    cards: list[Card]


def shown(figure: Figure) -> dict[str, object]:
    """A figure as the design system takes it."""
    return as_json(figure, str(figure.unit_id), "")


def card_groups(scope: Scope, question: Question) -> tuple[list[CardGroup], str]:
    """All figures of the unit by group, and as of when. The unit must be valid on the tree."""
    unit = question.unit.pk
    line = history().closure(question.asked.tree)[unit]
    aims = binding_targets(scope, line, question.period.year)
    known = definitions(question.asked.window.b)
    found = {f.indicator.code: f for f in figures(scope, question.asked, list(known.values()), [unit])[unit]}
    own = (_("Chỉ số tự lập"), tuple(code for code in known if code not in INDICATORS))
    groups = [
        CardGroup(
            label,
            [
                Card(
                    found[code].indicator.name,
                    shown(found[code]),
                    standing(found[code], aims.get(code)),
                    f"{reverse('figure', args=[code])}?{question.query}",
                )
                for code in codes
            ],
        )
        for label, codes in (*GROUPS, own)
        if codes
    ]
    return groups, next(iter(found.values())).as_of
