"""The shipped tables are what the committed script makes, and their description names its inputs."""

import csv
import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[3]
DATA = ROOT / "src" / "nhanlucso" / "orgs" / "catalogue" / "data"
INPUTS = ROOT / "scripts" / "catalogue_inputs"


@pytest.fixture(scope="module")
def script() -> Iterator[ModuleType]:
    spec = importlib.util.spec_from_file_location(
        "derive_catalogue", ROOT / "scripts" / "derive_catalogue.py"
    )
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, spec.name, module)  # dataclasses look their module up there
        spec.loader.exec_module(module)
        yield module


def rows(name: str) -> list[dict[str, str]]:
    with (INPUTS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_script_makes_the_shipped_tables_byte_for_byte(script: ModuleType, tmp_path: Path) -> None:
    script.main(["--out", str(tmp_path)])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["entries.csv", "links.csv", "points.csv"]
    for path in tmp_path.iterdir():
        assert path.read_bytes() == (DATA / path.name).read_bytes()


def test_a_correction_that_does_not_fit_the_package_is_refused(script: ModuleType) -> None:
    sources = script.read_sources()
    wrong = {"action": "drop", "old_code": "02944", "new_code": "02905"}
    with pytest.raises(script.WrongSource):
        script.corrected_pairs(sources, [wrong])


def test_an_earlier_change_that_does_not_fit_the_later_state_is_refused(script: ModuleType) -> None:
    commune = script.Version("commune", "02608", "", "2025-06-30", "Xã Hồng Sơn", "076", "")
    change = next(row for row in rows("earlier_changes.csv") if row["old_code"] == "02608")
    acts = {row["document"]: row for row in rows("acts.csv")}
    with pytest.raises(script.WrongSource):
        script.with_earlier([commune], [{**change, "new_name": "Xã Hồng Lạc"}], acts)
    with pytest.raises(script.WrongSource):
        script.with_earlier([commune], [{**change, "date": "2024-10-01"}], acts)


def test_the_description_states_every_correction_and_act() -> None:
    text = (DATA / "README.md").read_text(encoding="utf-8")
    for row in rows("corrections.csv"):
        start = f"| {row['action']} | {row['old_code']} {row['old_name']}, {row['old_district']} | {row['new_code']} "
        assert start in text
        assert row["document"] in text
    for row in rows("acts.csv"):
        assert f"| {row['document']} | {row['issued']} | {row['effective']} |" in text
    for row in rows("earlier_changes.csv"):
        assert f"| {row['date']} | {row['document']} | {row['old_code']} {row['old_name']} " in text
