"""The file of a backup: a tar of which every byte is known once its manifest is.

Any tar program lists and unpacks it. Reading here is stricter: a header must be the one that we would write, padding
must be zero, nothing may follow the end. So no byte of a copy can change unnoticed, and no link, device or foreign
path can be smuggled in.
"""

from __future__ import annotations

import hashlib
import tarfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

MANIFEST, SEAL = "manifest.json", "manifest.seal"
_BLOCK, _RECORD, _CHUNK = tarfile.BLOCKSIZE, tarfile.RECORDSIZE, 1 << 20
_LARGEST_MANIFEST = 256 << 20

Take = Callable[[bytes], object]


class Foreign(Exception):
    """Not a file that was written here."""


class Damaged(Exception):
    """Once ours, but some bytes are missing, different or too many; the message names the member."""


class Changed(Exception):
    """A file changed while it was copied; the message names it."""


@dataclass(frozen=True, slots=True)
class Member:
    """A file in the archive: its name there, size in bytes, SHA-256 in hexadecimal digits."""

    name: str
    size: int
    sha256: str


def measure(name: str, path: Path) -> Member:
    """The member that the file at `path` would be."""
    digest, size = hashlib.sha256(), 0
    for chunk in _chunks(path):
        digest.update(chunk)
        size += len(chunk)
    return Member(name, size, digest.hexdigest())


def write(target: IO[bytes], manifest: bytes, seal: bytes, files: Sequence[tuple[Member, Path]]) -> None:
    """Writes the whole archive. Raises Changed where a file is no longer what was measured."""
    for name, data in ((MANIFEST, manifest), (SEAL, seal)):
        target.write(_header(name, len(data)) + data + _padding(len(data)))
    for member, path in files:
        target.write(_header(member.name, member.size))
        digest, size = hashlib.sha256(), 0
        for chunk in _chunks(path):
            target.write(chunk)
            digest.update(chunk)
            size += len(chunk)
        if (size, digest.hexdigest()) != (member.size, member.sha256):
            raise Changed(member.name)
        target.write(_padding(size))
    target.write(_ending(target.tell()))


def read_opening(source: IO[bytes]) -> tuple[bytes, bytes]:
    """The manifest and its seal, from the beginning. Raises Foreign, or Damaged where it is ours but broken."""
    block = source.read(_BLOCK)
    if not block.startswith(MANIFEST.encode() + b"\0"):
        raise Foreign
    try:
        size = tarfile.TarInfo.frombuf(block, "utf-8", "surrogateescape").size
    except tarfile.HeaderError:
        raise Damaged(MANIFEST) from None
    if block != _header(MANIFEST, size) or size > _LARGEST_MANIFEST:
        raise Damaged(MANIFEST)
    manifest = _exactly(source, size, MANIFEST)
    _expect(source, _padding(size), MANIFEST)
    length = hashlib.sha256().digest_size * 2
    _expect(source, _header(SEAL, length), SEAL)
    seal = _exactly(source, length, SEAL)
    _expect(source, _padding(length), SEAL)
    return manifest, seal


def read_members(
    source: IO[bytes], members: Sequence[Member], opened: Callable[[Member], Take] | None = None
) -> None:
    """Reads on after the opening to the very end and compares every byte with what `members` promise.

    `opened` is asked for each member where its bytes go; without it they are only compared. Raises Damaged.
    """
    for member in members:
        _expect(source, _header(member.name, member.size), member.name)
        take = opened(member) if opened else None
        digest, left = hashlib.sha256(), member.size
        while left:
            chunk = _exactly(source, min(left, _CHUNK), member.name)
            digest.update(chunk)
            if take:
                take(chunk)
            left -= len(chunk)
        if digest.hexdigest() != member.sha256:
            raise Damaged(member.name)
        _expect(source, _padding(member.size), member.name)
    _expect(source, _ending(source.tell()), "")
    if source.read(1):
        raise Damaged("")


def _header(name: str, size: int) -> bytes:
    """One or more blocks; the same name and size always give the same bytes."""
    info = tarfile.TarInfo(name)
    info.size, info.mode = size, 0o600
    return info.tobuf(tarfile.GNU_FORMAT, "utf-8", "surrogateescape")


def _padding(size: int) -> bytes:
    return bytes(-size % _BLOCK)


def _ending(position: int) -> bytes:
    """Two empty blocks, filled up to a whole record."""
    return bytes(2 * _BLOCK + -(position + 2 * _BLOCK) % _RECORD)


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            yield chunk


def _exactly(source: IO[bytes], size: int, name: str) -> bytes:
    data = source.read(size)
    if len(data) != size:
        raise Damaged(name)
    return data


def _expect(source: IO[bytes], wanted: bytes, name: str) -> None:
    if source.read(len(wanted)) != wanted:
        raise Damaged(name)
