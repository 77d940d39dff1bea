"""What stands beside the text of a Word document: fonts and numbering by style, numbers of lists."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from nhanlucso.exchange.sheets.encodings import font_encoding
from nhanlucso.exchange.sheets.packages import Package

_SPACES = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main ",
    "http://purl.oclc.org/ooxml/wordprocessingml/main ",
)
_COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006 "
FALLBACK = "Fallback"
_MOST_BASES = 20
_ROMAN = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def word_name(tag: str) -> str:
    """The local name of an element of Word's own namespace, or of a part for old programs; "" for any other."""
    for space in _SPACES:
        if tag.startswith(space):
            return tag[len(space) :]
    return FALLBACK if tag == _COMPATIBILITY + FALLBACK else ""


def attribute(attributes: Mapping[str, str], name: str) -> str:
    for key, value in attributes.items():
        if key == name or key.endswith(f" {name}"):
            return value
    return ""


def whole(text: str, otherwise: int = 0) -> int:
    """A small whole number of an attribute, never negative."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else otherwise


def is_on(attributes: Mapping[str, str]) -> bool:
    """Whether a property like w:vanish is switched on: it is unless it says no."""
    return attribute(attributes, "val") not in ("0", "false", "off", "none")


@dataclass(slots=True)
class Style:
    based_on: str = ""
    font: str = ""
    list_id: str = ""
    level: int = 0

    def take(self, name: str, attributes: Mapping[str, str]) -> None:
        value = attribute(attributes, "val")
        if name == "basedOn":
            self.based_on = value
        elif name == "rFonts":
            self.font = font_of(attributes)
        elif name == "numId":
            self.list_id = value
        elif name == "ilvl":
            self.level = whole(value)


@dataclass(slots=True)
class Styles:
    """The styles of a document by id; `default` is the one of paragraphs that name none."""

    by_id: dict[str, Style] = field(default_factory=dict)
    default: str = ""
    default_font: str = ""
    _fonts: dict[str, str] = field(default_factory=dict)
    _lists: dict[str, tuple[str, int]] = field(default_factory=dict)

    def add(self, attributes: Mapping[str, str]) -> Style:
        key = attribute(attributes, "styleId")
        is_default = attribute(attributes, "default") in ("1", "true", "on")
        if is_default and attribute(attributes, "type") == "paragraph":
            self.default = key
        self.by_id[key] = Style()
        return self.by_id[key]

    def font(self, style: str) -> str:
        """The font of a style, its own or inherited; "" if the document's default."""
        if style not in self._fonts:
            self._fonts[style] = next((s.font for s in self._line(style) if s.font), "")
        return self._fonts[style]

    def list_of(self, style: str) -> tuple[str, int]:
        """The list that a style numbers its paragraphs in, and the level; ("", 0) for none."""
        if style not in self._lists:
            found = next((s for s in self._line(style) if s.list_id), Style())
            self._lists[style] = (found.list_id, found.level)
        return self._lists[style]

    def _line(self, style: str) -> list[Style]:
        line: list[Style] = []
        known = self.by_id.get(style)
        while known is not None and len(line) < _MOST_BASES:
            line.append(known)
            known = self.by_id.get(known.based_on)
        return line


def read_styles(package: Package, part: str = "word/styles.xml") -> Styles:
    """The styles of a document; none if the part is missing. Raises Damaged."""
    styles = Styles()
    if part not in package.names:
        return styles
    current = Style()

    def start(name: str, attributes: Mapping[str, str]) -> None:
        nonlocal current
        if name == "docDefaults":
            current = Style()
        elif name == "style":
            current = styles.add(attributes)
        else:
            current.take(name, attributes)

    def end(name: str) -> None:
        if name == "docDefaults":
            styles.default_font = current.font

    package.parse(part, start, end=end, names=word_name)
    return styles


def font_of(attributes: Mapping[str, str]) -> str:
    """The font of w:rFonts: the one for Latin letters, if it stands for a legacy encoding also another."""
    names = [attribute(attributes, key) for key in ("ascii", "hAnsi", "cs")]
    return next((name for name in names if font_encoding(name)), names[0] or names[1])


class Numbering:
    """Counts the paragraphs of numbered lists as Word does when it shows them."""

    def __init__(self, package: Package, part: str = "word/numbering.xml") -> None:
        self._abstract: dict[str, str] = {}  # id of a list -> id of its definition
        self._formats: dict[tuple[str, int], str] = {}
        self._starts: dict[tuple[str, int], int] = {}
        self._counts: dict[tuple[str, int], int] = {}
        if part in package.names:
            self._read(package, part)

    def next(self, list_id: str, level: int) -> str:
        """The number of the next paragraph of a list: "3", "III", "c"; "" for a bullet or an unknown list."""
        definition = self._abstract.get(list_id)
        if definition is None:
            return ""
        place = definition, level
        number = self._counts.get(place, self._starts.get(place, 1) - 1) + 1
        self._counts[place] = number
        for deeper in [key for key in self._counts if key[0] == definition and key[1] > level]:
            del self._counts[deeper]
        return _shown(number, self._formats.get(place, "decimal"))

    def _read(self, package: Package, part: str) -> None:
        owner, level, list_id = "", 0, ""

        def start(name: str, attributes: Mapping[str, str]) -> None:
            nonlocal owner, level, list_id
            value = attribute(attributes, "val")
            if name == "abstractNum":
                owner = attribute(attributes, "abstractNumId")
            elif name == "lvl":
                level = whole(attribute(attributes, "ilvl"))
            elif name == "numFmt":
                self._formats[owner, level] = value
            elif name == "start":
                self._starts[owner, level] = whole(value, 1)
            elif name == "num":
                list_id = attribute(attributes, "numId")
                owner = ""
            elif name == "abstractNumId":
                self._abstract[list_id] = value

        package.parse(part, start, names=word_name)


def _shown(number: int, shape: str) -> str:
    if shape in ("bullet", "none"):
        return ""
    if shape in ("upperRoman", "lowerRoman"):
        text = _roman(number)
        return text if shape == "upperRoman" else text.lower()
    if shape in ("upperLetter", "lowerLetter"):
        letter = chr(ord("A") + (number - 1) % 26)
        return letter if shape == "upperLetter" else letter.lower()
    return str(number)


def _roman(number: int) -> str:
    text = ""
    for value, sign in _ROMAN:
        while number >= value and len(text) < 15:
            text += sign
            number -= value
    return text
