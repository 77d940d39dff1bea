"""A capsule as a file: a zip of stored members in a fixed order, time and layout, so that the same content is the same
bytes everywhere, and any other byte in the file shows."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Mapping
from io import BytesIO

from nhanlucso.kernel.errors import Detail, Refused
from nhanlucso.kernel.language import say as _
from nhanlucso.papers.packing import UNREADABLE, packed

SUFFIX = ".nls.zip"
MANIFEST, SIGNATURE = "manifest.json", "manifest.sig"
MOST_BYTES = 256 * 1024 * 1024
_MOST_MEMBERS = 40
_MOST_MANIFEST = 4 * 1024 * 1024


def pack(members: Mapping[str, bytes]) -> bytes:
    """The file of these members, in their order."""
    return packed(members, compressed=False, mode=0o644)


def unpack(data: bytes) -> dict[str, bytes]:
    """The members of a file, in their order.

    Raises Refused("not_a_capsule") for what was never one, Refused("capsule_damaged") for what is not as `pack` wrote
    it: cut, repeated, compressed, too large.
    """
    if len(data) > MOST_BYTES:
        raise damaged(_("Tệp lớn quá %(size)s MB.") % {"size": MOST_BYTES >> 20})
    if not data.startswith(b"PK\x03\x04"):
        raise not_a_capsule()
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            members = _members(archive, len(data))
    except UNREADABLE as problem:
        raise damaged(_("Tệp bị cắt cụt hoặc hỏng."), _where(problem)) from problem
    if MANIFEST not in members:
        raise not_a_capsule()
    if pack(members) != data:
        raise damaged(_("Tệp có byte lạ giữa các thành phần, hoặc được nén lại bằng chương trình khác."))
    return members


def _members(archive: zipfile.ZipFile, size: int) -> dict[str, bytes]:
    entries = archive.infolist()
    names = [entry.filename for entry in entries]
    twice = (
        next((name for name in names if names.count(name) > 1), "") if len(names) <= _MOST_MEMBERS else "*"
    )
    if twice:
        raise damaged(_("Tệp có thành phần trùng tên hoặc quá nhiều thành phần."), [_member(twice)])
    for entry in entries:
        if entry.compress_type != zipfile.ZIP_STORED or entry.file_size > size:
            raise damaged(_("Thành phần bị nén lại."), [_member(entry.filename)])
        if entry.filename == MANIFEST and entry.file_size > _MOST_MANIFEST:
            raise damaged(_("Bản kê quá lớn."), [_member(entry.filename)])
    return {entry.filename: archive.read(entry) for entry in entries}


def digest(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


def damaged(message: str, details: list[Detail] | None = None) -> Refused:
    return Refused("capsule_damaged", message, details or [])


def damaged_member(name: str, message: str) -> Refused:
    """Refused because of one member, which is named."""
    return Refused("capsule_damaged", f"«{name}»: {message}", [_member(name, message)])


def not_a_capsule() -> Refused:
    return Refused(
        "not_a_capsule", _("Tệp này không phải gói số liệu báo cáo (%(suffix)s).") % {"suffix": SUFFIX}
    )


def _member(name: str, message: str = "") -> Detail:
    return Detail(message=message or _("thành phần của gói"), file=name[:100])


def _where(problem: Exception) -> list[Detail]:
    return [Detail(message=str(problem)[:200])]
