"""Old encodings written, for the tests that read them; made from charts of their own, not from the product's tables."""

from __future__ import annotations

import unicodedata

# TCVN 5712-3 by rows of sixteen from 0xA0; "." is no letter.
_TCVN3_CHART = (
    ".ĂÂÊÔƠƯĐăâêôơưđ......àảãáạ.ằẳẵắ.......ặầẩẫấậè.ẻẽéẹềểễếệìỉ...ĩíịò.ỏõóọồổỗốộờởỡớợù.ủũúụừửữứựỳỷỹýỵ."
)
_TCVN3 = {letter: chr(0xA0 + place) for place, letter in enumerate(_TCVN3_CHART) if letter != "."}
_TONE = {"\u0301": "ù", "\u0300": "ø", "\u0309": "û", "\u0303": "õ", "\u0323": "ï", "": ""}
_ON_HAT = {"": "â", "\u0301": "á", "\u0300": "à", "\u0309": "å", "\u0303": "ã", "\u0323": "ä"}
_ON_BREVE = {"": "ê", "\u0301": "é", "\u0300": "è", "\u0309": "ú", "\u0303": "ü", "\u0323": "ë"}
_I = {"": "i", "\u0301": "í", "\u0300": "ì", "\u0309": "æ", "\u0303": "ó", "\u0323": "ò"}


def to_tcvn3(text: str) -> str:
    """One character for each byte. Capitals with tones have none: people type the small letter among capitals."""
    return "".join(_TCVN3.get(char) or _TCVN3.get(char.lower(), char) for char in text)


def to_vni(text: str) -> str:
    """One character for each byte."""
    return "".join(map(_vni, unicodedata.normalize("NFC", text)))


def _vni(char: str) -> str:
    if char in "đĐ":
        return "ñ" if char == "đ" else "Ñ"
    base, *marks = unicodedata.normalize("NFD", char)
    tone = next((mark for mark in marks if mark in _TONE), "")
    small = base.lower()
    if "\u0302" in marks:
        written = small + _ON_HAT[tone]
    elif "\u0306" in marks:
        written = small + _ON_BREVE[tone]
    elif "\u031b" in marks:
        written = {"o": "ô", "u": "ö"}[small] + _TONE[tone]
    elif small == "i" and tone:
        written = _I[tone]
    elif small == "y" and tone == "\u0323":
        written = "î"
    else:
        written = small + _TONE[tone]
    return written.upper() if base.isupper() else written


_VIQR_TONE = {"\u0301": "'", "\u0300": "`", "\u0309": "?", "\u0303": "~", "\u0323": "."}
_VIQR_SHAPE = {"\u0302": "^", "\u0306": "(", "\u031b": "+"}


def to_windows_1258(text: str) -> str:
    """One character for each byte: letters with hats and horns as they are, tones as bytes of their own after them."""
    out: list[str] = []
    for char in unicodedata.normalize("NFC", text):
        apart = unicodedata.normalize("NFD", char)
        tones = [mark for mark in apart if mark in _VIQR_TONE]
        letter = unicodedata.normalize("NFC", "".join(mark for mark in apart if mark not in _VIQR_TONE))
        out.append(letter.encode("cp1258", "replace").decode("latin-1"))
        out += [tone.encode("cp1258").decode("latin-1") for tone in tones]
    return "".join(out)


def to_viqr(text: str) -> str:
    """Plain ASCII with the marks typed after the letters."""
    out: list[str] = []
    for char in unicodedata.normalize("NFC", text):
        base, *marks = unicodedata.normalize("NFD", {"đ": "dd", "Đ": "DD"}.get(char, char)[:1])
        out.append({"đ": "dd", "Đ": "DD"}.get(char, base))
        out += [_VIQR_SHAPE[mark] for mark in marks if mark in _VIQR_SHAPE]
        out += [_VIQR_TONE[mark] for mark in marks if mark in _VIQR_TONE]
    return "".join(out)
