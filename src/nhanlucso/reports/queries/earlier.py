"""The figures of the period before that of a report: as they were published, else as the records are today."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from nhanlucso.indicators.definitions import definitions
from nhanlucso.indicators.queries import ask, figures
from nhanlucso.kernel.periods import Period, previous
from nhanlucso.kernel.scope import Scope
from nhanlucso.orgs.queries import history
from nhanlucso.reports.models import Report
from nhanlucso.reports.queries.published import published
from nhanlucso.reports.rules.signing import Row, table_of


@dataclass(frozen=True, slots=True)
class Earlier:
    """Figures of an earlier period without their year so far, and whether they were published."""

    period: Period
    rows: Sequence[Row]
    published: bool


def earlier_figures(scope: Scope, report: Report) -> Earlier | None:
    """The last period of the same kind, on its own tree; None where there is none or the unit did not stand then.

    Raises Unit.DoesNotExist outside the scope.
    """
    period = previous(report.when)
    if period is None:
        return None
    asked = ask(period.text, report.calendar)
    if history().version(report.unit_id, asked.tree) is None:
        return None
    held = published(scope, report.unit_id, period.text, report.calendar, asked)
    if held is not None:
        codes = dict.fromkeys(row["indicator"] for row in held.revision.figures)
        return Earlier(period, [row for code in codes if (row := held.row(code))], True)
    found = figures(scope, asked, list(definitions(asked.window.b).values()), [report.unit_id])[
        report.unit_id
    ]
    return Earlier(period, table_of({figure.indicator.code: figure for figure in found}, {}), False)
