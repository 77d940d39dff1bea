"""The picture of a figure: its size, and that hostile and long words stay words."""

from __future__ import annotations

import struct

import pytest

from nhanlucso.papers.picture import SIDE, Bar, FigureCard, render_picture

pytestmark = pytest.mark.usefixtures("fonts")
CARD = FigureCard(
    unit="Xã Tằng Loỏng",
    name="Tỷ lệ được phổ cập kỹ năng số cơ bản trong kỳ",
    period="9 tháng năm 2024 (15/12/2023 – 14/09/2024)",
    number="93,5\u00a0%",
    notes=("29 trên 31",),
    length=0.935,
    target=0.9,
    target_words="chỉ tiêu trên 90\u00a0%",
    state="ok",
    state_words="Đạt chỉ tiêu",
    bars_title="2 trên 2 đơn vị đạt chỉ tiêu",
    bars=(Bar("Thị trấn Nông trường Phong Hải", "100\u00a0%", 1.0), Bar("Xã Phú Nhuận", "–", None)),
    foot=("Số liệu lúc 17:05 ngày 14/09/2024", "Nhân lực số"),
)


def size(png: bytes) -> tuple[int, int]:
    assert png.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", png[16:24])
    return int(width), int(height)


def test_a_square_picture() -> None:
    assert size(render_picture(CARD)) == (SIDE, SIDE)


def test_the_same_card_is_the_same_picture() -> None:
    assert render_picture(CARD) == render_picture(CARD)


def test_the_least_that_a_card_can_be() -> None:
    bare = FigureCard("Xã", "Lượt tham gia", "năm 2024", "0")
    assert size(render_picture(bare)) == (SIDE, SIDE)


@pytest.mark.parametrize("words", ["#panic(1) $x$ *a* _b_ `c`", "ễ" * 400, "Xã\x00 An\u202e", "a " * 300])
def test_hostile_and_long_words_make_one_page(words: str) -> None:
    bars = tuple(Bar(words, "12.345.678 người", 0.5) for _ in range(6))
    hostile = FigureCard(words, words, words, words[:20], words[:9], words[:9], (words[:90],), bars=bars)
    assert size(render_picture(hostile)) == (SIDE, SIDE)
