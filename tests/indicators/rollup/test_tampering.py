"""What is not exactly what a trusted province signed is refused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from nhanlucso.indicators.capsules.container import digest
from nhanlucso.indicators.rollup import manifest
from nhanlucso.indicators.rollup.extracts import read_keys, trusted
from nhanlucso.indicators.rollup.format import TREE, member
from nhanlucso.indicators.rollup.manifest import PAGE, SIGNATURE
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.signing import public_key, sign

pytestmark = pytest.mark.django_db
ATTENDED = member("attended")


def _cut(folder: Path) -> None:
    (folder / ATTENDED).write_bytes((folder / ATTENDED).read_bytes()[:-1])


def _one_byte(folder: Path) -> None:
    body = bytearray((folder / TREE).read_bytes())
    body[len(body) // 2] ^= 1
    (folder / TREE).write_bytes(body)


def _other_page(folder: Path) -> None:
    page = (folder / PAGE).read_bytes()
    (folder / PAGE).write_bytes(page.replace(b'"as_of":"2', b'"as_of":"3'))


def _no_hex(folder: Path) -> None:
    (folder / SIGNATURE).write_text("signed\n")


def _gone(folder: Path) -> None:
    (folder / ATTENDED).unlink()


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (_cut, "extract_damaged"),
        (_one_byte, "extract_damaged"),
        (_other_page, "bad_signature"),
        (_no_hex, "bad_signature"),
        (_gone, "cannot_read"),
    ],
)
def test_what_was_touched_is_refused(spoilt: Any, spoil: Callable[[Path], None], code: str) -> None:
    spoil(_folder(spoilt))
    assert _refused(spoilt, spoilt.keys) == code


def test_the_key_of_another_is_refused(spoilt: Any) -> None:
    swapped = dict(zip(spoilt.keys, reversed(spoilt.keys.values()), strict=True))
    assert _refused(spoilt, swapped) == "untrusted_extract"
    assert _refused(spoilt, {"tuyen-quang": spoilt.keys["tuyen-quang"]}) == "untrusted_extract"


def test_numbers_that_reach_into_another_province_are_refused(spoilt: Any) -> None:
    """Even signed by the province itself: a person beyond its bounds would be one of the next province."""
    folder = _folder(spoilt)
    table = pq.read_table(folder / ATTENDED)
    moved = table.set_column(0, "person", pc.add(table["person"], pa.scalar(10**6)))
    pq.write_table(moved, folder / ATTENDED, store_schema=False)
    page = manifest.from_bytes("", (folder / PAGE).read_bytes())
    members = {**page.members, ATTENDED: digest((folder / ATTENDED).read_bytes())}
    again = manifest.Manifest(
        **{
            name: getattr(page, name)
            for name in ("source", "build", "as_of", "product", "definitions", "rows")
        },
        numbers=page.numbers,
        members=members,
        public_key=public_key().hex(),
    )
    (folder / PAGE).write_bytes(manifest.to_bytes(again))
    (folder / SIGNATURE).write_text(sign(manifest.to_bytes(again)).hex() + "\n")
    assert _refused(spoilt, {**spoilt.keys, "lao-cai": public_key().hex()}) == "extract_damaged"


@pytest.mark.parametrize("text", ["", "lao-cai", "lao-cai 12", f"lao-cai {'a' * 32}\nlao-cai {'b' * 32}"])
def test_lists_of_keys_that_say_nothing_certain_are_refused(text: str) -> None:
    with pytest.raises(Refused) as refusal:
        read_keys(text)
    assert refusal.value.code == "bad_keys"


def test_a_list_of_keys_has_remarks_and_groups() -> None:
    assert read_keys(f"# trusted\n\nlao-cai {'ab12 ' * 8} # since 2025\n") == {"lao-cai": "ab12" * 8}


def _folder(country: Any) -> Path:
    [folder] = Path(country.shelf.root).glob("lao-cai/*")
    return folder


def _refused(country: Any, keys: dict[str, str]) -> str:
    with pytest.raises(Refused) as refusal:
        trusted(country.shelf, keys)
    return refusal.value.code
