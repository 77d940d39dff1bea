"""Ids as a bundle writes them: every one can be read back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhanlucso.exchange.bundle.naming import Naming, naming_for
from nhanlucso.kernel.errors import Refused

PIECES = st.text(alphabet=":ab", max_size=4)
KEYS = st.lists(st.tuples(PIECES, PIECES.filter(bool)), max_size=8)


@given(KEYS)
def test_what_is_written_reads_back_or_is_refused(keys: list[tuple[str, str]]) -> None:
    try:
        naming = naming_for(keys)
    except Refused as error:
        assert error.code == "ambiguous_ids"
        assert any(":" in origin for origin, _ in keys)  # only names with a colon can be mistaken
        return
    texts = {naming.text(key) for key in keys}
    assert {naming.key(text) for text in texts} == set(keys)
    assert len(texts) == len(set(keys))


def test_one_source_writes_plain_ids() -> None:
    naming = naming_for([("lao-cai", "a:x"), ("lao-cai", "b")])
    assert (naming.source, naming.qualified) == ("lao-cai", ())
    assert naming.text(("lao-cai", "a:x")) == "a:x"


def test_the_longest_source_wins() -> None:
    naming = Naming.make("", ["a", "a:b"])
    assert naming.key("a:b:x") == ("a:b", "x")
    assert naming.key("a:x") == ("a", "x")
    assert naming.key("c:x") == ("", "c:x")
    assert naming.key("a:") == ("", "a:")


def test_names_that_cannot_be_told_apart_are_refused() -> None:
    with pytest.raises(Refused):
        naming_for([("a", "b:x"), ("a:b", "x")])
