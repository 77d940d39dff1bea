"""Word documents made for the tests, by hand, so that every oddity of the format can be written."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from html import escape
from pathlib import Path

SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SPACES = (
    f'xmlns:w="{SPACE}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)


def run(text: str, font: str = "", properties: str = "") -> str:
    """A run of text; a line break for each \\n."""
    fonts = f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}"/>' if font else ""
    parts = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(part)}</w:t>' for part in text.split("\n"))
    return f"<w:r><w:rPr>{fonts}{properties}</w:rPr>{parts}</w:r>"


def paragraph(inside: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{inside}</w:p>"


def cell(text: str, properties: str = "", font: str = "") -> str:
    """A cell of plain text, or of the given XML if it begins with a tag."""
    inside = text if text.startswith("<w:") else paragraph(run(text, font) if text else "")
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside}</w:tc>"


def row(cells: Sequence[str], properties: str = "", font: str = "") -> str:
    """A row of texts, or of cells as XML."""
    made = [part if part.startswith("<w:tc>") else cell(part, font=font) for part in cells]
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(made)}</w:tr>"


def table(rows: Sequence[Sequence[str] | str], widths: Sequence[int] = (), font: str = "") -> str:
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    made = [part if isinstance(part, str) else row(part, font=font) for part in rows]
    return f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{''.join(made)}</w:tbl>"


class Word:
    """A document: what stands in its body, and the parts beside it."""

    def __init__(self, **parts: str) -> None:
        self.body: list[str] = []
        self.parts = parts  # styles, numbering: their inner XML

    def line(self, text: str) -> None:
        self.body.append(paragraph(run(text) if text else ""))

    def table(self, rows: Sequence[Sequence[str] | str], **more: str) -> None:
        self.body.append(table(rows, **more))  # type: ignore[arg-type]

    def add(self, xml: str) -> None:
        self.body.append(xml)

    @property
    def xml(self) -> str:
        return (
            f'<?xml version="1.0" encoding="UTF-8"?><w:document {_SPACES}><w:body>'
            f"{''.join(self.body)}</w:body></w:document>"
        )

    def save(self, folder: Path, name: str = "list.docx") -> Path:
        path = folder / name
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
            package.writestr("[Content_Types].xml", "<Types/>")
            package.writestr("word/document.xml", self.xml)
            for part, inner in self.parts.items():
                package.writestr(f"word/{part}.xml", f"<w:{part} {_SPACES}>{inner}</w:{part}>")
        return path
