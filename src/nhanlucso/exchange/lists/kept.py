"""What a job understood of a list, kept beside the database so that pages come from it and not from the file.

Each reading is a folder of its own, `<data>/lists/<import>/<reading>/`: `summary.json`, and files of pages, one page a
line, found by the offsets that the summary holds. A page costs one read of a few kilobytes, however long the list.
Identity numbers are masked and sensitive columns blanked before anything is kept. Everything here can be made again
from the upload.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings

from nhanlucso.kernel.stopping import steadily

Page = list[Any]


def folder_of(uid: UUID) -> Path:
    return _folder() / str(uid)


def _folder() -> Path:
    return Path(settings.DATA) / "lists"


class Keeper:
    """Writes one reading; it counts only once `finish` has returned."""

    def __init__(self, uid: UUID, reading: str) -> None:
        self._folder = folder_of(uid) / reading
        self._folder.mkdir(parents=True, exist_ok=True)
        self._files: dict[str, dict[str, Any]] = {}

    def pages(self, name: str, entries: Iterable[Any], size: int) -> int:
        """Keeps entries in pages of `size`; gives their number."""
        offsets, count = [], 0
        with (self._folder / f"{name}.jsonl").open("wb") as file:
            for page in _pages(steadily(entries), size):
                offsets.append(file.tell())
                file.write(json.dumps(page, ensure_ascii=False, default=str).encode() + b"\n")
                count += len(page)
        self._files[name] = {"count": count, "size": size, "offsets": offsets}
        return count

    def finish(self, summary: dict[str, Any]) -> None:
        whole = summary | {"files": self._files}
        draft = self._folder / ".summary"
        draft.write_text(json.dumps(whole, ensure_ascii=False, default=str), encoding="utf-8")
        draft.replace(self._folder / "summary.json")

    def drop(self) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)


@dataclass(frozen=True, slots=True)
class Kept:
    """A reading as it was kept."""

    folder: Path
    summary: dict[str, Any]

    def count(self, name: str) -> int:
        return int(self._file(name)["count"])

    def page(self, name: str, number: int) -> Page:
        """A page (from 1); the nearest one where there is none of this number, empty where there is no page."""
        offsets = self._file(name)["offsets"]
        if not offsets:
            return []
        return self._read(name, offsets[min(max(number, 1), len(offsets)) - 1])

    def entry(self, name: str, position: int) -> Any:
        """One entry by its place (from 0)."""
        size = self._file(name)["size"]
        return self.page(name, position // size + 1)[position % size]

    def every(self, name: str) -> Iterator[Any]:
        """All entries, page by page."""
        for offset in self._file(name)["offsets"]:
            yield from self._read(name, offset)

    def page_count(self, name: str) -> int:
        return len(self._file(name)["offsets"])

    def size(self, name: str) -> int:
        return int(self._file(name)["size"])

    def _file(self, name: str) -> dict[str, Any]:
        nothing = {"count": 0, "size": 1, "offsets": []}
        found: dict[str, Any] = self.summary["files"].get(name, nothing)
        return found

    def _read(self, name: str, offset: int) -> Page:
        with (self.folder / f"{name}.jsonl").open("rb") as file:
            file.seek(offset)
            page: Page = json.loads(file.readline())
        return page


def _pages(entries: Iterable[Any], size: int) -> Iterator[Page]:
    rest = iter(entries)
    while page := list(islice(rest, size)):
        yield page


def kept(uid: UUID, reading: str) -> Kept | None:
    """The reading of this name; None where there is none (yet, or any more)."""
    folder = folder_of(uid) / reading
    if not reading:
        return None
    try:
        return Kept(folder, json.loads((folder / "summary.json").read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return None


def drop_others(known: Container[str], before: datetime) -> int:
    """Removes the readings of imports that are not `known` and were not touched since `before`; of how many."""
    gone = 0
    for folder in _folder().iterdir() if _folder().is_dir() else ():
        if folder.name not in known and datetime.fromtimestamp(folder.stat().st_mtime, UTC) < before:
            shutil.rmtree(folder, ignore_errors=True)
            gone += 1
    return gone


def keep_only(uid: UUID, reading: str) -> None:
    """Removes all readings of an import but this one; with an empty name, all."""
    folder = folder_of(uid)
    for other in folder.iterdir() if folder.is_dir() else ():
        if other.name != reading:
            shutil.rmtree(other, ignore_errors=True)
    if not reading:
        shutil.rmtree(folder, ignore_errors=True)
