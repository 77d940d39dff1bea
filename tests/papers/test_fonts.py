"""The merged fonts of the PDF."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from nhanlucso.papers.fonts import FontsMissing, build_fonts, font_folder, ready_fonts

LETTERS = "aăâbcdđeêghiklmnoôơpqrstuưvxyfjwz"
TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")


@pytest.mark.usefixtures("fonts")
def test_every_face_has_every_vietnamese_letter() -> None:
    vowels = "aăâeêioôơuưy"
    small = {unicodedata.normalize("NFC", vowel + tone) for vowel in vowels for tone in TONES} | set(LETTERS)
    wanted = {ord(c) for c in small | {c.upper() for c in small} | set("0123456789.,;:…–—“”‘’«»()/%+-")}
    paths = sorted(ready_fonts().glob("*.ttf"))
    assert [path.name for path in paths] == [
        "BeVietnamPro-Regular.ttf",
        "BeVietnamPro-SemiBold.ttf",
        "Tinos-Bold.ttf",
        "Tinos-BoldItalic.ttf",
        "Tinos-Italic.ttf",
        "Tinos-Regular.ttf",
    ]
    for path in paths:
        font = TTFont(path)
        assert wanted <= set(font.getBestCmap())
        assert path.stem.startswith(
            (font["name"].getDebugName(1) or "?").split(" SemiBold")[0].replace(" ", "")
        )


def test_a_missing_package_is_named(tmp_path: Path) -> None:
    with pytest.raises(FontsMissing, match="npm ci"):
        build_fonts(tmp_path, tmp_path / "out")


def test_the_folder_can_be_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("NHANLUCSO_FONTS", str(tmp_path))
    assert font_folder() == tmp_path
    monkeypatch.delenv("NHANLUCSO_FONTS")
    assert font_folder().parts[-2:] == ("build", "fonts")
