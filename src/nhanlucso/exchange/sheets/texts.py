"""Files of text: which encoding, and their characters piece by piece, so that a large file is never held whole."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_PIECE = 1 << 18
_HEAD = 4096
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_WESTERN = frozenset(["cp1252", "iso8859-1", "ascii"])
_REPLACING = "nhanlucso-latin-1"


def _as_latin(problem: UnicodeError) -> tuple[str, int]:
    if not isinstance(problem, UnicodeDecodeError):
        raise problem
    return problem.object[problem.start : problem.end].decode("latin-1"), problem.end


codecs.register_error(_REPLACING, _as_latin)


@dataclass(frozen=True, slots=True)
class Encoding:
    """How bytes become text. Unless `sure`, each character beyond ASCII only stands for a byte.

    `cut`: the last character of UTF-8 is not whole.
    """

    codec: str
    sure: bool
    errors: str = "replace"
    cut: bool = False


def encoding_of(path: Path, *, declared: bool = False) -> Encoding:
    """The encoding of a file: byte order mark, UTF-16 by its zeros, UTF-8 by its form, then what it declares."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    for mark, codec in _BOMS:
        if head.startswith(mark):
            return Encoding(codec, True)
    if sixteen := _without_mark(head):
        return Encoding(sixteen, True)
    utf8 = _as_utf8(path)
    if utf8 is not None:
        return utf8
    return _said(head) if declared else Encoding("latin-1", False)


def pieces(path: Path, encoding: Encoding) -> Iterator[str]:
    """The characters of a file."""
    decoder = codecs.getincrementaldecoder(encoding.codec)(encoding.errors)
    with path.open("rb") as file:
        while data := file.read(_PIECE):
            yield decoder.decode(data)
    if rest := decoder.decode(b"", final=True):
        yield rest


def _without_mark(head: bytes) -> str:
    """UTF-16 without its mark: every other byte of the beginning is zero, in text of Latin letters."""
    sample = head[: len(head) // 2 * 2]
    if len(sample) < 4:
        return ""
    half = len(sample) // 2
    if 10 * sample[1::2].count(0) >= 6 * half and 0 not in sample[0::2]:
        return "utf-16-le"
    if 10 * sample[0::2].count(0) >= 6 * half and 0 not in sample[1::2]:
        return "utf-16-be"
    return ""


def _as_utf8(path: Path) -> Encoding | None:
    decoder = codecs.getincrementaldecoder("utf-8")("strict")
    with path.open("rb") as file:
        try:
            while data := file.read(_PIECE):
                decoder.decode(data)
        except UnicodeDecodeError:
            return None
    return Encoding("utf-8", True, cut=bool(decoder.getstate()[0]))


def _said(head: bytes) -> Encoding:
    """What the beginning of a page says of its encoding; UTF-8 was tried before."""
    found = _DECLARED.search(head)
    try:
        codec = codecs.lookup(found[1].decode("ascii")) if found else None
    except LookupError:
        codec = None
    name = codec.name if codec is not None else ""
    if name in _WESTERN:
        return Encoding("cp1252", True, _REPLACING)
    if not name or name.startswith("utf") or not getattr(codec, "_is_text_encoding", True):
        return Encoding("latin-1", False)
    return Encoding(name, True)
