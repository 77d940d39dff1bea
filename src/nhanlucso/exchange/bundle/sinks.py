"""Where an export is written: a folder or a .zip, which appear only when everything is in them."""

from __future__ import annotations

import io
import os
import secrets
import shutil
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Protocol

from django.utils.translation import gettext as _

from nhanlucso.exchange.bundle.package import MANIFEST
from nhanlucso.kernel.errors import Refused

_OLDEST = (1980, 1, 1, 0, 0, 0)  # one time for all: equal contents are equal archives
_UNIX, _MODE = 3, 0o644 << 16
_SPECIAL = frozenset(',"\r\n')


class Sink(Protocol):
    @contextmanager
    def open(self, name: str) -> Iterator[IO[str]]: ...


class FolderSink:
    """Files in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @contextmanager
    def open(self, name: str) -> Iterator[IO[str]]:
        with (self._folder / name).open("w", encoding="utf-8", newline="") as file:
            yield file


class ZipSink:
    """Files in an archive, byte for byte the same for the same contents."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive

    @contextmanager
    def open(self, name: str) -> Iterator[IO[str]]:
        info = zipfile.ZipInfo(name, _OLDEST)
        info.compress_type, info.create_system, info.external_attr = zipfile.ZIP_DEFLATED, _UNIX, _MODE
        raw = self._archive.open(info, "w", force_zip64=True)
        with raw, io.TextIOWrapper(raw, encoding="utf-8", newline="") as file:
            yield file


@contextmanager
def open_sink(path: Path) -> Iterator[Sink]:
    """A sink for `path`: an archive if it ends with .zip, else a folder.

    Raises Refused("cannot_write") where the place cannot be written or holds something that is no bundle.
    """
    path = path.absolute()
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.suffix.lower() == ".zip":
            yield from _zip(path, beside)
        else:
            yield from _folder(path, beside)
    except OSError as error:
        raise Refused(
            "cannot_write",
            _("Không ghi được vào «%(path)s»: %(reason)s.")
            % {"path": path, "reason": error.strerror or error},
        ) from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)
        with suppress(OSError):
            beside.unlink()


def _zip(path: Path, beside: Path) -> Iterator[Sink]:
    with zipfile.ZipFile(beside, "w") as archive:
        yield ZipSink(archive)
    os.replace(beside, path)


def _folder(path: Path, beside: Path) -> Iterator[Sink]:
    if path.exists() and not (path / MANIFEST).is_file() and any(path.iterdir()):
        raise Refused(
            "cannot_write", _("Thư mục «%(path)s» đang chứa thứ khác; chọn thư mục trống.") % {"path": path}
        )
    beside.mkdir()
    yield FolderSink(beside)
    path.mkdir(exist_ok=True)
    for file in sorted(beside.iterdir(), key=lambda file: (file.name == MANIFEST, file.name)):
        os.replace(file, path / file.name)


def csv_line(cells: Sequence[str]) -> str:
    """One record by RFC 4180, ended by LF; quoted only where needed, a lone CR included."""
    line = ",".join(cells)
    if line.count(",") == len(cells) - 1 and _SPECIAL.isdisjoint(line.replace(",", "")):
        return line + "\n"
    return ",".join(_quoted(cells)) + "\n"


def _quoted(cells: Iterable[str]) -> Iterator[str]:
    for cell in cells:
        yield cell if _SPECIAL.isdisjoint(cell) else '"' + cell.replace('"', '""') + '"'
