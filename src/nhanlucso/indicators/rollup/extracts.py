"""Opening extracts: whose they are, that every byte is what was signed, that every number is within its bounds."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from nhanlucso.indicators.capsules import signing, trees
from nhanlucso.indicators.capsules.container import digest
from nhanlucso.indicators.rollup import manifest
from nhanlucso.indicators.rollup.format import COLUMNS, MEMBERS, NONE, NUMBERED, TREE, Kind, member, schema
from nhanlucso.indicators.rollup.manifest import PAGE, SIGNATURE, Manifest
from nhanlucso.indicators.rollup.own import declared
from nhanlucso.indicators.rollup.refusals import damaged
from nhanlucso.indicators.rollup.shelf import Shelf
from nhanlucso.kernel.errors import Detail, Refused
from nhanlucso.kernel.language import say as _
from nhanlucso.orgs.rules import ChangeRow, History, Version

Keys = Mapping[str, str]
"""Sources that are trusted: name → public key (64 digits) or fingerprint (32)."""


@dataclass(frozen=True)
class Extract:
    """One published extract. `path`: on its shelf."""

    shelf: Shelf
    path: str
    page: Manifest

    @property
    def source(self) -> str:
        return self.page.source

    def table(self, name: str) -> pa.Table:
        """A table. Raises Refused("extract_damaged") where it is not as signed or not as the format says."""
        where = f"{self.path}/{member(name)}"
        try:
            found = pq.read_table(pa.BufferReader(self._signed(member(name))))
        except (pa.ArrowException, OSError, ValueError) as problem:
            raise damaged(where, _("không đọc được.")) from problem
        wanted = schema(name)
        if {field.name: field.type for field in found.schema} != wanted:
            raise damaged(where, _("các cột không đúng định dạng."))
        self._require_bounds(where, name, found)
        return found

    def address(self, name: str) -> str:
        """Where a table lies, for those who read it by themselves."""
        return f"{self.shelf.address}/{self.path}/{member(name)}"

    @cached_property
    def _tree(self) -> tuple[list[Version], list[ChangeRow], dict[int, str]]:
        where = f"{self.path}/{TREE}"
        try:
            data = json.loads(self._signed(TREE))
            versions, changes = trees.rows_of(data)
            ids = {int(unit): str(name) for unit, name in data["ids"]}
            trees.require_bounded(History(versions, changes))
        except (ValueError, TypeError, KeyError, RecursionError) as problem:
            raise damaged(where, _("không đúng định dạng.")) from problem
        named = {v.unit for v in versions} | {v.parent for v in versions if v.parent is not None}
        named |= {unit for c in changes for unit in (c.from_unit, c.to_unit) if unit is not None}
        if not named <= set(ids) or not all(0 <= n < self.page.numbers["unit"] for n in ids):
            raise damaged(where, _("có đơn vị không được kê."))
        return versions, changes, ids

    @property
    def units(self) -> dict[int, str]:
        """The id of every unit by its number."""
        return self._tree[2]

    @property
    def rows(self) -> tuple[list[Version], list[ChangeRow]]:
        """Versions and changes of units."""
        return self._tree[:2]

    def require_sound(self) -> None:
        """Raises Refused("extract_damaged") unless every file is as signed and as the format says."""
        for name in COLUMNS:
            if self.table(name).num_rows != self.page.rows[name]:
                raise damaged(f"{self.path}/{member(name)}", _("số dòng không như bản kê."))
        self._tree  # noqa: B018
        declared(self.page)

    def _signed(self, name: str) -> bytes:
        body = self.shelf.read(f"{self.path}/{name}")
        if digest(body) != self.page.members[name]:
            raise damaged(f"{self.path}/{name}", _("đã bị sửa sau khi ký."))
        return body

    def _require_bounds(self, where: str, name: str, found: pa.Table) -> None:
        """Numbers of one extract must never reach those of another."""
        for column, kind in COLUMNS[name].items():
            if kind not in NUMBERED:
                continue
            least, most = pc.min_max(found[column]).as_py().values()
            lowest = NONE if kind is Kind.POST and column != "post" else 0
            if least is not None and (least < lowest or most >= self.page.numbers[kind.value]):
                raise damaged(where, _("cột «%(column)s» có số ngoài phạm vi.") % {"column": column})


def newest(shelf: Shelf) -> list[Extract]:
    """The newest extract of every source, by its own word: signatures are not looked at. Raises
    Refused("extract_damaged", "cannot_read")."""
    found = []
    for source, names in shelf.builds().items():
        held = [extract_at(shelf, source, name) for name in names]
        found.append(max(held, key=lambda one: (one.page.as_of, one.page.build)))
    return found


def extract_at(shelf: Shelf, source: str, name: str) -> Extract:
    """The extract of a build, by its own word. Raises Refused("extract_damaged", "cannot_read")."""
    path = f"{source}/{name}"
    page = manifest.from_bytes(f"{path}/{PAGE}", shelf.read(f"{path}/{PAGE}"))
    if page.source != source or page.build != name:
        raise damaged(
            f"{path}/{PAGE}", _("nằm sai chỗ: bản kê ghi %(path)s.") % {"path": f"{page.source}/{page.build}"}
        )
    complete = set(page.members) == set(MEMBERS) and set(page.rows) == set(COLUMNS)
    if not complete or set(page.numbers) != {kind.value for kind in NUMBERED}:
        raise damaged(f"{path}/{PAGE}", _("bản kê không đủ."))
    return Extract(shelf, path, page)


def require_signed(extract: Extract, keys: Keys) -> None:
    """Raises Refused("untrusted_extract") unless the source is trusted and it is its key, Refused("bad_signature")
    unless that key signed the page."""
    page, trusted = extract.page, keys.get(extract.source)
    if trusted not in (page.public_key, page.fingerprint):
        raise Refused(
            "untrusted_extract",
            _(
                "Bản trích «%(path)s» do khóa %(found)s ký; khóa ấy không có trong danh sách tin cậy cho «%(source)s»."
            )
            % {"path": extract.path, "found": signing.grouped(page.fingerprint), "source": extract.source},
            [Detail(message=_("khóa không được tin cậy"), file=extract.path)],
        )
    body = extract.shelf.read(f"{extract.path}/{PAGE}")
    written = extract.shelf.read(f"{extract.path}/{SIGNATURE}").strip()
    try:
        signature = bytes.fromhex(written.decode("ascii"))
    except ValueError:
        signature = b""
    same = manifest.from_bytes(f"{extract.path}/{PAGE}", body) == page
    if not same or not signing.is_signed(body, signature, bytes.fromhex(page.public_key)):
        raise Refused(
            "bad_signature",
            _("Chữ ký của bản trích «%(path)s» không khớp: bản kê đã bị sửa sau khi ký.")
            % {"path": extract.path},
            [Detail(message=_("chữ ký không khớp"), file=f"{extract.path}/{SIGNATURE}")],
        )


def trusted(shelf: Shelf, keys: Keys, *, partial: bool = False) -> tuple[list[Extract], list[str]]:
    """The newest extracts of the trusted sources, sound and signed, in the order of their names; and who is missing.

    What a source that is not trusted put there is refused, not passed over. Raises Refused("untrusted_extract",
    "bad_signature", "extract_damaged", "no_extracts"), and Refused("missing_source") unless `partial`.
    """
    found = newest(shelf)
    for extract in found:
        require_signed(extract, keys)
        extract.require_sound()
    missing = sorted(set(keys) - {extract.source for extract in found})
    if not found:
        raise Refused(
            "no_extracts", _("Không có bản trích nào trong «%(where)s».") % {"where": shelf.address}
        )
    if missing and not partial:
        raise Refused(
            "missing_source",
            _("Thiếu bản trích của %(count)s nguồn: %(names)s. Thêm --partial để tính với những nguồn đã có.")
            % {"count": len(missing), "names": ", ".join(missing)},
            [Detail(message=_("chưa có bản trích"), file=name) for name in missing],
        )
    return found, missing


def read_keys(text: str) -> dict[str, str]:
    """The list of trusted keys: a line for each source, «name key», # begins a remark. Raises Refused("bad_keys")."""
    keys: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), 1):
        words = line.partition("#")[0].split(maxsplit=1)
        if not words:
            continue
        digits = signing.written_key(words[1]) if len(words) == 2 else ""
        if len(digits) not in (signing.FINGERPRINT, 64) or words[0] in keys:
            raise Refused(
                "bad_keys",
                _("Danh sách khóa: mỗi dòng một nguồn, «tên khóa», khóa 64 hoặc 32 chữ số 0-9, a-f."),
                [Detail(message=_("dòng không hiểu được hoặc tên trùng"), line=number)],
            )
        keys[manifest.require_source(words[0])] = digits
    if not keys:
        raise Refused("bad_keys", _("Danh sách khóa trống."))
    return keys


def lagging(extracts: Sequence[Extract], day: str) -> list[str]:
    """Sources whose facts are of a time before the end of a day: figures up to that day may still grow."""
    return [extract.source for extract in extracts if extract.page.as_of[:10] <= day]


def other_definitions(extract: Extract, versions: Mapping[str, int], codes: Collection[str]) -> list[str]:
    """Indicators that the source itself defines in another version than here."""
    theirs: Mapping[str, Any] = extract.page.definitions
    return [code for code in codes if theirs.get(code) != versions[code]]
