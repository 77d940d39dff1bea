"""Lists on their own: one description, laid out as a workbook, a page to print, or a document."""

from nhanlucso.papers.lists.document import document_list
from nhanlucso.papers.lists.paper import ListPaper, Value
from nhanlucso.papers.lists.printing import print_list
from nhanlucso.papers.lists.workbook import render_list

__all__ = ["ListPaper", "Value", "document_list", "print_list", "render_list"]
