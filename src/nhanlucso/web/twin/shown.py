"""The twin report in words, as a chart and as rows."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nhanlucso.indicators.figures import as_json
from nhanlucso.indicators.queries import Ask
from nhanlucso.indicators.rules import Figure
from nhanlucso.indicators.twin import Gap, Predecessor, Total, Twin, Twins
from nhanlucso.papers.lists import Value
from nhanlucso.web.kit.charts import BarRow, Chart, bars
from nhanlucso.web.kit.frame import address
from nhanlucso.web.kit.periods import unfinished
from nhanlucso.web.kit.wording import bounds, number, qualified, quantity, unit_word

_MINUS = "\N{MINUS SIGN}"


@dataclass(frozen=True, slots=True)
class Cell:
    """A number with what it may be, what it is a share of, and where the people behind it stand."""

    said: str
    range: str = ""
    share: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class OldRow:
    """A unit of then: `how` it became the unit of now; `lead`: it is the one compared with."""

    unit: int
    name: str
    how: str
    lead: bool
    cell: Cell


@dataclass(frozen=True, slots=True)
class TwinRow:
    """A unit of now in the table."""

    name: str
    href: str
    old: str
    then: Cell
    carried: Cell
    later: Cell
    boundary: Cell
    real: Cell


@dataclass(frozen=True, slots=True)
class Labels:
    """What the two periods are called."""

    before: str
    after: str


class Teller:
    """Says what a report of two periods shows."""

    def __init__(self, held: Twins, labels: Labels) -> None:
        self._held, self._labels = held, labels

    def headline(self) -> str:
        """«Từ 41 lượt lên 96 lượt: do địa giới +30 lượt, thay đổi thật +25 lượt.»"""
        twin = self._held.own
        if twin.lead is None or twin.lead.figure is None:
            return _("Kỳ trước chưa có đơn vị nào để so.")
        words = {
            "then": self._figure(twin.lead.figure),
            "later": self._figure(twin.later),
            "boundary": gap_words(twin.boundary, twin.later),
            "real": gap_words(twin.real, twin.later),
        }
        if twin.boundary is None or twin.real is None:
            return _("Có kỳ chưa có số liệu, nên chưa tách được.")
        told = _("Từ %(then)s thành %(later)s: do địa giới %(boundary)s, thay đổi thật %(real)s.")
        if (twin.boundary.value, twin.boundary.low, twin.boundary.high) == (0, 0, 0):
            told = _("Từ %(then)s thành %(later)s: địa giới không làm đổi con số, thay đổi thật %(real)s.")
        window = self._held.later.window
        return f"{told % words} {unfinished(window.a, window.b)}".rstrip()

    def chart(self) -> Chart:
        """The three numbers as bars, with their intervals."""
        twin, words = self._held.own, {"before": self._labels.before, "after": self._labels.after}
        rows = []
        if twin.lead is not None and twin.lead.figure is not None:
            name = twin.lead.version.name
            label = _("%(unit)s khi đó, %(before)s") % {"unit": name, **words}
            rows.append(self._bar(label, twin.lead.figure, self._held.then))
        rows.append(self._bar(_("Địa giới nay, %(before)s") % words, twin.carried, self._held.carried))
        rows.append(self._bar(_("Địa giới nay, %(after)s") % words, twin.later, self._held.later))
        return bars(rows, str(twin.later.unit), self.headline())

    def _bar(self, label: str, figure: Figure, asked: Ask) -> BarRow:
        return BarRow(label, figure.value, figure.low, figure.high, href=self._href(figure, asked) or None)

    def old_rows(self) -> list[OldRow]:
        """The units of then that the unit of now came from."""
        twin = self._held.own
        return [
            OldRow(
                p.version.unit,
                p.version.name,
                _how(p, twin),
                p is twin.lead,
                self._cell(p.figure, self._held.then),
            )
            for p in twin.predecessors
        ]

    def together(self) -> Cell | None:
        """What the units of then add up to, where adding them is right."""
        total = self._held.own.together
        return None if total is None else _total_cell(total, self._held.own.later.unit)

    def row(self, twin: Twin, href: str = "") -> TwinRow:
        """A unit with its three numbers and what lies between them."""
        lead = twin.lead
        others = len(twin.predecessors) - 1
        old = lead.version.name if lead and (others or twin.is_changed) else ""
        if old and others:
            old = ngettext("%(name)s và %(n)s đơn vị khác", "%(name)s và %(n)s đơn vị khác", others) % {
                "name": old,
                "n": number(others),
            }
        return TwinRow(
            twin.version.name,
            href,
            old,
            self._cell(lead.figure if lead else None, self._held.then),
            self._cell(twin.carried, self._held.carried),
            self._cell(twin.later, self._held.later),
            gap_cell(twin.boundary, twin.later),
            gap_cell(twin.real, twin.later),
        )

    def _cell(self, figure: Figure | None, asked: Ask) -> Cell:
        if figure is None:
            return Cell("–")
        share = ""
        if figure.indicator.is_share and figure.denominator:
            share = _("%(n)s trên %(d)s") % {"n": number(figure.numerator), "d": number(figure.denominator)}
        return Cell(self._figure(figure), bounds(_shown(figure)), share, self._href(figure, asked))

    def _figure(self, figure: Figure) -> str:
        return qualified(_shown(figure)) if figure.value is not None else _("chưa có số liệu")

    def _href(self, figure: Figure, asked: Ask) -> str:
        """The people behind a number: of its window, on its tree."""
        words = f"unit={figure.unit_id}&period={asked.window.a}..{asked.window.b}&tree={asked.tree}"
        return address("passport", figure.indicator.code, words)


def gap_cell(gap: Gap | None, figure: Figure) -> Cell:
    """A difference with its interval."""
    if gap is None:
        return Cell("–")
    said = gap_words(Gap(gap.value, gap.value, gap.value, gap.about), figure)
    if gap.is_sure:
        return Cell(said)
    ends = {"low": _signed(gap.low, figure), "high": _signed(gap.high, figure)}
    return Cell(said, _("có thể từ %(low)s đến %(high)s") % ends)


def gap_words(gap: Gap | None, figure: Figure) -> str:
    """«+30 lượt», «−1,2 điểm %»; with its interval where it is not sure."""
    if gap is None:
        return "–"
    said = _signed(gap.value, figure)
    unit = _("điểm phần trăm") if figure.indicator.is_share else unit_word(figure.unit, abs(gap.value))
    words = f"{said}\N{NO-BREAK SPACE}{unit}"
    if gap.about and gap.value:
        words = _("khoảng %(words)s") % {"words": words}
    if gap.is_sure:
        return words
    ends = {"low": _signed(gap.low, figure), "high": _signed(gap.high, figure)}
    return words + " " + _("(từ %(low)s đến %(high)s)") % ends


def _signed(value: float, figure: Figure) -> str:
    said = number(abs(value))
    if said == number(0):
        return said
    return f"{'+' if value > 0 else _MINUS}{said}"


def _how(old: Predecessor, twin: Twin) -> str:
    if old.version.unit == twin.version.unit:
        return _("chính đơn vị này") if old.whole else _("chính đơn vị này, một phần đã tách đi")
    return _("nhập toàn bộ") if old.whole else _("nhập một phần, phần khác về nơi khác")


def _total_cell(total: Total, unit: str) -> Cell:
    share = ""
    if total.denominator is not None:
        share = _("%(n)s trên %(d)s") % {"n": number(total.numerator), "d": number(total.denominator)}
    if total.value is None:
        return Cell(_("chưa có số liệu"), share=share)
    ends = ""
    if total.low is not None and not total.low == total.value == total.high:
        ends = _("có thể từ %(low)s đến %(high)s") % {"low": number(total.low), "high": number(total.high)}
    return Cell(quantity(total.value, unit), ends, share)


def _shown(figure: Figure) -> dict[str, object]:
    return as_json(figure, str(figure.unit_id), "")


def sheet_rows(rows: list[TwinRow]) -> list[list[Value]]:
    """The table for a file: numbers as they are said, intervals in words beside them."""
    return [
        [place, row.name, row.old, *(part for cell in _cells(row) for part in (cell.said, cell.range))]
        for place, row in enumerate(rows, 1)
    ]


def sheet_head(labels: Labels) -> list[str]:
    """The head of that table."""
    words = {"before": labels.before, "after": labels.after}
    numbers = [
        _("Khi đó, %(before)s") % words,
        _("Địa giới nay, %(before)s") % words,
        _("Địa giới nay, %(after)s") % words,
        _("Do địa giới"),
        _("Thay đổi thật"),
    ]
    return [_("STT"), _("Đơn vị"), _("Từ"), *(part for head in numbers for part in (head, _("Khoảng")))]


def _cells(row: TwinRow) -> tuple[Cell, ...]:
    return row.then, row.carried, row.later, row.boundary, row.real
