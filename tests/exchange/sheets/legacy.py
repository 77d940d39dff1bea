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
