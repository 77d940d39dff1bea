"""DOCX: a document that a clerk can go on editing, with real styles, headings, lists and repeated heads."""

from __future__ import annotations

from datetime import UTC
from io import BytesIO
from typing import Any

from docx import Document
from docx.document import Document as DocxDocument
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_ALIGN_VERTICAL
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.section import Section
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph as DocxParagraph

from nhanlucso.papers import seal as codes
from nhanlucso.papers import word_parts as parts
from nhanlucso.papers import wording
from nhanlucso.papers.packing import steady
from nhanlucso.papers.paper import Block, Bullets, Heading, Paper, Paragraph, Seal

_FACE = "Times New Roman"
_WIDTH = 165.0  # mm of text on A4 upright between the margins
_WIDTH_LANDSCAPE = 252.0
_HEAD = (64.0, 101.0)
_FOOT = (72.0, 93.0)
_MOTTO_WIDTH = 61.0
_LINES_TO_SIGN = 4
_LEFT, _CENTER, _JUSTIFY = (
    WD_ALIGN_PARAGRAPH.LEFT,
    WD_ALIGN_PARAGRAPH.CENTER,
    WD_ALIGN_PARAGRAPH.JUSTIFY,
)
_PLAIN, _BODY, _NOTE, _BULLET = "Paper Plain", "Paper Body", "Paper Note", "Paper Bullet"


def render_docx(paper: Paper) -> bytes:
    """The paper as a Word document in Times New Roman."""
    paper = wording.printable(paper)
    document = Document()
    _properties(document, paper)
    _styles(document)
    _page(document.sections[0], paper)
    _head(document, paper)
    _title(document, paper)
    _addressees(document, paper)
    blocks = wording.body(paper)
    _blocks(document, blocks, _WIDTH)
    document.paragraphs[-1].paragraph_format.keep_with_next = True  # no signature alone on a page
    _foot(document, paper)
    for index in range(len(paper.annexes)):
        _annex(document, paper, index)
    if paper.seal:
        _seal(document, paper.seal)
    out = BytesIO()
    document.save(out)
    return steady(out.getvalue())


def _properties(document: DocxDocument, paper: Paper) -> None:
    properties = document.core_properties
    properties.title = f"{paper.kind_title} {paper.subject}".replace("\n", " ").strip()[:255]
    properties.author = paper.agency.replace("\n", " ")[:255]
    properties.last_modified_by = properties.author
    properties.comments = ""
    properties.language = "vi-VN"
    properties.created = properties.modified = paper.made_at.astimezone(UTC).replace(tzinfo=None)


def _styles(document: DocxDocument) -> None:
    styles = document.styles
    parts.present_mode(document)
    parts.default_face(styles.element, _FACE)
    normal = styles["Normal"]
    parts.set_face(normal, _FACE, 14)
    normal.paragraph_format.space_after = Pt(0)
    normal.paragraph_format.line_spacing = 1.0
    body = styles.add_style(_BODY, WD_STYLE_TYPE.PARAGRAPH)
    body.base_style = normal
    body.paragraph_format.alignment = _JUSTIFY
    body.paragraph_format.first_line_indent = Mm(10)
    body.paragraph_format.space_after = Pt(6)
    body.paragraph_format.line_spacing = 1.1
    bullet = styles.add_style(_BULLET, WD_STYLE_TYPE.PARAGRAPH)
    bullet.base_style = body
    parts.attach_list(document, bullet)
    plain = styles.add_style(_PLAIN, WD_STYLE_TYPE.PARAGRAPH)
    plain.base_style = normal
    note = styles.add_style(_NOTE, WD_STYLE_TYPE.PARAGRAPH)
    note.base_style = normal
    note.font.size, note.font.italic = Pt(12), True
    note.paragraph_format.space_before, note.paragraph_format.space_after = Pt(3), Pt(8)
    cell = styles.add_style(parts.CELL_STYLE, WD_STYLE_TYPE.PARAGRAPH)
    cell.base_style = normal
    cell.font.size = Pt(12)
    for name, size in (
        ("Title", 14),
        ("Heading 1", 14),
        ("Heading 2", 14),
        ("Heading 3", 14),
        ("Caption", 13),
    ):
        style = styles[name]
        parts.set_face(style, _FACE, size)
        style.font.bold, style.font.italic = True, name == "Heading 3"
        style.font.color.rgb = RGBColor(0, 0, 0)
        form = style.paragraph_format
        form.space_before, form.space_after, form.keep_with_next = Pt(6), Pt(6), True
        form.alignment = _CENTER if name in ("Title", "Caption") else _LEFT
        form.first_line_indent = None if name in ("Title", "Caption") else Mm(10)
    parts.remove_ornament(styles["Title"])
    styles["Title"].paragraph_format.space_before = Pt(14)
    styles["Title"].paragraph_format.space_after = Pt(0)


def _page(section: Section, paper: Paper) -> None:
    """A4 with the margins of the decree, the page number above from page 2, the note below."""
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(20), Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.header_distance, section.footer_distance = Mm(10), Mm(9)
    section.different_first_page_header_footer = True
    number = section.header.paragraphs[0]
    number.style = _PLAIN
    number.alignment = _CENTER
    parts.page_number(number)
    section.first_page_header.paragraphs[0].style = _PLAIN
    for footer in (section.footer, section.first_page_footer):
        line = footer.paragraphs[0]
        line.style = _PLAIN
        line.add_run(paper.footer_note).font.size = Pt(8)


def _line(
    holder: Any,
    text: str,
    *,
    size: float = 14,
    bold: bool = False,
    italic: bool = False,
    align: Any = _CENTER,
) -> DocxParagraph:
    """A paragraph of one run in a document or a cell."""
    paragraph: DocxParagraph = holder.add_paragraph(style=_PLAIN)
    paragraph.alignment = align
    if text:
        run = paragraph.add_run(text)
        run.font.size = Pt(size)
        run.bold, run.italic = bold or None, italic or None
    return paragraph


def _head(document: DocxDocument, paper: Paper) -> None:
    grid = parts.grid(document, 2, _HEAD)
    left, right = grid.rows[0].cells
    if paper.agency_above:
        _line(left, wording.agency_heading(paper.agency_above), size=13)
    agency = wording.agency_heading(paper.agency)
    _line(left, agency, size=13, bold=True)
    parts.rule(_line(left, ""), _HEAD[0], parts.estimated_width(agency, 13, _HEAD[0]) * 0.4)
    _line(right, wording.NATION, size=13, bold=True)
    _line(right, wording.MOTTO, size=14, bold=True)
    parts.rule(_line(right, ""), _HEAD[1], _MOTTO_WIDTH)
    left, right = grid.rows[1].cells
    _line(left, f"{wording.NUMBER}{wording.NUMBER_GAP}{wording.symbol(paper)}", size=13)
    if paper.draft:
        mark = _line(left, wording.DRAFT, size=11, bold=True)
        mark.paragraph_format.space_before = Pt(4)
        parts.frame_run(mark.runs[0])
    _line(right, wording.place_and_day(paper), italic=True)


def _title(document: DocxDocument, paper: Paper) -> None:
    document.add_paragraph(paper.kind_title.upper(), style="Title")
    _line(document, paper.subject, bold=True)
    line = _line(document, "")
    parts.rule(line, _WIDTH, parts.estimated_width(paper.subject, 11, _WIDTH) / 3)
    line.paragraph_format.space_after = Pt(12)


def _addressees(document: DocxDocument, paper: Paper) -> None:
    if not paper.addressees:
        return
    if len(paper.addressees) == 1:
        last = _line(document, f"{wording.ADDRESSEES} {paper.addressees[0]}")
    else:
        last = _line(document, wording.ADDRESSEES, align=_LEFT)
        last.paragraph_format.left_indent = Mm(30)
        for name in wording.listed(paper.addressees):
            last = _line(document, f"- {name}", align=_LEFT)
            last.paragraph_format.left_indent = Mm(43)
            last.paragraph_format.first_line_indent = Mm(-3)
    last.paragraph_format.space_after = Pt(12)


def _blocks(document: DocxDocument, blocks: tuple[Block, ...], width: float) -> None:
    for block in blocks:
        if isinstance(block, Heading):
            document.add_paragraph(block.text, style=f"Heading {block.level}")
        elif isinstance(block, Paragraph):
            paragraph = document.add_paragraph(style=_BODY)
            if block.lead:
                paragraph.add_run(f"{block.lead} ").bold = True
            paragraph.add_run(block.text)
        elif isinstance(block, Bullets):
            for item in block.items:
                document.add_paragraph(item, style=_BULLET)
        else:
            document.add_paragraph(block.caption, style="Caption")
            parts.add_table(document, block, wording.column_widths(block.columns, width))
            # Also without a note: two tables that touch would become one.
            document.add_paragraph(block.note, style=_NOTE)


def _foot(document: DocxDocument, paper: Paper) -> None:
    """Who receives the paper on the left, who signs on the right, never torn apart."""
    space = _line(document, "", align=_LEFT)
    space.paragraph_format.keep_with_next = True
    parts.tiny(space)
    left, right = parts.grid(document, 1, _FOOT).rows[0].cells
    if not paper.recipients:
        _line(left, "")
    else:
        _line(left, wording.RECIPIENTS, size=12, bold=True, italic=True, align=_LEFT)
        for name in wording.listed(paper.recipients):
            _line(left, f"- {name}", size=11, align=_LEFT)
    signing = paper.signing
    for text in (signing.form.upper(), signing.position.upper()):
        if text:
            _line(right, text, bold=True)
    for _ in range(_LINES_TO_SIGN):
        _line(right, "")
    if signing.name:
        _line(right, signing.name, bold=True)


def _seal(document: DocxDocument, seal: Seal) -> None:
    """The code at the very end with its words beside it, on the page of the signature or of the last annex."""
    for cell in document.tables[-1].rows[-1].cells:
        for paragraph in cell.paragraphs:
            paragraph.paragraph_format.keep_with_next = True
    parts.tiny(_line(document, "", align=_LEFT), 9)
    document.paragraphs[-1].paragraph_format.keep_with_next = True
    left, right = parts.grid(document, 1, (codes.SIDE, _WIDTH - codes.SIDE)).rows[0].cells
    run = _line(left, "", align=_LEFT).add_run()
    parts.describe(run.add_picture(BytesIO(codes.pictured(seal.text)), Mm(codes.SIDE)), seal.words)
    _line(right, seal.words, size=9, align=_LEFT)
    right.vertical_alignment = WD_ALIGN_VERTICAL.CENTER


def _annex(document: DocxDocument, paper: Paper, index: int) -> None:
    annex = paper.annexes[index]
    section = document.add_section(WD_SECTION.NEW_PAGE)
    section.different_first_page_header_footer = False
    section.orientation = WD_ORIENT.LANDSCAPE if annex.landscape else WD_ORIENT.PORTRAIT
    short, long = Mm(210), Mm(297)
    section.page_width, section.page_height = (long, short) if annex.landscape else (short, long)
    _line(document, wording.annex_heading(paper, index), bold=True)
    _line(document, annex.title.upper(), bold=True)
    origin = wording.NUMBER_GAP.join(wording.annex_origin(paper))
    _line(document, origin, italic=True).paragraph_format.space_after = Pt(8)
    _blocks(document, wording.annex_body(paper, index), _WIDTH_LANDSCAPE if annex.landscape else _WIDTH)
