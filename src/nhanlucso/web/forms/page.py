"""Forms as pages show them: the layout with what stands, may stand or is missing in each blank."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from nhanlucso.forms.enums import Part, Span, Text
from nhanlucso.forms.models import FormBinding, ReportForm
from nhanlucso.forms.queries import Filled, Filling
from nhanlucso.forms.rules import Proposal
from nhanlucso.indicators.definitions import definition
from nhanlucso.kernel.clock import today
from nhanlucso.kernel.errors import Refused
from nhanlucso.orgs.queries import history
from nhanlucso.papers.forms import Cell, Layout, Piece
from nhanlucso.web.kit.wording import figure_parts

OPEN, BOUND, PROPOSED, UNKNOWN = "open", "bound", "proposed", "unknown"


@dataclass(frozen=True, slots=True)
class Shown:
    """A piece of a cell: its text; for a blank its kind (one of the four), where it opens, how that is read out."""

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
            [ShownCell([piece(one) for one in cell.pieces], cell.across, cell.down) for cell in widened(row)]
            for row in block.rows
        ]
        if found and not block.is_table and not found[-1].is_table:
            found[-1].rows.extend(rows)
        else:
            found.append(ShownBlock(block.name, block.is_table, rows))
    return found


def widened(row: Sequence[Cell]) -> list[Cell]:
    """The cells of a row; a text alone in its row takes the room after it, as spreadsheets show it."""
    said = [place for place, cell in enumerate(row) if cell.pieces]
    if len(said) != 1 or any(cell.down > 1 for cell in row[said[0] :]):
        return list(row)
    rest = row[said[0] :]
    return [*row[: said[0]], replace(rest[0], across=sum(cell.across for cell in rest))]


def to_bind(
    form: ReportForm,
    layout: Layout,
    bindings: Mapping[str, FormBinding],
    clear: Mapping[str, Proposal],
    edits: bool,
) -> list[ShownBlock]:
    """The form while people say what stands in its blanks."""

    def piece(one: Piece) -> Shown:
        if not one.spot:
            return Shown(one.text)
        href = f"{reverse('form-blank', args=[form.pk])}?{urlencode({'o': one.spot})}" if edits else ""
        where = layout.spots[one.spot].where
        if one.spot in bindings:
            words = bound_words(bindings[one.spot])
            return Shown(words, BOUND, href, f"{where}: {words}")
        if one.spot in clear:
            words = proposal_words(clear[one.spot])
            return Shown(
                f"{words}?",
                PROPOSED,
                href,
                _("%(where)s: đề xuất %(words)s") % {"where": where, "words": words},
            )
        return Shown(_("chọn") if edits else "…", OPEN, href, _("%(where)s: chưa chọn") % {"where": where})

    return shown(layout, piece)


def filled_blocks(layout: Layout, values: Mapping[str, Filled], filling: Filling) -> list[ShownBlock]:
    """The form filled in; each number leads to its figure."""

    def piece(one: Piece) -> Shown:
        value = values.get(one.spot) if one.spot else None
        if value is None:
            return Shown(one.text)
        if value.unknown:
            return Shown(
                _("chưa có số liệu"), UNKNOWN, figure_href(value, filling), layout.spots[one.spot].where
            )
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
    return _words(binding.code, binding.part, binding.span, binding.unit_id)


def proposal_words(proposal: Proposal) -> str:
    return _words(proposal.code, proposal.part, proposal.span, proposal.unit)


def _words(code: str, part: str, span: str, unit: int | None) -> str:
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
    if unit is not None:
        words.append(history().name(unit, today()))
    return ", ".join(filter(None, words))


@dataclass(frozen=True, slots=True)
class Source:
    """One number of a filled form: where it stands, what it is, how it came."""

    where: str
    words: str
    value: str
    note: str
    href: str


def sources_of(
    layout: Layout, bindings: Sequence[FormBinding], values: Mapping[str, Filled], filling: Filling
) -> list[Source]:
    """Every number of the filled form, in the order of the form."""
    by_spot = {binding.spot: binding for binding in bindings}
    found = []
    for spot in layout.spots.values():
        value = values.get(spot.name)
        if value is None or not value.code:
            continue
        words = bound_words(by_spot[spot.name])
        parts = figure_parts(value.figure)
        note = "; ".join(filter(None, (parts.share, parts.bounds)))
        said = _("chưa có số liệu") if value.unknown else value.words
        found.append(Source(spot.where, words, said, note, figure_href(value, filling)))
    return found
