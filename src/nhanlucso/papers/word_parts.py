"""Pieces of WordprocessingML that python-docx has no words for. ECMA-376 part 1, chapter 17.

Tables are built as elements, not through the library's cells, whose cost grows with the square of
the rows.
"""

from __future__ import annotations

from typing import Any

from docx.document import Document as DocxDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shape import InlineShape
from docx.shared import Mm, Pt
from docx.table import Table as DocxTable
from docx.text.paragraph import Paragraph as DocxParagraph
from docx.text.run import Run

from nhanlucso.papers import wording
from nhanlucso.papers.paper import Align, Band, Column, Table

CELL_STYLE = "Paper Cell"
_CELL_STYLE_ID = "PaperCell"
_TWIPS_PER_MM = 1440 / 25.4
_EM_CAPITALS = 0.72  # mean width of a bold capital in ems, for the length of lines below texts


def element(tag: str, **attributes: str | int) -> Any:
    """<w:tag w:attribute="…"/>."""
    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    return made


def _twips(mm: float) -> int:
    return round(mm * _TWIPS_PER_MM)


def estimated_width(text: str, size: float, limit: float) -> float:
    """About how wide the longest line of `text` prints, in mm, at most `limit`; size in points."""
    longest = max(map(len, text.split("\n")))
    return min(limit, longest * size * _EM_CAPITALS * 25.4 / 72)


def default_face(styles: Any, face: str) -> None:
    """Document defaults: the face for all scripts, Vietnamese as the language."""
    properties = styles.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    _face_in(properties, face)
    for old in properties.findall(qn("w:lang")):
        properties.remove(old)
    properties.append(element("lang", val="vi-VN", eastAsia="vi-VN", bidi="ar-SA"))


def set_face(style: Any, face: str, size: float) -> None:
    """The face for all scripts in a style; theme faces, which would win over it, are taken out,
    and so is the linked character style with its own face and colour."""
    link = style.element.find(qn("w:link"))
    if link is not None:
        styles = style.element.getparent()
        for linked in styles.findall(qn("w:style")):
            if linked.get(qn("w:styleId")) == link.get(qn("w:val")):
                styles.remove(linked)
        style.element.remove(link)
    style.font.name = face
    style.font.size = Pt(size)
    _face_in(style.element.rPr, face)


def _face_in(properties: Any, face: str) -> None:
    fonts = properties.find(qn("w:rFonts"))
    if fonts is None:
        fonts = element("rFonts")
        properties.insert(0, fonts)
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), face)


def remove_ornament(style: Any) -> None:
    """Takes the line below and the letter spacing out of a style."""
    for holder, tags in ((style.element.pPr, ("pBdr",)), (style.element.rPr, ("spacing", "kern"))):
        for tag in tags:
            for old in holder.findall(qn(f"w:{tag}")):
                holder.remove(old)


def present_mode(document: DocxDocument) -> None:
    """The layout rules of today's Word; without this it opens in its mode for files of 2007."""
    settings = document.settings.element
    compat = settings.find(qn("w:compat"))
    if compat is None:
        raise ValueError("The document template has no compatibility settings.")
    for old in compat.findall(qn("w:compatSetting")):
        compat.remove(old)
    uri = "http://schemas.microsoft.com/office/word"
    compat.append(element("compatSetting", name="compatibilityMode", uri=uri, val=15))


def attach_list(document: DocxDocument, style: Any) -> None:
    """A list behind dashes for a paragraph style: indented like a first line, text hanging behind it."""
    numbering = document.part.numbering_part.element
    number = 1 + max(
        (int(n.get(qn("w:abstractNumId"))) for n in numbering.findall(qn("w:abstractNum"))), default=0
    )
    abstract = element("abstractNum", abstractNumId=number)
    abstract.append(element("multiLevelType", val="singleLevel"))
    level = element("lvl", ilvl=0)
    for child in (
        element("start", val=1),
        element("numFmt", val="bullet"),
        element("pStyle", val=style.style_id),
        element("lvlText", val="-"),
        element("lvlJc", val="left"),
    ):
        level.append(child)
    form = element("pPr")
    form.append(element("ind", left=_twips(14), hanging=_twips(4)))
    level.append(form)
    abstract.append(level)
    # The schema wants all abstract definitions before the first concrete one.
    numbering.insert(len(numbering.findall(qn("w:abstractNum"))), abstract)
    concrete = numbering.add_num(number)
    properties = style.element.get_or_add_pPr()
    binding = properties.get_or_add_numPr()
    binding.get_or_add_numId().val = concrete.numId
    style.paragraph_format.left_indent = Mm(14)
    style.paragraph_format.first_line_indent = Mm(-4)


def page_number(paragraph: DocxParagraph) -> None:
    field = element("fldSimple", instr="PAGE")
    run = element("r")
    text = element("t")
    text.text = "2"  # what stands until the field is computed
    run.append(text)
    field.append(run)
    paragraph._p.append(field)


def frame_run(run: Run) -> None:
    """A thin frame around a run."""
    run._r.get_or_add_rPr().append(element("bdr", val="single", sz=4, space=0, color="auto"))


def tiny(paragraph: DocxParagraph, points: float = 3) -> None:
    """A paragraph without text, exactly so high."""
    form = paragraph.paragraph_format
    form.line_spacing = Pt(points)
    form.space_before = form.space_after = Pt(0)


def rule(paragraph: DocxParagraph, column: float, length: float) -> None:
    """Turns an empty paragraph into a centred line of `length` mm in a column of `column` mm."""
    tiny(paragraph)
    paragraph.paragraph_format.space_before = Pt(2)
    inset = max(0.0, (column - length) / 2)
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Mm(inset)
    borders = element("pBdr")
    borders.append(element("top", val="single", sz=6, space=1, color="auto"))
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")


def grid(document: DocxDocument, rows: int, widths: tuple[float, ...]) -> DocxTable:
    """A table without lines that only places things; its rows do not break, its cells await paragraphs."""
    table: DocxTable = document.add_table(rows, len(widths))
    table.autofit = False
    properties = table._tbl.tblPr
    properties.find(qn("w:tblLook")).addprevious(_cell_margins(0, 0))
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for row in table.rows:
        row._tr.get_or_add_trPr().append(element("cantSplit"))
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Mm(width)
            for empty in cell.paragraphs:  # the caller writes all paragraphs, at least one into each cell
                cell._tc.remove(empty._p)
    return table


def describe(picture: InlineShape, words: str) -> None:
    """What a picture is, for who cannot see it."""
    picture._inline.docPr.set("descr", words)


def _cell_margins(beside: float, above: float) -> Any:
    margins = element("tblCellMar")
    for side, mm in (("top", above), ("left", beside), ("bottom", above), ("right", beside)):
        margins.append(element(side, w=_twips(mm), type="dxa"))
    return margins


def add_table(document: DocxDocument, table: Table, widths: tuple[float, ...]) -> None:
    """A ruled table of full width: the head repeats on every page, no row breaks inside."""
    made = element("tbl")
    properties = element("tblPr")
    properties.append(element("tblStyle", val="TableGrid"))
    properties.append(element("tblW", w=_twips(sum(widths)), type="dxa"))
    properties.append(element("tblLayout", type="fixed"))
    properties.append(_cell_margins(1.6, 0.6))
    properties.append(element("tblLook", val="0620", firstRow=1, noHBand=1, noVBand=1))
    made.append(properties)
    columns = element("tblGrid")
    for width in widths:
        columns.append(element("gridCol", w=_twips(width)))
    made.append(columns)
    for row in _head(table.columns, widths):
        made.append(row)
    for row in table.rows:
        if isinstance(row, Band):
            made.append(_row([_cell(row.text, sum(widths), "left", bold=True, span=len(widths), keep=True)]))
        else:
            made.append(_cells(row, table.columns, widths, bold=False))
    if table.total_row is not None:
        made.append(_cells(table.total_row, table.columns, widths, bold=True))
    document.element.body.insert_element_before(made, "w:sectPr")


def _head(columns: tuple[Column, ...], widths: tuple[float, ...]) -> list[Any]:
    rows = []
    cells = wording.head_cells(columns)
    for number in range(wording.head_rows(columns)):
        made = []
        for cell in cells:
            if not cell.row <= number < cell.row + cell.rows:
                continue
            width = sum(widths[cell.column : cell.column + cell.columns])
            merge = "" if cell.rows == 1 else ("restart" if number == cell.row else "continue")
            text = cell.text if number == cell.row else ""
            item = _cell(text, width, "center", bold=True, span=cell.columns, merge=merge, keep=True)
            made.append((cell.column, item))
        in_order = [item for _, item in sorted(made, key=lambda pair: pair[0])]
        rows.append(_row(in_order, head=True))
    return rows


def _cells(
    cells: tuple[Any, ...], columns: tuple[Column, ...], widths: tuple[float, ...], *, bold: bool
) -> Any:
    return _row(
        [
            _cell(wording.cell_text(cell, column), width, column.align, bold=bold)
            for cell, column, width in zip(cells, columns, widths, strict=True)
        ]
    )


def _row(cells: list[Any], *, head: bool = False) -> Any:
    row = element("tr")
    properties = element("trPr")
    properties.append(element("cantSplit"))
    if head:
        properties.append(element("tblHeader"))
    row.append(properties)
    row.extend(cells)
    return row


def _cell(
    text: str, width: float, align: Align, *, bold: bool, span: int = 1, merge: str = "", keep: bool = False
) -> Any:
    cell = element("tc")
    properties = element("tcPr")
    properties.append(element("tcW", w=_twips(width), type="dxa"))
    if span > 1:
        properties.append(element("gridSpan", val=span))
    if merge:
        properties.append(element("vMerge", val=merge))
    properties.append(element("vAlign", val="center"))
    cell.append(properties)
    paragraph = element("p")
    form = element("pPr")
    form.append(element("pStyle", val=_CELL_STYLE_ID))
    if keep:
        form.append(element("keepNext"))
    form.append(element("jc", val=align))
    paragraph.append(form)
    if text:
        paragraph.append(_run(text, bold))
    cell.append(paragraph)
    return cell


def _run(text: str, bold: bool) -> Any:
    run = element("r")
    if bold:
        properties = element("rPr")
        properties.append(element("b"))
        run.append(properties)
    for number, line in enumerate(text.split("\n")):
        if number:
            run.append(element("br"))
        piece = element("t")
        piece.text = line
        piece.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        run.append(piece)
    return run
