"""Forms in .xlsx. Cells are found and filled in the sheets' own XML, so that whatever else is in the file – lines,
pictures, print settings – stays as it came. ECMA-376 part 1, chapter 18."""

from nhanlucso.papers.forms.workbook.filling import fill_workbook
from nhanlucso.papers.forms.workbook.reading import read_workbook

__all__ = ["fill_workbook", "read_workbook"]
