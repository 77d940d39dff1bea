"""Folding for search, cleaning for storage, sorting by given name."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhanlucso.kernel.text import clean, fold, name_key, natural_key

VIETNAMESE = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"
words = st.text(VIETNAMESE + VIETNAMESE.upper(), min_size=1, max_size=7)
names = st.lists(words, min_size=1, max_size=5).map(" ".join)


class TestClean:
    @pytest.mark.parametrize(
        ("raw", "wanted"),
        [
            ("  Lù   A\u00a0Sì \n", "Lù A Sì"),
            (unicodedata.normalize("NFD", "Giàng Thị Mỷ"), "Giàng Thị Mỷ"),
            ("Phú\u200b Nhuận\ufeff", "Phú Nhuận"),
            ("Tằng\u00ad Loỏng", "Tằng Loỏng"),
            ("Nguye\u200b\u0302\u0303n", "Nguyễn"),  # a mark parted from its letter comes back to it
            ("a\x00b\ud800c", "abc"),  # what PostgreSQL or UTF-8 would refuse
            ("Tổ\t1\r\nthôn\x0b2", "Tổ 1 thôn 2"),
            ("", ""),
            (" \u200b ", ""),
        ],
    )
    def test_examples(self, raw: str, wanted: str) -> None:
        assert clean(raw) == wanted

    @given(st.text())
    def test_twice_is_once_and_storable(self, raw: str) -> None:
        once = clean(raw)
        assert clean(once) == once
        assert unicodedata.is_normalized("NFC", once)
        assert "\x00" not in once
        once.encode("utf-8")


class TestFold:
    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("hoà", "hòa"),
            ("thuý", "thúy"),
            ("Đào Thị Hoà", "dao thi hoa"),
            ("ĐẶNG", "đặng"),
            ("Phú  Nhuận", "phu nhuan"),
            ("Tằng Loỏng", "tang loong"),
            ("Ðà Nẵng", "Đà Nẵng"),  # the Icelandic capital that old keyboards gave
            ("Ɖắk Lắk", "đắk lắk"),
            (unicodedata.normalize("NFD", "Nguyễn Thuỳ"), "nguyen thuy"),
            ("Nguyễn\u200b", "NGUYEN"),
            ("Ủy ban", "Uỷ ban"),
        ],
    )
    def test_alike(self, one: str, other: str) -> None:
        assert fold(one) == fold(other)

    @pytest.mark.parametrize(
        ("one", "other"), [("an", "ân nh"), ("đa", "da2"), ("la", "na"), ("thôn 1", "thôn 11")]
    )
    def test_not_alike(self, one: str, other: str) -> None:
        assert fold(one) != fold(other)

    def test_only_plain_letters_remain(self) -> None:
        assert set(fold(VIETNAMESE)) <= set("abcdefghijklmnopqrstuvwxyz")

    @given(st.text())
    def test_twice_is_once(self, raw: str) -> None:
        assert fold(fold(raw)) == fold(raw)

    @given(names)
    def test_case_and_normal_form_do_not_matter(self, name: str) -> None:
        assert (
            fold(name) == fold(name.upper()) == fold(unicodedata.normalize("NFD", name)) == fold(f"  {name} ")
        )

    @given(st.text(), st.text())
    def test_joining_words_joins_keys(self, one: str, other: str) -> None:
        assert fold(f"{one} {other}").split() == [*fold(one).split(), *fold(other).split()]


def _sorted(*people: str) -> list[str]:
    return sorted(people, key=name_key)


class TestNameKey:
    def test_given_name_first_then_middle_then_family(self) -> None:
        assert _sorted("Trần Văn Bình", "Nguyễn Văn An", "Lê Thị Bình", "Nguyễn Thị An", "Bùi Văn An") == [
            "Nguyễn Thị An",
            "Bùi Văn An",
            "Nguyễn Văn An",
            "Lê Thị Bình",
            "Trần Văn Bình",
        ]

    def test_letters_in_their_order(self) -> None:
        letters = list("aăâbcdđeêghiklmnoôơpqrstuưvxy")
        assert _sorted(*reversed(letters)) == letters

    def test_tones_in_their_order(self) -> None:
        tones = ["ma", "mà", "mả", "mã", "má", "mạ"]
        assert _sorted(*reversed(tones)) == tones

    def test_letters_weigh_more_than_tones(self) -> None:
        assert _sorted("Mận", "Mân", "Mạnh", "Man", "Mạn", "Mai") == [
            "Mai",
            "Man",
            "Mạn",
            "Mạnh",
            "Mân",
            "Mận",
        ]

    def test_shorter_first(self) -> None:
        assert _sorted("Lan Anh", "Anh", "An", "Ang") == ["An", "Ang", "Anh", "Lan Anh"]

    def test_names_of_one_and_two_words(self) -> None:
        assert _sorted("Sì", "Lù Sì", "Lù A Sì") == ["Sì", "Lù Sì", "Lù A Sì"]

    def test_strange_letters_come_last(self) -> None:
        assert _sorted("Øst", "Yến", "H'Bia", "Юрий", "An 2", "An") == [
            "An",
            "H'Bia",
            "Yến",
            "An 2",
            "Øst",
            "Юрий",
        ]

    @pytest.mark.parametrize(
        ("one", "other"),
        [("Hoà", "Hòa"), ("THUÝ", "thúy"), (unicodedata.normalize("NFD", "Nguyễn Ý"), "Nguyễn Ý")],
    )
    def test_alike(self, one: str, other: str) -> None:
        assert name_key(one) == name_key(other)

    @given(st.text(max_size=300))
    def test_digits_only_and_short_enough(self, name: str) -> None:
        key = name_key(name)
        assert key.isascii()
        assert key.isdigit()
        assert len(key) <= 1000

    @given(words, words, names)
    def test_same_rest_sorts_by_given_name(self, one: str, other: str, rest: str) -> None:
        alone = name_key(one) < name_key(other)
        assert (name_key(f"{rest} {one}") < name_key(f"{rest} {other}")) == alone


def test_names_with_numbers_in_the_order_of_the_numbers() -> None:
    names = ["Tổ dân phố số 10", "Tổ dân phố số 2", "tổ dân phố số 11", "Tổ dân phố số 1", "Bản 3"]
    assert sorted(names, key=natural_key) == [names[4], names[3], names[1], names[0], names[2]]


def test_folding_is_the_same_for_every_letter_however_it_is_done() -> None:
    for code in (*range(0x20, 0x500), *range(0x1E00, 0x2070)):
        letter = chr(code)
        for text in (letter, f"a{letter}b", f"Nguyễn  {letter} Thị"):
            decomposed = unicodedata.normalize("NFD", clean(text).casefold())
            bare = "".join(c for c in decomposed if unicodedata.category(c) != "Mn")
            assert fold(text) == " ".join(bare.translate(str.maketrans("đðɖ", "ddd")).split()), hex(code)
