"""Where extracts lie: <folder>/<source>/<build>/, in a folder or an object store.

Files of an extract are never written again. One whose signature is not there yet is still on its way: it is not seen.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
from pyarrow import fs

from nhanlucso.indicators.rollup.manifest import PAGE, SIGNATURE
from nhanlucso.indicators.rollup.refusals import unreadable
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.ids import new_uid
from nhanlucso.kernel.language import say as _


@dataclass(frozen=True, slots=True)
class Shelf:
    """A place for extracts. `address`: as it was written, for messages and for engines that read by themselves."""

    store: fs.FileSystem
    root: str
    address: str

    def builds(self) -> dict[str, list[str]]:
        """Names of the published extracts by source. Raises Refused("cannot_read")."""
        found: dict[str, list[str]] = {}
        for source in self._names(""):
            held = [name for name in self._names(source) if self.holds(f"{source}/{name}/{SIGNATURE}")]
            if held:
                found[source] = held
        return found

    def holds(self, path: str) -> bool:
        return bool(self.store.get_file_info(f"{self.root}/{path}").type == fs.FileType.File)

    def read(self, path: str) -> bytes:
        """The bytes of a file. Raises Refused("cannot_read")."""
        try:
            with self.store.open_input_stream(f"{self.root}/{path}") as file:
                return bytes(file.read())
        except (OSError, pa.ArrowException) as problem:
            raise unreadable(f"{self.address}/{path}", problem) from problem

    def write(self, path: str, members: Mapping[str, bytes]) -> None:
        """Writes all files of an extract, the signature last; in a folder the whole appears at once. Raises
        Refused("cannot_write")."""
        whole = self.store.type_name == "local"
        head, _slash, tail = path.rpartition("/")
        folder = f"{self.root}/{head}/.{tail}.{new_uid()}" if whole else f"{self.root}/{path}"
        try:
            for name in [*(set(members) - {SIGNATURE}), SIGNATURE]:
                self.store.create_dir(f"{folder}/{name}".rpartition("/")[0], recursive=True)
                with self.store.open_output_stream(f"{folder}/{name}", compression=None) as out:
                    out.write(members[name])
            if whole:
                Path(folder).rename(f"{self.root}/{path}")
        except (OSError, pa.ArrowException) as problem:
            if whole:
                shutil.rmtree(folder, ignore_errors=True)
            raise Refused(
                "cannot_write",
                _("Không ghi được vào «%(where)s»: %(why)s.") % {"where": self.address, "why": problem},
            ) from problem

    def _names(self, path: str) -> list[str]:
        """The folders in a folder but for hidden ones, in order."""
        where = f"{self.root}/{path}".rstrip("/") or "/"
        try:
            infos = self.store.get_file_info(fs.FileSelector(where, allow_not_found=bool(path)))
        except (OSError, pa.ArrowException) as problem:
            raise unreadable(self.address, problem) from problem
        return sorted(
            info.base_name
            for info in infos
            if info.type == fs.FileType.Directory and not info.base_name.startswith(".")
        )


def shelf(address: str) -> Shelf:
    """The shelf of a folder's path, or of an address like s3://bucket/extracts. Raises Refused("bad_address")."""
    if "://" not in address:
        path = str(Path(address).absolute())
        return Shelf(fs.LocalFileSystem(), path, path)
    try:
        store, root = fs.FileSystem.from_uri(address)
    except (OSError, ValueError, pa.ArrowException) as problem:
        raise Refused(
            "bad_address", _("Không mở được kho «%(where)s»: %(why)s.") % {"where": address, "why": problem}
        ) from problem
    return Shelf(store, root.rstrip("/"), address.rstrip("/"))


__all__ = ["PAGE", "SIGNATURE", "Shelf", "shelf"]
