"""Changing parts of a workbook as bytes: what is not changed stays bit for bit."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html import escape
from xml.parsers import expat

from nhanlucso.exchange.sheets.packages import Damaged

Attributes = Mapping[str, str]
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_ENCODING = re.compile(rb"""(<\?xml[^>]*?)\s+encoding\s*=\s*["'][^"']*["']""")


def as_utf8(data: bytes) -> bytes:
    """The part in UTF-8. Raises Damaged where it is in anything but Unicode."""
    if data.startswith(_UTF_16):
        data = _ENCODING.sub(rb"\1", data.decode("utf-16").encode("utf-8"), count=1)
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as problem:
        raise Damaged("encoding") from problem
    return data.removeprefix(b"\xef\xbb\xbf")


class Walker:
    """Walks over a part and calls `start(name, attributes, first byte, depth)` and `end(name, first byte, depth)`
    with local names. The root has depth 0; an empty element (<a/>) ends where it begins. Raises Damaged for broken
    XML and for any DTD."""

    def __init__(self, data: bytes) -> None:
        self.data = data

    def walk(
        self,
        start: Callable[[str, Attributes, int, int], None],
        end: Callable[[str, int, int], None] | None = None,
        text: Callable[[str], None] | None = None,
    ) -> None:
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = _no_doctype
        depth, begun = 0, -1

        def begin(tag: str, attributes: dict[str, str]) -> None:
            nonlocal depth, begun
            begun = parser.CurrentByteIndex
            start(local(tag), attributes, begun, depth)
            depth += 1

        def finish(tag: str) -> None:
            nonlocal depth, begun
            depth -= 1
            first, before, begun = parser.CurrentByteIndex, begun, -1
            if end is not None:
                empty = (
                    before >= 0 and self.data[first - 2 : first] == b"/>" and self._after_tag(before) == first
                )
                end(local(tag), before if empty else first, depth)

        parser.StartElementHandler, parser.EndElementHandler = begin, finish
        if text is not None:
            parser.CharacterDataHandler = text
        try:
            parser.Parse(self.data, True)
        except (expat.ExpatError, LookupError, ValueError) as problem:
            raise Damaged(str(problem)) from problem

    def tag(self, first: int) -> bytes:
        """The start tag that begins at this byte."""
        return self.data[first : self._after_tag(first)]

    def _after_tag(self, first: int) -> int:
        return self.data.index(b">", first) + 1


def local(tag: str) -> str:
    return tag.rpartition(":")[2]


def prefix(tag: bytes) -> bytes:
    """«x:» of «<x:row …»; empty without one."""
    found = re.match(rb"</?([\w.-]+:)?", tag)
    return (found and found[1]) or b""


def with_attributes(tag: bytes, **values: object) -> bytes:
    """A start tag with attributes set."""
    for name, value in values.items():
        said = f'{name}="{escape(str(value))}"'.encode()
        pattern = re.compile(rb"(?<=\s)" + name.encode() + rb"""\s*=\s*("[^"]*"|'[^']*')""")
        if pattern.search(tag):
            tag = pattern.sub(said.replace(b"\\", b"\\\\"), tag, count=1)
        else:
            cut = -2 if tag.endswith(b"/>") else -1
            tag = tag[:cut].rstrip() + b" " + said + tag[cut:]
    return tag


def with_child(data: bytes, parent: str, child: bytes) -> bytes:
    """The part with an element more at the end of the last element of this name. `child` holds «{p}» where the prefix
    of the parent goes. Raises Damaged if there is no such element."""
    name = parent.encode()
    ends = list(re.finditer(rb"</((?:[\w.-]+:)?)" + name + rb"\s*>", data))
    if ends:
        at = ends[-1]
        return data[: at.start()] + child.replace(b"{p}", at[1]) + data[at.start() :]
    empty = list(re.finditer(rb"<((?:[\w.-]+:)?)" + name + rb"(\s[^<>]*)?/>", data))
    if not empty:
        raise Damaged(parent)
    at = empty[-1]
    opened = at[0][:-2] + b">" + child.replace(b"{p}", at[1]) + b"</" + at[1] + name + b">"
    return data[: at.start()] + opened + data[at.end() :]


def patched(data: bytes, patches: list[tuple[int, int, bytes]]) -> bytes:
    """The bytes with spans (first, end) replaced; where several begin at one byte, in their order."""
    parts, done = [], 0
    for first, end, new in sorted(patches, key=lambda patch: patch[0]):
        parts += [data[done:first], new]
        done = end
    return b"".join([*parts, data[done:]])


def _no_doctype(*_: object) -> None:
    raise Damaged("DTD")
