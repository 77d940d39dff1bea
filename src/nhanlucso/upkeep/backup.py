"""A safe copy while the product runs: one file, whole or not there, and the keys beside it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.db import DatabaseError

from nhanlucso import __version__
from nhanlucso.audit.chain import newest_anchor
from nhanlucso.audit.sealing import seal_all
from nhanlucso.audit.services import record
from nhanlucso.kernel.errors import Refused
from nhanlucso.upkeep import archive, keys, manifest
from nhanlucso.upkeep.archive import Member
from nhanlucso.upkeep.drafts import draft, give_name
from nhanlucso.upkeep.manifest import Manifest
from nhanlucso.upkeep.places import (
    data_folder,
    database,
    kept_folders,
    key_names,
    migrations,
    require_database,
    required_keys,
)
from nhanlucso.upkeep.verify import verified

_SHA256_DIGITS = 64


@dataclass(frozen=True, slots=True)
class Made:
    """A finished backup. `left_out` names uploads that were not whole: still arriving, or broken before."""

    path: Path
    keys: Path
    size: int
    manifest: Manifest
    left_out: tuple[str, ...]


def make_backup(path: Path, *, by: int | None, at: datetime) -> Made:
    """Writes the copy to `path` and the keys to `path`.keys; neither may exist.

    Everything is read back and compared before the files get their names. The database is not changed but for the
    audit event, and not brought up to date. Raises Refused("exists", "cannot_write", "no_database", "keys_missing",
    "damaged_database", "no_pg_dump", "pg_failed").
    """
    path = path.absolute()
    keys_file = keys.default_keys_file(path)
    _clear_away(path, keys_file)
    for place in (path, keys_file):
        if place.exists() or place.is_symlink():
            raise Refused("exists", f"«{place}» đã có; bản sao lưu không ghi đè. Chọn tên khác.")
    if not path.parent.is_dir():  # making it might fill the system disk where a medium is not mounted
        raise Refused("cannot_write", f"Không có thư mục «{path.parent}».")
    require_database()
    held = _keys()
    anchor = _record(by, at)
    try:
        with draft(path.parent) as folder:
            made, left_out = _write(folder, held, at, anchor)
            keys.write_file(folder / "keys", held)
            _name(folder, path, keys_file)
    except FileExistsError:
        raise Refused("exists", f"«{path}» vừa được tạo ở nơi khác; bản sao lưu không ghi đè.") from None
    except OSError as problem:
        raise Refused(
            "cannot_write", f"Không sao lưu được vào «{path}»: {problem.strerror or problem}."
        ) from problem
    except archive.Changed as problem:
        raise Refused("changed", f"Tệp «{problem}» thay đổi trong khi sao chép; hãy chạy lại.") from problem
    return Made(path, keys_file, path.stat().st_size, made, left_out)


def _clear_away(path: Path, keys_file: Path) -> None:
    """The keys get their name first. Whoever was killed between the two left them alone; where they are ours of today
    nothing goes with them."""
    if path.exists() or not keys_file.is_file():
        return
    try:
        if keys.read_file(keys_file) == _keys():
            keys_file.unlink()
    except (Refused, OSError):  # somebody else's file, and not to be touched
        return


def _record(by: int | None, at: datetime) -> str:
    """Notes the act and seals the log; gives the newest seal. Not if the database is of another version: then its
    events may have another shape, and the copy must be possible before it is brought up to date."""
    try:
        if not migrations().agree:
            return ""
        record(verb="backup.make", object_type="installation", object_id="", by=by, at=at)
        seal_all(at)
        return str(newest_anchor() or "")
    except DatabaseError as problem:
        raise Refused("no_database", f"Cơ sở dữ liệu không ghi hoặc không đọc được: {problem}") from problem


def _keys() -> dict[str, str]:
    held = keys.present(data_folder(), key_names())
    missing = sorted(set(required_keys()) - set(held))
    if missing:
        raise Refused(
            "keys_missing", f"Thiếu khóa {', '.join(missing)} trong «{keys.keys_folder(data_folder())}»."
        )
    return held


def _write(folder: Path, held: manifest.Keys, at: datetime, anchor: str) -> tuple[Manifest, tuple[str, ...]]:
    source = database()
    copy = folder / source.member
    contents = source.copy(copy)
    files = [(archive.measure(source.member, copy), copy)]
    # After the database: whatever its rows name has arrived by then.
    kept, left_out = _kept()
    files += kept
    made = Manifest(
        product=__version__,
        made_at=at.astimezone(UTC).isoformat(timespec="seconds"),
        vendor=source.vendor,
        contents=contents,
        keys=manifest.fingerprints(held),
        members=tuple(member for member, _ in files),
        anchor=anchor,
    )
    text = manifest.to_bytes(made)
    with (folder / "backup").open("xb") as target:
        os.chmod(target.fileno(), 0o600)
        archive.write(target, text, manifest.seal(text, held), files)
    with (folder / "backup").open("rb") as written:
        verified(written, held)
    return made, left_out


def _kept() -> tuple[list[tuple[Member, Path]], tuple[str, ...]]:
    """The stored files; those that bear the hash of their content must have it, others are not whole yet."""
    whole, left_out = [], []
    for name, folder in kept_folders().items():
        for path in sorted(folder.rglob("*")):
            if path.is_symlink() or not path.is_file():
                continue
            member = archive.measure(f"{name}/{path.relative_to(folder).as_posix()}", path)
            if len(path.stem) == _SHA256_DIGITS and path.stem != member.sha256:
                left_out.append(member.name)
            else:
                whole.append((member, path))
    return whole, tuple(left_out)


def _name(folder: Path, path: Path, keys_file: Path) -> None:
    """The keys first, so that a backup never stands without them; none of both if one cannot be named."""
    give_name(folder / "keys", keys_file)
    try:
        give_name(folder / "backup", path)
    except OSError:
        keys_file.unlink()
        raise
