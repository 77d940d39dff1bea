"""A sheet of a workbook with marked cells, and the part that draws its comments."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from nhanlucso.exchange.sheets.commenting.markup import Attributes, Walker, patched, prefix, with_attributes
from nhanlucso.exchange.sheets.commenting.notes import Place, reference
from nhanlucso.exchange.sheets.commenting.styles import Styles
from nhanlucso.exchange.sheets.packages import Damaged

# What may stand after <legacyDrawing> in a sheet, by its schema.
_AFTER_DRAWING = frozenset(
    {"legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts"}
    | {"extLst", "AlternateContent"}
)
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


class SheetPart:
    """Marks cells of a sheet; cells that are not there are made where their row is."""

    def __init__(self, data: bytes, wanted: Mapping[Place, str], styles: Styles | None) -> None:
        self._walker, self._styles = Walker(data), styles
        self._wanted: dict[int, list[int]] = {}
        for row, column in sorted(wanted):
            self._wanted.setdefault(row, []).append(column)
        self._row = self._column = -1
        self._row_first = 0
        self._patches: list[tuple[int, int, bytes]] = []
        self._drawing_at = self._end_at = -1
        self.drawing = ""  # relation of the drawing of comments that the sheet has already
        self._walker.walk(self._start, self._end)

    def written(self, drawing: str) -> bytes:
        """The part with the cells marked; with `drawing`, the relation of a new drawing of comments."""
        patches = list(self._patches)
        if drawing:
            at = self._drawing_at if self._drawing_at >= 0 else self._end_at
            if at < 0:
                raise Damaged("worksheet")
            p = prefix(self._walker.tag(at))
            patches.append(
                (
                    at,
                    at,
                    b'<%slegacyDrawing xmlns:r="%s" r:id="%s"/>' % (p, RELATIONS.encode(), drawing.encode()),
                )
            )
        return patched(self._walker.data, patches)

    def _start(self, name: str, attributes: Attributes, first: int, depth: int) -> None:
        if depth == 1 and name == "legacyDrawing":
            self.drawing = next((value for key, value in attributes.items() if key.endswith(":id")), "")
        elif depth == 1 and name in _AFTER_DRAWING and self._drawing_at < 0:
            self._drawing_at = first
        elif depth == 2 and name == "row":
            said = attributes.get("r", "")
            self._row = int(said) - 1 if said.isdecimal() else self._row + 1
            self._row_first, self._column = first, -1
        elif depth == 3 and name == "c":
            self._cell(attributes, first)

    def _cell(self, attributes: Attributes, first: int) -> None:
        said = attributes.get("r", "")
        self._column = _column(said) if said else self._column + 1
        waiting = self._wanted.get(self._row)
        while waiting and self._styles and waiting[0] < self._column:
            self._patches.append((first, first, self._made(self._walker.tag(first), waiting.pop(0))))
        if waiting and self._styles and waiting[0] == self._column:
            waiting.pop(0)
            tag = self._walker.tag(first)
            look = attributes.get("s", "0")
            number = self._styles.marked(int(look) if look.isdecimal() else 0)
            self._patches.append((first, first + len(tag), with_attributes(tag, s=number)))

    def _end(self, name: str, first: int, depth: int) -> None:
        if depth == 0:
            self._end_at = first
        elif depth == 2 and name == "row" and self._styles and (waiting := self._wanted.get(self._row)):
            tag = self._walker.tag(self._row_first)
            cells = b"".join(self._made(tag, column) for column in waiting)
            waiting.clear()
            if first == self._row_first:  # <row …/>
                p = prefix(tag)
                whole = tag[:-2] + b">" + cells + b"</" + p + b"row>"
                self._patches.append((first, first + len(tag), whole))
            else:
                self._patches.append((first, first, cells))

    def _made(self, near: bytes, column: int) -> bytes:
        assert self._styles is not None
        place = reference((self._row, column)).encode()
        return b'<%sc r="%s" s="%d"/>' % (prefix(near), place, self._styles.marked(0))


def _column(said: str) -> int:
    number = 0
    for letter in said:
        if not letter.isalpha():
            break
        number = number * 26 + ord(letter.upper()) - 64
    return number - 1


_SHAPE_TYPE = (
    '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_SHAPE = (
    '<v:shape id="_x0000_s{number}" type="#_x0000_t202" style="position:absolute;width:220pt;height:80pt;'
    'z-index:{number};visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/>'
    '<v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
    '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
    '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
    "<x:Anchor>{left}, 15, {top}, 2, {right}, 15, {bottom}, 4</x:Anchor><x:AutoFill>False</x:AutoFill>"
    "<x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
)
_DRAWING = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit">'
    '<o:idmap v:ext="edit" data="1"/></o:shapelayout></xml>'
)


def drawing_part(given: bytes | None, places: list[Place]) -> bytes:
    """The drawing of comments with a shape more for each place. One that cannot hold shapes stays as it is."""
    text = given.decode("utf-8", "surrogateescape") if given is not None else _DRAWING
    end = text.rfind("</xml>")
    if end < 0 or any(f"xmlns:{name}=" not in text for name in "vox"):
        return text.encode("utf-8", "surrogateescape")
    shapes = [] if 'id="_x0000_t202"' in text else [_SHAPE_TYPE]
    first = 1 + max([1024, *_numbers(text)])
    shapes += [
        _SHAPE.format(
            number=number,
            row=row,
            column=column,
            left=column + 1,
            right=column + 5,
            top=max(0, row - 1),
            bottom=row + 4,
        )
        for number, (row, column) in enumerate(places, first)
    ]
    return (text[:end] + "".join(shapes) + text[end:]).encode("utf-8", "surrogateescape")


def _numbers(text: str) -> list[int]:
    parts = text.split("_x0000_s")[1:]
    digits = (
        "".join(letter if letter.isdecimal() else " " for letter in part[:7]).split(" ")[0] for part in parts
    )
    return [int(number) for number in digits if number]


def comments_part(given: bytes | None, notes: Mapping[Place, str]) -> tuple[bytes, list[Place]]:
    """The comments with ours added, and those places that had none before: theirs is the drawing's work. A cell that
    has a comment keeps its words before ours."""
    if given is None:
        given = (
            b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
            b'<comments xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
            b"<authors></authors><commentList></commentList></comments>"
        )
    found = _Comments(given)
    p, author = found.prefix, found.authors
    waiting = {reference(place): (place, words) for place, words in notes.items()}
    patches = [(found.authors_end, found.authors_end, b"<%sauthor>nhanlucso</%sauthor>" % (p, p))]
    for said, (first, end, old) in found.comments.items():
        if said in waiting:
            _, words = waiting.pop(said)
            patches.append((first, end, _comment(p, said, author, old, words)))
    new = b"".join(_comment(p, said, author, "", words) for said, (_, words) in waiting.items())
    patches.append((found.list_end, found.list_end, new))
    return patched(given, patches), [place for place, _ in waiting.values()]


def _comment(p: bytes, said: str, author: int, old: str, words: str) -> bytes:
    runs = b"".join(
        b'<%sr><%st xml:space="preserve">%s</%st></%sr>' % (p, p, escape(text, quote=False).encode(), p, p)
        for text in (old and f"{old}\n", words)
        if text
    )
    return b'<%scomment ref="%s" authorId="%d"><%stext>%s</%stext></%scomment>' % (
        p, said.encode(), author, p, runs, p, p,
    )  # fmt: skip


class _Comments:
    """Where the comments of a sheet stand in their part, and what they say."""

    def __init__(self, data: bytes) -> None:
        self._walker = Walker(data)
        self.authors = 0
        self.authors_end = self.list_end = -1
        self.comments: dict[str, tuple[int, int, str]] = {}
        self.prefix = b""
        self._ref, self._first, self._words = "", 0, list[str]()
        self._in_text = False
        self._walker.walk(self._start, self._end, self._text)
        if min(self.authors_end, self.list_end) < 0:
            raise Damaged("comments")

    def _start(self, name: str, attributes: Attributes, first: int, depth: int) -> None:
        if depth == 0:
            self.prefix = prefix(self._walker.tag(first))
        self.authors += name == "author"
        self._in_text = name == "t"
        if name == "comment":
            self._ref, self._first, self._words = attributes.get("ref", ""), first, []

    def _end(self, name: str, first: int, depth: int) -> None:
        self._in_text = False
        opening = self._walker.data[first : first + 2] == b"</"
        if name == "authors" and opening:
            self.authors_end = first
        elif name == "commentList" and opening:
            self.list_end = first
        elif name == "comment":
            end = self._walker.data.index(b">", first) + 1
            self.comments[self._ref] = (self._first, end, "".join(self._words))

    def _text(self, words: str) -> None:
        if self._in_text:
            self._words.append(words)
