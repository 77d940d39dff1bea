"""`oneroster export`, `import`, `undo` on the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from nhanlucso.cli import oneroster_export, oneroster_import, oneroster_undo
from nhanlucso.cli.main import Parser
from nhanlucso.kernel.errors import Refused
from nhanlucso.people.models import Person
from tests.factories.district import make_district

pytestmark = pytest.mark.django_db


def run(command: Any, capsys: Any, *words: str) -> Any:
    parser = Parser()
    command.arguments(parser)
    command.run(parser.parse_args([*words, "--json"]))
    return json.loads(capsys.readouterr().out)


def test_a_package_goes_out_comes_in_and_is_taken_back(tmp_path: Path, capsys: Any) -> None:
    make_district()
    path = tmp_path / "out.zip"
    told = run(oneroster_export, capsys, str(path), "--unit", "hoa")
    assert told["rows"]["users.csv"] == 4  # those of xã An, which became xã Hòa
    assert run(oneroster_import, capsys, str(path), "--dry-run")["created"] == 0
    Person.objects.filter(full_name="Lù A Dung").delete()
    report = run(oneroster_import, capsys, str(path))
    assert (report["files"]["people.csv"]["created"], report["ambiguous"]) == (1, 0)
    assert run(oneroster_undo, capsys, report["act"])["rows"] == 2  # the person and the post
    assert not Person.objects.filter(full_name="Lù A Dung").exists()
    assert run(oneroster_undo, capsys, report["act"])["rows"] == 0


def test_what_is_said_must_be_written_right(tmp_path: Path, capsys: Any) -> None:
    for words in ("U1=p1", "people:U1=p1", "users:U1"):
        with pytest.raises(Refused) as refusal:
            run(oneroster_import, capsys, str(tmp_path / "a.zip"), "--same", words)
        assert refusal.value.code == "bad_decision"
    with pytest.raises(Refused) as refusal:
        run(oneroster_undo, capsys, "act-none")
    assert refusal.value.code == "unknown_act"
