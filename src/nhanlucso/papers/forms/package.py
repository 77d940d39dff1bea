"""A form's file, opened with care: its size counted before anything is unpacked, nothing in it ever run."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from typing import Any

from lxml import etree

from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.language import say as _
from nhanlucso.kernel.numbers import vi_number
from nhanlucso.papers.packing import UNREADABLE

_MOST_BYTES, _MOST_PARTS = 40 * 1024 * 1024, 2_000
_RUNS = ("vbaproject", "macrosheets/", "activex", "externallinks/")
_REACHING_OUT = {"hyperlink"}  # relations that may lead to another place: only where somebody clicks
_LOCAL = re.compile(
    r"file:///[a-z]:", re.IGNORECASE
)  # the template on the author's own disk, which nobody else has
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)


def parts_of(body: bytes) -> dict[str, bytes]:
    """The parts of an .xlsx or .docx, by name.

    Raises Refused("not_a_form") for another file or a damaged one, Refused("form_too_large", "form_runs").
    """
    try:
        with zipfile.ZipFile(BytesIO(body)) as package:
            entries = package.infolist()
            if len(entries) > _MOST_PARTS or sum(entry.file_size for entry in entries) > _MOST_BYTES:
                raise too_large()
            if any(word in entry.filename.lower() for entry in entries for word in _RUNS):
                raise form_runs()
            parts = {entry.filename: package.read(entry) for entry in entries}
    except UNREADABLE as problem:
        raise not_a_form() from problem
    if any(_reaches_out(body) for name, body in parts.items() if name.endswith(".rels")):
        raise form_runs()
    return parts


def _reaches_out(relations: bytes) -> bool:
    """Whether a file fetches something from elsewhere by being opened: a template, a picture, an object."""
    return any(
        relation.get("TargetMode") == "External"
        and relation.get("Type", "").rpartition("/")[2] not in _REACHING_OUT
        and not _LOCAL.match(relation.get("Target", ""))
        for relation in tree(relations).iter("{*}Relationship")
    )


def tree(part: bytes) -> Any:
    """The root element of a part. Raises Refused("not_a_form")."""
    try:
        root = etree.fromstring(part, _PARSER)
    except etree.XMLSyntaxError as problem:
        raise not_a_form() from problem
    if root.getroottree().docinfo.doctype:
        raise not_a_form()
    return root


def written(root: Any) -> bytes:
    """A part again."""
    done: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return done


def not_a_form() -> Refused:
    return Refused(
        "not_a_form", _("Không đọc được biểu mẫu. Gửi tệp Excel .xlsx hoặc Word .docx không có mật khẩu.")
    )


def too_large() -> Refused:
    return Refused(
        "form_too_large", _("Biểu mẫu quá lớn: nhiều nhất 10 trang tính, mỗi trang 400 dòng, 60 cột.")
    )


def too_many(most: int) -> Refused:
    return Refused(
        "too_many_blanks",
        _("Biểu mẫu có hơn %(most)s ô để điền. Chia thành các tệp nhỏ hơn rồi gửi từng tệp.")
        % {"most": vi_number(most)},
    )


def form_runs() -> Refused:
    return Refused(
        "form_runs",
        _("Tệp có macro hoặc nối ra tệp khác. Lưu lại dạng .xlsx hoặc .docx thường rồi gửi."),
    )
