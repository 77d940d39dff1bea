"""Pages as grey pictures, for what a camera or scanner would see."""

from __future__ import annotations

import struct
import zlib
from typing import Any

import numpy as np

_CHANNELS = {0: 1, 2: 3, 4: 2, 6: 4}  # by the colour type of a PNG


def grey(png: bytes) -> Any:
    """The brightness of every point of a PNG of one or eight bits a channel (of the first one), as rows of an array."""
    at, held, head = 8, b"", (0, 0, 0, 0)
    while at < len(png):
        length, kind = struct.unpack(">I4s", png[at : at + 8])
        body = png[at + 8 : at + 8 + length]
        if kind == b"IHDR":
            head = struct.unpack(">IIBB", body[:10])
        held += body if kind == b"IDAT" else b""
        at += length + 12
    width, height, depth, colour = head
    lines = np.frombuffer(zlib.decompress(held), np.uint8).reshape(height, -1)
    row, rows = bytes(len(lines[0]) // _CHANNELS[colour]), []
    for line in lines:
        row = _plain(int(line[0]), line[1 :: _CHANNELS[colour]].tobytes(), row)
        rows.append(row)
    points = np.frombuffer(b"".join(rows), np.uint8).reshape(height, -1)
    return np.ascontiguousarray(np.unpackbits(points, axis=1)[:, :width] * 255 if depth == 1 else points)


def _plain(kind: int, line: bytes, above: bytes) -> bytes:
    """A line without its filter (PNG, section 9)."""
    if kind == 0:
        return line
    if kind in (2, 4) and not any(line):
        return above
    if kind == 1:
        return np.cumsum(np.frombuffer(line, np.uint8), dtype=np.uint8).tobytes()
    if kind == 2:
        return (np.frombuffer(line, np.uint8) + np.frombuffer(above, np.uint8)).tobytes()
    out = bytearray(len(line))
    left = before = 0
    for x, up in enumerate(above):
        left = out[x] = line[x] + ((left + up) // 2 if kind == 3 else _nearest(left, up, before)) & 255
        before = up
    return bytes(out)


def _nearest(left: int, up: int, before: int) -> int:
    a, b, c = abs(up - before), abs(left - before), abs(left + up - 2 * before)
    return left if a <= b and a <= c else up if b <= c else before
