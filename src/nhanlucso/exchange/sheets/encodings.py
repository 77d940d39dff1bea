"""Vietnamese before Unicode: what the bytes of TCVN 5712-3, VNI and windows-1258 stand for.

Old files give these bytes as Latin letters (each byte the character of the same number, or what windows-1252 makes
of it). Capitals of TCVN3 stand only in the name of the font (it ends in H). Source of the tables: TCVN 5712:1993,
the VNI for Windows chart, code page 1258.
"""

from __future__ import annotations

import re
import unicodedata

TCVN3, VNI, CP1258 = "tcvn3", "vni", "windows-1258"

_TCVN3_BYTES = bytes(
    [
        *range(0xA1, 0xAF),
        *range(0xB5, 0xBA),
        *range(0xBB, 0xBF),
        0xC6,
        *range(0xC7, 0xCD),
        *range(0xCE, 0xD9),
        *range(0xDC, 0xE0),
        *range(0xE1, 0xF0),
        *range(0xF1, 0xFF),
    ]
)
_TCVN3_LETTERS = "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ"
_TCVN3 = dict(zip(_TCVN3_BYTES, _TCVN3_LETTERS, strict=True))

# VNI writes a letter and then a byte that tells its marks; a few letters are bytes of their own.
_VNI_TONES = {"ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323"}
_VNI_HATTED = {
    "â": "",
    "á": "\u0301",
    "à": "\u0300",
    "å": "\u0309",
    "ã": "\u0303",
    "ä": "\u0323",
}
_VNI_BREVE = {"ê": "", "é": "\u0301", "è": "\u0300", "ú": "\u0309", "ü": "\u0303", "ë": "\u0323"}
_VNI_ALONE = {"ñ": "đ", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ", "ô": "ơ", "ö": "ư"}
_HAT, _BREVE = "\u0302", "\u0306"
_VNI_MARKS = "".join({*_VNI_TONES, *_VNI_HATTED, *_VNI_BREVE})
_VNI_MARKED = re.compile(f"([aeouyôö])([{_VNI_MARKS}])", re.IGNORECASE)

_SMALL = re.compile("[a-z]")
# There are no bytes for capitals with tones: at the front of a text, and before a capital, they are meant so.
_TONED = "àáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ"
_SMALL_FRONT = re.compile(
    rf"^\s*[{_TONED}]|(?<=[A-Za-zĂÂĐÊÔƠƯăâđêôơư{_TONED}] )[{_TONED}](?=[a-z]* [A-ZĐĂÂÊÔƠƯ][a-zà-ỹ])"
)
_CAPITAL_WORD = re.compile(r"[A-Z][^\W\d_]*[A-Z]")
_UNICODE_ALONE = re.compile("[^\x00-\xff]")
_BEYOND_ASCII = re.compile("[\x80-\U0010ffff]")
_CP1252_EXTRAS = {
    ord(bytes([b]).decode("cp1252")): b for b in range(0x80, 0xA0) if b not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
}


def font_encoding(font: str) -> str | None:
    """The encoding that a font stands for: `.VnTime` and `VN3…` for TCVN3, `VNI-Times` for VNI."""
    name = font.strip().casefold()
    if name.startswith(".vn"):
        return TCVN3
    return VNI if name.startswith("vni") else None


def is_capitals(font: str) -> bool:
    """Whether a TCVN3 font shows capitals: `.VnTimeH`, `.VnArial NarrowH`."""
    return font_encoding(font) == TCVN3 and font.strip().endswith("H")


def in_bytes(text: str) -> str | None:
    """The text with one character for each byte it was made of; None if it was never bytes, or plain ASCII."""
    if not _BEYOND_ASCII.search(text):
        return None
    latin = text.translate(_CP1252_EXTRAS)
    return None if _UNICODE_ALONE.search(latin) else latin


def from_tcvn3(latin: str) -> str | None:
    """The text behind TCVN3 bytes; None where a byte has no meaning in it."""
    if any(char > "\x7f" and ord(char) not in _TCVN3 and char != "\xa0" for char in latin):
        return None
    text = latin.translate(_TCVN3)
    return (
        text.upper() if _typed_in_capitals(text) else _SMALL_FRONT.sub(lambda found: found[0].upper(), text)
    )


def _typed_in_capitals(text: str) -> bool:
    """Whether all plain letters are capitals, two of them in one word: there are no bytes for Ờ, Ậ, so NGƯờI LậP."""
    return _SMALL.search(text) is None and _CAPITAL_WORD.search(text) is not None


def from_vni(latin: str) -> str | None:
    """The text behind VNI bytes; None where a byte has no meaning in it."""
    marked = _VNI_MARKED.sub(_vni_letter, latin)
    text = "".join(_vni_alone(char) for char in marked)
    left = any("\x7f" < char <= "\xff" and not _is_vietnamese(char) and char != "\xa0" for char in text)
    return None if left else unicodedata.normalize("NFC", text)


def from_cp1258(latin: str) -> str | None:
    """The text behind windows-1258 bytes; None where a byte has no meaning in it, or a tone has no vowel to stand on:
    those are slips in other texts, «L òSeo»."""
    try:
        text = unicodedata.normalize("NFC", latin.encode("latin-1").decode("cp1258"))
    except UnicodeDecodeError:
        return None
    return None if any(map(unicodedata.combining, text)) else text


def _vni_letter(found: re.Match[str]) -> str:
    """Letter and marks, kept apart from single VNI letters by being decomposed or outside Latin-1."""
    letter, mark = found[1], found[2].lower()
    base = _VNI_ALONE.get(letter.lower(), letter.lower())
    if mark in _VNI_TONES:
        marks = _VNI_TONES[mark]
    elif mark in _VNI_HATTED and base in "aeo":
        marks = _HAT + _VNI_HATTED[mark]
    elif mark in _VNI_BREVE and base == "a":
        marks = _BREVE + _VNI_BREVE[mark]
    else:
        return found[0]
    made = unicodedata.normalize("NFD", base + marks)
    return made.upper() if letter.isupper() else made


def _vni_alone(char: str) -> str:
    letter = _VNI_ALONE.get(char.lower())
    if letter is None:
        return char
    return letter.upper() if char.isupper() else letter


def _is_vietnamese(char: str) -> bool:
    return char.lower() in "àáâãèéêìíòóôõùúýđ"
