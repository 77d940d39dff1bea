"""Zip files that are the same bytes whenever they are written."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

_LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the first moment that a zip file can name
_LEVEL = 6
_UNIX = 3  # the system that made it
UNREADABLE = (
    BadZipFile, zlib.error, EOFError, OSError, KeyError, NotImplementedError, RuntimeError, ValueError, struct.error,
)  # fmt: skip
"""All that reading a zip file from elsewhere may raise."""


def packed(parts: Mapping[str, bytes], *, compressed: bool = True, mode: int = 0o600) -> bytes:
    """A zip file of named parts in their order, without a time or a system of its own; `mode`: who may do what with
    the parts once they are unpacked."""
    out = BytesIO()
    kind = ZIP_DEFLATED if compressed else ZIP_STORED
    with ZipFile(out, "w", kind) as archive:
        for name, body in parts.items():
            entry = ZipInfo(name, _LONG_AGO)
            entry.create_system, entry.external_attr = _UNIX, mode << 16
            archive.writestr(entry, body, kind, _LEVEL)
    return out.getvalue()


def unpacked(archive: bytes) -> dict[str, bytes]:
    """The parts of a zip file of our own making."""
    with ZipFile(BytesIO(archive)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def steady(archive: bytes) -> bytes:
    """The same zip file without the time at which it was written."""
    return packed(unpacked(archive))
