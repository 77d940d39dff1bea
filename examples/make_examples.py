"""Writes the example bundles, sheets and forms; run again, it writes the same bytes.

    python examples/make_examples.py [FOLDER]

The units come from the national catalogue of the product; everybody and everything else is invented, so that
the reported figures come out of records (README.md beside this file).
"""

from __future__ import annotations

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from making.bao_thang import bao_thang  # noqa: E402
from making.forms import paper_form, workbook_form  # noqa: E402
from making.sheets import attendance_sheet, staff_sheet  # noqa: E402
from making.tuyen_quang import tuyen_quang  # noqa: E402


def main(folder: Path) -> None:
    district, people = bao_thang()
    for case in (district, tuyen_quang()):
        case.write(folder / case.source)
    staff = people.register.staff_of("phu-nhuan")
    staff_sheet(folder / "sheets" / "can-bo-phu-nhuan.xlsx", staff)
    attendance_sheet(folder / "sheets" / "diem-danh.xlsx", staff)
    workbook_form(folder / "forms" / "bieu-ky-nang-so.xlsx")
    paper_form(folder / "forms" / "bao-cao-ky-nang-so.docx")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
