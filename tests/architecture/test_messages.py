"""Texts: Vietnamese in the source, every one of them translated."""

from __future__ import annotations

import re

from scripts.messages import catalogues, complaints, found_texts

# Letters that only Vietnamese has, and short words without them that are Vietnamese all the same.
VIETNAMESE = re.compile(r"[àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵ]", re.IGNORECASE)
ENGLISH = re.compile(r"\b(?:the|and|of|is|are|this|please|your|not|with|for)\b", re.IGNORECASE)


def test_texts_are_found() -> None:
    places = {name.rsplit(".", 1)[-1] for name, _, _, _ in found_texts()}
    assert {"py", "html"} <= places


def test_texts_in_the_source_are_vietnamese() -> None:
    foreign = [
        f"{name}:{line}: {text}"
        for name, line, text, _ in found_texts()
        if ENGLISH.search(str(text)) and not VIETNAMESE.search(str(text))
    ]
    assert foreign == []


def test_every_text_is_translated() -> None:
    assert "en" in catalogues()
    assert complaints() == []
