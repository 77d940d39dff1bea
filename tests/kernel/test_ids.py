"""Ids made here."""

from __future__ import annotations

import re

from nhanlucso.kernel.ids import new_uid


def test_opaque_and_easy_to_read_aloud() -> None:
    assert all(re.fullmatch(r"[2-9a-hjkmnp-z]{12}", new_uid()) for _ in range(500))


def test_prefix() -> None:
    assert re.fullmatch(r"lop-[2-9a-hjkmnp-z]{12}", new_uid("lop"))


def test_no_two_alike() -> None:
    assert len({new_uid() for _ in range(5_000)}) == 5_000
