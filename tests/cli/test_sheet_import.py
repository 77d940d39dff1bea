"""`sheet import` as nobody watches it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from nhanlucso.cli import sheet_import
from nhanlucso.cli.main import Parser
from nhanlucso.kernel.errors import Refused
from nhanlucso.papers.lists import ListPaper, render_list
from nhanlucso.people.models import Person
from tests.factories.district import make_district

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path: Path) -> Path:
    make_district()
    rows = [(1, "Lù A Sì", "14/09/1990"), (2, "Giàng Thị Mỷ", "31/02/1985"), (3, "Lò Văn Lạ", "1/1/1990")]
    path = tmp_path / "danh-sach.xlsx"
    path.write_bytes(
        render_list(ListPaper(title="Danh sách", head=("STT", "Họ và tên", "Ngày sinh"), rows=rows))
    )
    return path


def run(*words: str) -> None:
    parser = Parser()
    sheet_import.arguments(parser)
    sheet_import.run(parser.parse_args(words))


def test_what_is_certain_is_written_and_the_outcome_tells_the_rest(file: Path, capsys: Any) -> None:
    run(str(file), "--unit", "an", "--json")
    told = json.loads(capsys.readouterr().out)
    assert (told["created"], told["left"], told["changed"]) == (3, 0, True)
    run(str(file), "--unit", "an", "--json")
    again = json.loads(capsys.readouterr().out)
    assert (again["created"], again["updated"], again["changed"]) == (0, 0, False)


def test_the_report_is_the_file_with_comments(file: Path, tmp_path: Path, capsys: Any) -> None:
    report = tmp_path / "xem-lai.xlsx"
    run(str(file), "--unit", "an", "--report", str(report), "--dry-run")
    book = load_workbook(report)
    assert "31/02/1985" in book.worksheets[0]["C5"].comment.text
    assert book.sheetnames[-1] == "Ghi chú"
    assert "Sẽ: thêm 3" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["xem-lai.docx", "khong-co/xem-lai.xlsx", "danh-sach.xlsx", "thu-muc.xlsx"])
def test_where_no_report_can_stand_nothing_is_written(file: Path, tmp_path: Path, name: str) -> None:
    (tmp_path / "thu-muc.xlsx").mkdir()
    before = Person.objects.count()
    with pytest.raises(Refused) as refusal:
        run(str(file), "--unit", "an", "--report", str(tmp_path / name))
    assert refusal.value.code == "bad_report"
    assert Person.objects.count() == before
