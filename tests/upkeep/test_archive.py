"""The file of a backup: ordinary to any tar program, and no byte of it can change unnoticed."""

from __future__ import annotations

import hashlib
import io
import tarfile
from pathlib import Path

import pytest

from nhanlucso.upkeep import archive
from nhanlucso.upkeep.archive import (
    Changed,
    Damaged,
    Foreign,
    Member,
    measure,
    read_members,
    read_opening,
    write,
)

SEAL = b"5" * 64
LONG = f"uploads/{'ab' * 70}.txt"


@pytest.fixture
def files(tmp_path: Path) -> list[tuple[Member, Path]]:
    found = []
    for name, data in (("database.sqlite3", b"rows" * 300), ("uploads/tổ.txt", b""), (LONG, b"x" * 512)):
        path = tmp_path / hashlib.sha256(name.encode()).hexdigest()
        path.write_bytes(data)
        found.append((measure(name, path), path))
    return found


@pytest.fixture
def written(files: list[tuple[Member, Path]]) -> bytes:
    target = io.BytesIO()
    write(target, b'{"a": 1}\n', SEAL, files)
    return target.getvalue()


def _read(data: bytes, files: list[tuple[Member, Path]]) -> tuple[bytes, bytes]:
    source = io.BytesIO(data)
    opening = read_opening(source)
    read_members(source, [member for member, _ in files])
    return opening


def test_what_is_written_is_read(written: bytes, files: list[tuple[Member, Path]]) -> None:
    assert _read(written, files) == (b'{"a": 1}\n', SEAL)


def test_members_can_be_taken_out(written: bytes, files: list[tuple[Member, Path]]) -> None:
    taken: dict[str, bytearray] = {}
    source = io.BytesIO(written)
    read_opening(source)
    read_members(
        source, [m for m, _ in files], lambda member: taken.setdefault(member.name, bytearray()).extend
    )
    assert taken == {member.name: path.read_bytes() for member, path in files}


def test_any_tar_program_reads_it(written: bytes, files: list[tuple[Member, Path]]) -> None:
    with tarfile.open(fileobj=io.BytesIO(written)) as plain:
        assert plain.getnames() == ["manifest.json", "manifest.seal", *(member.name for member, _ in files)]
        assert all(info.isreg() and info.mode == 0o600 for info in plain)


def test_equal_contents_are_equal_files(written: bytes, files: list[tuple[Member, Path]]) -> None:
    again = io.BytesIO()
    write(again, b'{"a": 1}\n', SEAL, files)
    assert again.getvalue() == written


def test_every_byte_counts(written: bytes, files: list[tuple[Member, Path]]) -> None:
    opening = _read(written, files)
    unnoticed = []
    for position in range(len(written)):
        changed = bytearray(written)
        changed[position] ^= 0x20
        try:
            if _read(bytes(changed), files) == opening:
                unnoticed.append(position)
        except (Damaged, Foreign):
            continue
    assert unnoticed == []


@pytest.mark.parametrize("length", [0, 1, 511, 512, 700, 1024, 2048, 4000, -1])
def test_cut_short(written: bytes, files: list[tuple[Member, Path]], length: int) -> None:
    with pytest.raises((Damaged, Foreign)):
        _read(written[:length], files)


def test_nothing_may_follow(written: bytes, files: list[tuple[Member, Path]]) -> None:
    with pytest.raises(Damaged):
        _read(written + b"\0", files)


def test_other_tar_files_are_foreign() -> None:
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w") as plain:
        plain.addfile(tarfile.TarInfo("readme.txt"))
    with pytest.raises(Foreign):
        read_opening(io.BytesIO(target.getvalue()))


def test_a_manifest_that_is_a_link_is_not_taken() -> None:
    info = tarfile.TarInfo(archive.MANIFEST)
    info.type, info.linkname = tarfile.SYMTYPE, "elsewhere"
    with pytest.raises(Damaged):
        read_opening(io.BytesIO(info.tobuf(tarfile.GNU_FORMAT)))


def test_a_file_that_changes_meanwhile(files: list[tuple[Member, Path]]) -> None:
    files[0][1].write_bytes(b"other")
    with pytest.raises(Changed, match=r"database\.sqlite3"):
        write(io.BytesIO(), b"{}", SEAL, files)
