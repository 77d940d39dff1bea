"""Judging the file of a backup before anything is done with it."""

from __future__ import annotations

import hmac
from typing import IO

from nhanlucso import __version__
from nhanlucso.kernel.errors import Refused
from nhanlucso.upkeep import archive, manifest
from nhanlucso.upkeep.archive import Damaged, Foreign
from nhanlucso.upkeep.manifest import Keys, Manifest, Newer


def opened(source: IO[bytes], keys: Keys) -> Manifest:
    """The manifest, with its seal found right; `source` stands at the first member afterwards.

    Raises Refused("not_a_backup", "newer_backup", "wrong_keys", "damaged_backup").
    """
    try:
        text, seal = archive.read_opening(source)
        found = manifest.from_bytes(text)
    except Foreign:
        raise Refused("not_a_backup", "Tệp này không phải bản sao lưu của nhanlucso.") from None
    except Newer as problem:
        raise Refused("newer_backup", _too_new(str(problem))) from None
    except Damaged as problem:
        raise damaged(problem) from None
    if found.keys != manifest.fingerprints(keys):
        raise Refused("wrong_keys", "Tệp khóa không thuộc về bản sao lưu này. Chỉ ra tệp đúng bằng --keys.")
    if not hmac.compare_digest(seal, manifest.seal(text, keys)):
        raise damaged(Damaged(archive.MANIFEST))
    return found


def verified(source: IO[bytes], keys: Keys) -> Manifest:
    """As `opened`, with every byte of every member compared, to the end of the file."""
    found = opened(source, keys)
    try:
        archive.read_members(source, found.members)
    except Damaged as problem:
        raise damaged(problem) from None
    return found


def require_known(found: Manifest, known: frozenset[str]) -> None:
    """Raises Refused("newer_backup") if the database went through migrations that this version does not have."""
    if not set(found.contents.migrations) <= known:
        raise Refused("newer_backup", _too_new(found.product))


def damaged(problem: Damaged) -> Refused:
    where = f" (tại «{problem}»)" if str(problem) else ""
    return Refused(
        "damaged_backup", f"Bản sao lưu bị hỏng, bị cắt cụt hoặc bị sửa{where}; hãy dùng bản sao khác."
    )


def _too_new(product: str) -> str:
    return f"Bản sao lưu do phiên bản mới hơn tạo ra ({product}; ở đây là {__version__}). Nâng cấp rồi khôi phục lại."
