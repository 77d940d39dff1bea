"""Forms as pages show them: the layout with what stands, may stand or is missing in each blank."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from nhanlucso.forms.enums import Part, Span, Text
from nhanlucso.forms.models import FormBinding, ReportForm
from nhanlucso.forms.queries.filling import Filled, Filling
from nhanlucso.forms.rules.proposals import Proposal, is_given
from nhanlucso.indicators.definitions import definition
from nhanlucso.kernel.clock import today
from nhanlucso.kernel.errors import Refused
from nhanlucso.orgs.queries import history
from nhanlucso.papers.forms import OTHER, Cell, Layout, Piece, Spot
from nhanlucso.web.kit.wording import figure_parts

OPEN, BOUND, PROPOSED, UNKNOWN, STALE = "open", "bound", "proposed", "unknown", "stale"
_NAMED_AT_MOST = 8


@dataclass(frozen=True, slots=True)
class Shown:
    """A piece of a cell: its text; for a blank its kind (one of the five), where it opens, how that is read out."""

    text: str
    kind: str = ""
    href: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class ShownCell:
    pieces: list[Shown]
    across: int
    down: int


@dataclass(frozen=True, slots=True)
class ShownBlock:
    name: str
    is_table: bool
    rows: list[list[ShownCell]]


def shown(layout: Layout, piece: Callable[[Piece], Shown]) -> list[ShownBlock]:
    """The blocks of a form, each piece as `piece` shows it; paragraphs in a row are one block."""
    found: list[ShownBlock] = []
    for block in layout.blocks:
        rows = [
            [
                ShownCell([piece(one) for one in cell.pieces], cell.across, cell.down)
                for cell in widened(row, layout)
            ]
            for row in block.rows
        ]
        if found and not block.is_table and not found[-1].is_table:
            found[-1].rows.extend(rows)
        else:
            found.append(ShownBlock(block.name, block.is_table, rows))
    return found


def widened(row: Sequence[Cell], layout: Layout) -> list[Cell]:
    """The cells of a row; a text alone in its row takes the room after it, as spreadsheets show it."""
    said = [
        place
        for place, cell in enumerate(row)
        if any(piece.text or piece.spot in layout.spots for piece in cell.pieces)
    ]
    if len(said) != 1 or any(cell.down > 1 for cell in row[said[0] :]):
        return list(row)
    rest = row[said[0] :]
    return [*row[: said[0]], replace(rest[0], across=sum(cell.across for cell in rest))]


def to_bind(
    layout: Layout,
    bindings: Mapping[str, FormBinding],
    clear: Mapping[str, Proposal],
    address: str,
    every: bool = False,
) -> list[ShownBlock]:
    """The form while people say what stands in its blanks; `address`: that of the page of one blank up to its name,
    empty where nothing is said. `every`: cells that wait for nothing are offered too."""
    words = _Words()

    def piece(one: Piece) -> Shown:
        spot = layout.spot(one.spot)
        if spot is None:
            return Shown(one.text)
        href = f"{address}{urlencode({'o': one.spot})}" if address else ""
        if one.spot in bindings:
            said = words.bound(bindings[one.spot])
            return Shown(words.short(bindings[one.spot]), BOUND, href, f"{spot.where}: {said}")
        if spot.kind == OTHER or is_given(spot):
            offered = every and address
            return Shown(one.text or "+", OPEN, href, spot.where) if offered else Shown(one.text)
        if one.spot in clear:
            said = words.proposed(clear[one.spot])
            label = _("%(where)s: đề xuất %(words)s") % {"where": spot.where, "words": said}
            return Shown(f"{words.short(clear[one.spot])}?", PROPOSED, href, label)
        text = one.text if spot.holds else _("chọn") if address else "…"
        return Shown(text, OPEN, href, _("%(where)s: chưa chọn") % {"where": spot.where})

    return shown(layout, piece)


def filled_blocks(layout: Layout, values: Mapping[str, Filled], filling: Filling) -> list[ShownBlock]:
    """The form filled in; each number leads to its figure, what still stands from last time is marked."""

    def piece(one: Piece) -> Shown:
        value = values.get(one.spot) if one.spot else None
        if value is None:
            spot = layout.spots.get(one.spot)
            is_stale = spot is not None and spot.holds and not is_given(spot)
            return Shown(one.text, STALE) if is_stale else Shown(one.text)
        if value.lost:
            return Shown("")
        if value.unknown:
            spot = layout.spot(one.spot)
            where = spot.where if spot else ""
            return Shown(_("chưa có số liệu"), UNKNOWN, figure_href(value, filling), where)
        return Shown(value.words, BOUND if value.code else "", figure_href(value, filling), "")

    return shown(layout, piece)


def figure_href(value: Filled, filling: Filling) -> str:
    """Where the figure behind a blank opens; nothing for words."""
    if not value.code:
        return ""
    words = {"unit": str(value.unit), "period": value.period or filling.period.text, "tree": value.tree}
    if filling.calendar != "decree":
        words["calendar"] = filling.calendar
    return f"{reverse('figure', args=[value.code])}?{urlencode(words)}"


def keeper(form: ReportForm) -> str:
    """The unit that keeps a form, as it is called now or was last."""
    return history().name(form.unit_id, today())


def bound_words(binding: FormBinding) -> str:
    """«Lượt tham gia tập huấn, lũy kế từ đầu năm»."""
    return _Words().bound(binding)


def proposal_words(proposal: Proposal) -> str:
    return _Words().proposed(proposal)


class _Words:
    """What stands in blanks, in words; a form says the same of many."""

    def __init__(self) -> None:
        self._held: dict[tuple[str, str, str, bool, int | None], str] = {}

    def bound(self, one: FormBinding) -> str:
        return self._said(one.code, one.part, one.span, one.named, one.unit_id)

    def proposed(self, one: Proposal) -> str:
        return self._said(one.code, one.part, one.span, one.named, None)

    def short(self, one: FormBinding | Proposal) -> str:
        """Without the unit that the row names, which stands beside it."""
        unit = one.unit_id if isinstance(one, FormBinding) else None
        return self._said(one.code, one.part, one.span, False, unit)

    def _said(self, code: str, part: str, span: str, named: bool, unit: int | None) -> str:
        key = (code, part, span, named, unit)
        if key not in self._held:
            self._held[key] = _words(*key)
        return self._held[key]


def _words(code: str, part: str, span: str, named: bool, unit: int | None) -> str:
    if code in Text.values:
        return str(Text(code).label)
    try:
        words = [str(definition(code).name)]
    except Refused:
        words = [_("Chỉ số không còn: %(code)s") % {"code": code}]
    if part != Part.VALUE:
        words.append(str(Part(part).label).lower())
    if span != Span.PERIOD:
        words.append(str(Span(span).label).lower())
    if named:
        words.append(_("đơn vị ở dòng"))
    if unit is not None:
        words.append(history().name(unit, today()))
    return ", ".join(filter(None, words))


@dataclass(frozen=True, slots=True)
class Source:
    """One number of a filled form: where it stands, what it is, of which unit, how it came."""

    where: str
    words: str
    unit: str
    value: str
    note: str
    taken: str
    href: str


def sources_of(
    layout: Layout, bindings: Sequence[FormBinding], values: Mapping[str, Filled], filling: Filling
) -> list[Source]:
    """Every number of the filled form, in the order of the form."""
    by_spot = {binding.spot: binding for binding in bindings}
    found, words, past = [], _Words(), history()
    for spot in (*layout.spots.values(), *layout.others.values()):
        value = values.get(spot.name)
        if value is None or not value.code or value.lost:
            continue
        unit = past.name(value.unit, filling.asked.tree)
        parts = figure_parts(value.figure)
        note = "; ".join(filter(None, (parts.share, parts.bounds)))
        said = _("chưa có số liệu") if value.unknown else value.words
        taken = _("số đã chốt") if value.frozen else _("số hiện thời")
        is_of = words.bound(by_spot[spot.name])
        found.append(Source(spot.where, is_of, unit, said, note, taken, figure_href(value, filling)))
    return found


@dataclass(frozen=True, slots=True)
class Told:
    """What is said of a filled form: how many numbers are published ones and how many of today, how many are not known,
    were not chosen, still stand from last time; names that are no unit of whoever fills it in, the first few."""

    frozen: int
    live: int
    unknown: int
    left: int
    stale: int
    lost: list[str]
    more: int


def blanks_of(layout: Layout) -> list[Spot]:
    """The blanks that figures belong in."""
    return [spot for spot in layout.spots.values() if not is_given(spot)]


def told(layout: Layout, values: Mapping[str, Filled]) -> Told:
    """Counts of a filled form."""
    numbers = [one for one in values.values() if one.code and not one.lost]
    open_spots = [spot for spot in blanks_of(layout) if spot.name not in values]
    lost = list(dict.fromkeys(one.lost for one in values.values() if one.lost))
    return Told(
        frozen=sum(one.frozen for one in numbers),
        live=sum(not one.frozen for one in numbers),
        unknown=sum(one.unknown for one in numbers),
        left=sum(not spot.holds for spot in open_spots),
        stale=sum(bool(spot.holds) for spot in open_spots),
        lost=lost[:_NAMED_AT_MOST],
        more=len(lost[_NAMED_AT_MOST:]),
    )
