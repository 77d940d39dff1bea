"""The search for rings of objects rests while lists are read, and goes on afterwards, whatever happens."""

from __future__ import annotations

import gc

import pytest

from nhanlucso.exchange.sheets.collecting import uncollected


def test_rests_and_goes_on() -> None:
    with uncollected():
        assert not gc.isenabled()
    assert gc.isenabled()


def test_goes_on_after_a_refusal() -> None:
    with pytest.raises(ValueError, match="refused"), uncollected():
        raise ValueError("refused")
    assert gc.isenabled()


def test_stays_off_where_it_was_off() -> None:
    gc.disable()
    try:
        with uncollected():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
