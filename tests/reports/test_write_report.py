"""Reports as files: three formats, whole or not at all, each writing logged."""

from __future__ import annotations

import argparse
import json
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pypdf
import pytest

from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.scope import SYSTEM
from tests.reports.conftest import AT

pytestmark = pytest.mark.django_db


def save(unit: Any, path: Path, kind: str = "nine-month", period: str = "2024-9M") -> int:
    from nhanlucso.reports.services.writing import Wanted, save_report

    return save_report(wanted=Wanted(kind, unit, period), path=path, by=SYSTEM, at=AT)


def events() -> list[tuple[str, str]]:
    from nhanlucso.audit.models import Event

    return list(Event.objects.filter(verb="report.write").values_list("object_type", "object_id"))


def test_word(district: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / "report.docx"
    assert save(district["d"], path) == path.stat().st_size
    document = docx.Document(str(path))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "tập huấn trên nền tảng MOOCs cho 1 công chức" in text
    assert any("Toàn huyện" in cell.text for table in document.tables for cell in table.columns[1].cells)
    assert events() == [("report", "nine-month 2024-9M d docx")]


def test_pdf(district: dict[str, Any], tmp_path: Path, fonts: None) -> None:
    path = tmp_path / "report.PDF"
    save(district["d"], path)
    reader = pypdf.PdfReader(path)
    assert "HUYỆN MẪU" in reader.pages[0].extract_text()
    assert len(reader.pages) >= 2


def test_spreadsheet(district: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / "report.xlsx"
    save(district["d"], path)
    book = openpyxl.load_workbook(path)
    numbers = {cell.value for sheet in book.worksheets for row in sheet.iter_rows() for cell in row}
    assert {46, 8, 12} <= numbers


def test_a_report_for_the_web_is_bytes(district: dict[str, Any]) -> None:
    from nhanlucso.reports.services.writing import Wanted, write_report

    made = write_report(wanted=Wanted("year", district["d"], "2024"), form="docx", by=SYSTEM, at=AT)
    assert docx.Document(BytesIO(made)).tables
    assert events() == [("report", "year 2024 d docx")]


@pytest.mark.parametrize("name", ["report", "report.doc", "report.html"])
def test_an_unknown_format_is_refused(district: dict[str, Any], tmp_path: Path, name: str) -> None:
    with pytest.raises(Refused) as refusal:
        save(district["d"], tmp_path / name)
    assert refusal.value.code == "bad_format"
    assert list(tmp_path.glob("*report*")) == []


def test_a_path_that_cannot_be_written_is_refused(district: dict[str, Any], tmp_path: Path) -> None:
    (tmp_path / "folder.pdf").mkdir()
    for path in (tmp_path / "missing" / "report.docx", tmp_path / "folder.pdf"):
        with pytest.raises(Refused) as refusal:
            save(district["d"], path)
        assert refusal.value.code == "bad_path"
    assert events() == []


def test_a_refused_report_leaves_the_file_that_was_there(district: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / "report.docx"
    path.write_text("before")
    with pytest.raises(Refused):
        save(district["d"], path, period="2024")
    assert path.read_text() == "before"
    assert [found.name for found in tmp_path.iterdir() if found.is_file()] == ["report.docx"]
    assert events() == []


def test_missing_fonts_are_refused_with_what_to_do(
    district: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NHANLUCSO_FONTS", str(tmp_path / "none"))
    with pytest.raises(Refused) as refusal:
        save(district["d"], tmp_path / "report.pdf")
    assert refusal.value.code == "fonts_missing"


def command(*words: str) -> argparse.Namespace:
    from nhanlucso.cli import report

    parser = argparse.ArgumentParser()
    report.arguments(parser)
    return parser.parse_args(words)


def test_the_command(district: dict[str, Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from nhanlucso.cli import report

    path = tmp_path / "report.docx"
    words = ("half-year", "--unit", "d", "--period", "2024-H1", "--out", str(path))
    report.run(command(*words, "--json"))
    printed = json.loads(capsys.readouterr().out)
    assert (printed["unit_id"], printed["kind"], printed["size"]) == ("d", "half-year", path.stat().st_size)
    report.run(command(*words))
    assert str(path) in capsys.readouterr().out


def test_the_command_refuses_an_unknown_unit(district: dict[str, Any], tmp_path: Path) -> None:
    from nhanlucso.cli import report

    with pytest.raises(Refused) as refusal:
        report.run(command("year", "--unit", "nobody", "--period", "2024", "--out", str(tmp_path / "r.docx")))
    assert refusal.value.code == "unknown_unit"
