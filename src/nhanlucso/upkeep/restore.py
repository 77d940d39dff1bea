"""Putting a backup into an empty place: all of it, verified, or nothing."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO

from nhanlucso.kernel.errors import Refused
from nhanlucso.upkeep import archive, keys
from nhanlucso.upkeep.archive import Damaged, Member
from nhanlucso.upkeep.drafts import draft
from nhanlucso.upkeep.manifest import Keys, Manifest
from nhanlucso.upkeep.places import (
    Database,
    data_folder,
    database,
    kept_folders,
    key_names,
    known_migrations,
)
from nhanlucso.upkeep.verify import damaged, opened, require_known, verified


def restore_backup(path: Path, keys_file: Path) -> Manifest:
    """Restores the database, the stored files and the keys of a backup; returns what it said of itself.

    Every byte is compared before anything is written; then all is unpacked into a draft folder, every table counted,
    and moved into place, the database last. Raises Refused("not_a_backup", "newer_backup", "wrong_keys",
    "keys_missing", "bad_keys", "damaged_backup", "other_database", "not_empty", "cannot_read", "cannot_write",
    "no_pg_dump", "pg_failed").
    """
    place = database()
    with _open(path) as source:
        held = keys.read_file(keys_file)
        found = opened(source, held)
        require_known(found, known_migrations())
        if (found.vendor, found.database.name) != (place.vendor, place.member):
            raise Refused(
                "other_database",
                f"Bản sao lưu là của {found.vendor}, ở đây dùng {place.vendor}. Để chuyển sang cơ sở dữ liệu khác, "
                "dùng nhanlucso bundle export và bundle import.",
            )
        _require_empty(place, held)
        source.seek(0)
        verified(source, held)
        source.seek(0)
        try:
            with _folder(data_folder()), draft(data_folder()) as folder:
                _unpack(source, held, folder)
                prepared = place.prepare(folder / place.member, found.contents)
                _require_empty(place, held)
                _put(folder, place, prepared)
        except OSError as problem:
            reason = problem.strerror or problem
            raise Refused("cannot_write", f"Không ghi được vào «{data_folder()}»: {reason}.") from problem
    return found


@contextmanager
def _open(path: Path) -> Iterator[IO[bytes]]:
    try:
        source = path.open("rb")
    except OSError as problem:
        raise Refused("cannot_read", f"Không đọc được «{path}»: {problem.strerror}.") from problem
    with source:
        yield source


def _require_empty(place: Database, held: Keys) -> None:
    place.require_empty()
    for folder in kept_folders().values():
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise Refused(
                "not_empty", f"«{folder}» đang chứa tệp; chỉ khôi phục vào thư mục chưa có dữ liệu."
            )
    here = keys.present(data_folder(), key_names())
    if any(held.get(name) != text for name, text in here.items()):
        raise Refused(
            "not_empty",
            f"«{keys.keys_folder(data_folder())}» đang giữ khóa khác với bản sao lưu; cất chúng đi chỗ khác trước.",
        )


@contextmanager
def _folder(data: Path) -> Iterator[None]:
    """The data folder is there inside; made for the purpose it goes again if nothing came to be in it."""
    made = not data.exists()
    data.mkdir(parents=True, exist_ok=True)
    try:
        yield
    finally:
        if made and not any(data.iterdir()):
            data.rmdir()


def _unpack(source: IO[bytes], held: Keys, folder: Path) -> None:
    """Writes all members below `folder`, comparing them once more, and the keys."""
    found = opened(source, held)
    with ExitStack() as last:

        def place(member: Member) -> Callable[[bytes], object]:
            last.close()
            path = folder / member.name
            path.parent.mkdir(parents=True, exist_ok=True)
            return last.enter_context(path.open("xb")).write

        try:
            archive.read_members(source, found.members, place)
        except Damaged as problem:
            raise damaged(problem) from None
    keys.write_folder(folder / "keys", held)


def _put(folder: Path, place: Database, prepared: Path) -> None:
    """Moves everything into place; the database last, because with it the place is no longer empty."""
    moved: list[Path] = []
    try:
        for source, target in _moves(folder):
            if target.is_dir():
                target.rmdir()
            source.rename(target)
            moved.append(target)
        place.commit(prepared)
    except BaseException:
        for target in moved:
            _remove(target)
        raise


def _moves(folder: Path) -> Iterator[tuple[Path, Path]]:
    """From where to where. Of keys that are there already, and were found equal, only the missing ones are added."""
    source, target = folder / "keys", keys.keys_folder(data_folder())
    if target.is_dir() and any(target.iterdir()):
        yield from ((key, target / key.name) for key in source.iterdir() if not (target / key.name).exists())
    else:
        yield source, target
    for name, target in kept_folders().items():
        if (folder / name).exists():
            yield folder / name, target


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
