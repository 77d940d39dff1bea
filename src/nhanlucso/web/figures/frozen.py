"""What a page of figures says of a closed period: the published value beside that of today."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nhanlucso.kernel.clock import local_date
from nhanlucso.kernel.scope import Scope
from nhanlucso.reports.queries.published import Published, published
from nhanlucso.reports.rules.signing import differences
from nhanlucso.web.kit.asking import Question
from nhanlucso.web.kit.wording import day, number, qualified


@dataclass(frozen=True, slots=True)
class FrozenNote:
    """One sentence, whether anything differs, and where the differences are opened."""

    words: str
    differs: bool
    href: str


def frozen_figure(scope: Scope, question: Question, figure: Mapping[str, object]) -> FrozenNote | None:
    """Of one figure; None where nothing is published for the question."""
    held = _held(scope, question)
    row = held.row(str(figure["indicator"])) if held else None
    if held is None or row is None:
        return None
    said = _version(held) | {"frozen": qualified(row), "now": qualified(figure)}
    differs = bool(differences([row], [figure]))
    if differs:
        words = _("Đã chốt: %(frozen)s (bản %(number)s, %(day)s). Theo hồ sơ hôm nay: %(now)s.") % said
    else:
        words = _("Đã chốt: %(frozen)s (bản %(number)s, %(day)s). Hồ sơ hôm nay vẫn vậy.") % said
    return _note(held, words, differs)


def frozen_cards(
    scope: Scope, question: Question, figures: Iterable[Mapping[str, object]]
) -> FrozenNote | None:
    """Of all figures of a unit."""
    held = _held(scope, question)
    if held is None:
        return None
    rows = [(held.row(str(figure["indicator"])), figure) for figure in figures]
    count = sum(1 for row, figure in rows if row is not None and differences([row], [figure]))
    said = _version(held) | {"count": number(count)}
    if not count:
        return _note(
            held, _("Số liệu kỳ này đã chốt (bản %(number)s, %(day)s). Hồ sơ hôm nay vẫn vậy.") % said, False
        )
    words = ngettext(
        "Số liệu kỳ này đã chốt (bản %(number)s, %(day)s). Theo hồ sơ hôm nay, %(count)s số đã khác.",
        "Số liệu kỳ này đã chốt (bản %(number)s, %(day)s). Theo hồ sơ hôm nay, %(count)s số đã khác.",
        count,
    )
    return _note(held, words % said, True)


def _held(scope: Scope, question: Question) -> Published | None:
    return published(scope, question.unit.pk, question.period.text, question.calendar, question.asked)


def _version(held: Published) -> dict[str, object]:
    return {"number": held.revision.number, "day": day(local_date(held.at))}


def _note(held: Published, words: str, differs: bool) -> FrozenNote:
    name = "report-differences" if differs else "report"
    return FrozenNote(words, differs, reverse(name, args=[held.report.pk]))
