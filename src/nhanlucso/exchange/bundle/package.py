"""Opening a folder or a .zip as a bundle, without trusting either. Nothing is ever unpacked to disk."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path, PurePosixPath
from typing import IO, Any

from django.utils.translation import gettext as _

from nhanlucso.exchange.bundle.naming import Naming
from nhanlucso.kernel.errors import Detail, Refused
from nhanlucso.papers.packing import UNREADABLE

FORMAT = "nhanlucso-bundle"
VERSION = 1
MANIFEST = "bundle.json"
LARGEST_BUNDLE = 2 * 1024**3  # bytes, unpacked
_LARGEST_MANIFEST = 1024**2
_LONGEST_SOURCE = 100


class Package:
    """The files of a bundle by name (`units.csv`), with their sizes in bytes."""

    def __init__(
        self, path: Path, sizes: dict[str, int], archive: zipfile.ZipFile | None, prefix: str
    ) -> None:
        self._path = path
        self._archive = archive
        self._prefix = prefix
        self.sizes = sizes
        self.naming = Naming()

    @property
    def source(self) -> str:
        """What the log calls where it comes from."""
        return self.naming.source

    def open(self, name: str) -> IO[bytes]:
        if self._archive is not None:
            return self._archive.open(self._prefix + name)
        return (self._path / name).open("rb")


@contextmanager
def open_package(path: Path) -> Iterator[Package]:
    """The bundle at `path`, its manifest read. Raises Refused("not_a_bundle")."""
    try:
        archive = None if path.is_dir() else zipfile.ZipFile(path)
        sizes = {} if archive else {entry.name: _size(entry) for entry in sorted(path.iterdir())}
    except FileNotFoundError:
        raise refusal(_("Không tìm thấy «%(path)s».") % {"path": path}) from None
    except UNREADABLE:
        raise refusal(
            _("«%(name)s» không phải thư mục hay tệp .zip đọc được.") % {"name": path.name}
        ) from None
    with archive or nullcontext():
        package = _zipped(path, archive) if archive else Package(path, sizes, None, "")
        package.naming = _manifest(package)
        yield package


def refusal(message: str, file: str = "") -> Refused:
    mend = _("Gói dữ liệu là thư mục hoặc tệp .zip có bundle.json và các tệp CSV.")
    return Refused("not_a_bundle", f"{message} {mend}", [Detail(message, file)])


def _size(entry: Path) -> int:
    return entry.stat().st_size if entry.is_file() else 0


def _zipped(path: Path, archive: zipfile.ZipFile) -> Package:
    entries = [info for info in archive.infolist() if not info.is_dir() and not _beside(info.filename)]
    seen: set[str] = set()
    for info in entries:
        parts = PurePosixPath(info.filename).parts
        if info.filename.startswith("/") or ".." in parts or "\\" in info.filename or info.filename in seen:
            raise refusal(_("Tên tệp «%(name)s» trong gói không dùng được.") % {"name": info.filename})
        if info.flag_bits & 0x1:
            raise refusal(_("Gói bị khóa bằng mật khẩu; bỏ mật khẩu rồi nén lại."))
        seen.add(info.filename)
    if sum(info.file_size for info in entries) > LARGEST_BUNDLE:
        raise refusal(_("Gói lớn quá 2 GB sau khi giải nén."))
    prefix = _prefix(seen)
    sizes = {info.filename.removeprefix(prefix): info.file_size for info in entries}
    return Package(path, sizes, archive, prefix)


def _beside(name: str) -> bool:
    """What some systems add to every archive."""
    return name.startswith("__MACOSX/") or PurePosixPath(name).name == ".DS_Store"


def _prefix(names: set[str]) -> str:
    """People zip the folder rather than the files in it: one folder around everything is looked through."""
    if MANIFEST in names:
        return ""
    found = [name.removesuffix(MANIFEST) for name in names if name.endswith("/" + MANIFEST)]
    return found[0] if len(found) == 1 and all(name.startswith(found[0]) for name in names) else ""


def _manifest(package: Package) -> Naming:
    if MANIFEST not in package.sizes:
        raise refusal(_("Không có tệp bundle.json."))
    try:
        with package.open(MANIFEST) as file:
            data = json.loads(file.read(_LARGEST_MANIFEST).decode("utf-8-sig"))
    except (*UNREADABLE, RecursionError):
        raise refusal(_("Không đọc được bundle.json."), MANIFEST) from None
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise refusal(_('bundle.json không ghi "format": "nhanlucso-bundle".'), MANIFEST)
    version = data.get("version")
    if isinstance(version, bool) or version != VERSION:
        raise refusal(_("Chỉ đọc được gói phiên bản 1, không đọc được phiên bản này."), MANIFEST)
    return Naming.make(_source(data.get("source", "")), _qualified(data.get("qualified_sources", [])))


def _source(value: Any) -> str:
    if not isinstance(value, str) or len(value) > _LONGEST_SOURCE or ";" in value or not value.isprintable():
        raise refusal(_('"source" trong bundle.json phải là một tên ngắn, không có dấu chấm phẩy.'), MANIFEST)
    return value


def _qualified(value: Any) -> list[str]:
    if not isinstance(value, list):
        raise refusal(_('"qualified_sources" trong bundle.json phải là một danh sách tên.'), MANIFEST)
    return [_source(name) for name in value]
