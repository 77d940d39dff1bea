"""What is being composed, counted on the records of now."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from nhanlucso.indicators import queries
from nhanlucso.indicators.definitions import composed
from nhanlucso.indicators.engine.passport import COUNTED, MISSING, OPEN
from nhanlucso.indicators.figures import as_json
from nhanlucso.indicators.own.rules import Parts
from nhanlucso.indicators.own.wording import told
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.scope import Scope
from nhanlucso.web.kit.asking import Question
from nhanlucso.web.kit.wording import figure_parts, qualified

TRIED = "own.thu"  # what is not saved yet


@dataclass(frozen=True, slots=True)
class Live:
    """The sentence and the figure of a unit and period; or why there is none. `said`, `share`: the figure in a line."""

    sentence: str = ""
    problem: str = ""
    figure: dict[str, object] | None = None
    said: str = ""
    share: str = ""
    counted: int = 0
    missing: int | None = None
    open: int = 0
    as_of: str = ""


def live(scope: Scope, asked: Question | None, parts: Parts) -> Live:
    """The figure of parts; without a unit only what they say."""
    try:
        sentence = told(parts)
    except Refused as refusal:
        return Live(problem=refusal.message)
    if asked is None or not asked.valid:
        return Live(sentence)
    indicator = composed(TRIED, "", sentence, parts)
    figure = queries.figures(scope, asked.asked, [indicator], [asked.unit.pk])[asked.unit.pk][0]
    row = as_json(figure, str(asked.unit.pk), "")
    sizes = queries.passport(scope, asked.asked, indicator, asked.unit.pk).sizes()
    return Live(
        sentence,
        figure=row,
        said=qualified(row) if figure.value is not None else _("Chưa có số liệu"),
        share=figure_parts(row).share,
        counted=sizes[COUNTED],
        missing=sizes.get(MISSING),
        open=sizes[OPEN],
        as_of=figure.as_of,
    )
