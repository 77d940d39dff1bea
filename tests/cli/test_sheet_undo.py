"""`sheet undo`: an import that nobody watched is taken back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from nhanlucso.cli import sheet_import, sheet_undo
from nhanlucso.cli.main import Parser
from nhanlucso.kernel.errors import Refused
from nhanlucso.papers.lists import ListPaper, render_list
from nhanlucso.people.models import Person
from tests.factories.district import make_district

pytestmark = pytest.mark.django_db


def run(command: Any, capsys: Any, *words: str) -> Any:
    parser = Parser()
    command.arguments(parser)
    command.run(parser.parse_args([*words, "--json"]))
    return json.loads(capsys.readouterr().out)


@pytest.fixture
def act(tmp_path: Path, capsys: Any) -> str:
    """The act of an import that made two people."""
    make_district()
    path = tmp_path / "danh-sach.xlsx"
    rows = [(1, "Lù A Sì", "14/09/1990"), (2, "Lò Văn Lạ", "1/1/1990")]
    head = ("STT", "Họ và tên", "Ngày sinh")
    path.write_bytes(render_list(ListPaper(title="Danh sách", head=head, rows=rows)))
    return str(run(sheet_import, capsys, str(path), "--unit", "an")["act"])


def test_all_that_it_wrote_is_gone(act: str, capsys: Any) -> None:
    told = run(sheet_undo, capsys, act)
    assert told == {
        "act": act,
        "dry_run": False,
        "rows": 4,
        "counts": [
            {"table": "people.person", "change": "created", "rows": 2},
            {"table": "people.post", "change": "created", "rows": 2},
        ],
        "conflicts": [],
    }
    assert not Person.objects.filter(full_name="Lù A Sì").exists()


def test_a_second_time_nothing_happens(act: str, capsys: Any) -> None:
    run(sheet_undo, capsys, act)
    assert run(sheet_undo, capsys, act)["rows"] == 0


def test_a_dry_run_tells_what_it_would_do(act: str, capsys: Any) -> None:
    assert run(sheet_undo, capsys, act, "--dry-run")["rows"] == 4
    assert Person.objects.filter(full_name="Lù A Sì").exists()


def test_what_was_changed_since_is_told_and_nothing_is_done(act: str, capsys: Any) -> None:
    Person.objects.filter(full_name="Lù A Sì").update(phone="0912000111")
    [conflict] = run(sheet_undo, capsys, act, "--dry-run")["conflicts"]
    assert (conflict["table"], conflict["kind"]) == ("people.person", "changed")
    with pytest.raises(Refused, match="thay đổi"):
        run(sheet_undo, capsys, act)
    assert Person.objects.filter(full_name="Lò Văn Lạ").exists()


def test_an_act_that_is_none_is_refused(db: None, capsys: Any) -> None:
    with pytest.raises(Refused) as refused:
        run(sheet_undo, capsys, "act-none")
    assert refused.value.code == "unknown_act"
