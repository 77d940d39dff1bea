"""A list as a Word document: what many offices keep their lists in."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt

from nhanlucso.kernel.text import clean
from nhanlucso.papers.lists.paper import ListPaper, printed

_FACE = "Times New Roman"


def document_list(paper: ListPaper) -> bytes:
    """The list as a DOCX on A4: title, notes, one table. For short lists: it is built cell by cell."""
    document: Any = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.top_margin = section.bottom_margin = Mm(20)
    style = document.styles["Normal"]
    style.font.name, style.font.size = _FACE, Pt(13)
    for text, bold in (*((title, True) for title in paper.titles), (paper.note, False)):
        if text:
            line = document.add_paragraph()
            line.alignment = WD_ALIGN_PARAGRAPH.CENTER
            run = line.add_run(text)
            run.bold, run.italic = bold, not bold
    table = document.add_table(rows=1, cols=len(paper.head), style="Table Grid")
    for cell, word in zip(table.rows[0].cells, paper.head, strict=True):
        cell.text = clean(word)
        for run in cell.paragraphs[0].runs:
            run.bold = True
    for row in paper.cells():
        for cell, value in zip(table.add_row().cells, row, strict=True):
            cell.text = printed(value)
    out = BytesIO()
    document.save(out)
    return out.getvalue()
