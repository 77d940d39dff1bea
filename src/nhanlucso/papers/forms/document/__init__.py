"""Forms in .docx. Paragraphs are found and filled in the document's own XML, so that whatever else is in the file stays
as it came. ECMA-376 part 1, chapter 17."""

from nhanlucso.papers.forms.document.filling import fill_document
from nhanlucso.papers.forms.document.reading import read_document

__all__ = ["fill_document", "read_document"]
