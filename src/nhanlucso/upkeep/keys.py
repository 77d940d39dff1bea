"""The keys of an installation, in its data folder and in a file of their own that belongs elsewhere."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path

from nhanlucso.kernel.errors import Refused
from nhanlucso.upkeep.manifest import Keys

FORMAT, VERSION = "nhanlucso-keys", 1


def keys_folder(data: Path) -> Path:
    return data / "keys"


def default_keys_file(backup: Path) -> Path:
    """Beside the backup: PATH.keys."""
    return backup.with_name(f"{backup.name}.keys")


def present(data: Path, names: Sequence[str]) -> dict[str, str]:
    """The keys that the data folder holds."""
    paths = [(name, keys_folder(data) / name) for name in names]
    return {name: path.read_text(encoding="ascii").strip() for name, path in paths if path.is_file()}


def write_file(path: Path, keys: Keys) -> None:
    """A new file with all keys, for the owner's eyes alone."""
    document = {"format": FORMAT, "version": VERSION, "keys": dict(sorted(keys.items()))}
    write_private(path, json.dumps(document, indent=1) + "\n")


def read_file(path: Path) -> dict[str, str]:
    """Raises Refused("keys_missing", "bad_keys")."""
    try:
        document = json.loads(path.read_text(encoding="ascii"))
        if document["format"] != FORMAT or document["version"] != VERSION:
            raise ValueError
        keys = {name: str(text) for name, text in document["keys"].items()}
    except OSError as problem:
        raise Refused(
            "keys_missing",
            f"Không đọc được tệp khóa «{path}» ({problem.strerror}). Khóa được cất riêng khi sao lưu; "
            "hãy chỉ ra nó bằng --keys.",
        ) from problem
    except (ValueError, TypeError, KeyError, AttributeError):
        raise Refused("bad_keys", f"«{path}» không phải tệp khóa của bản sao lưu.") from None
    if not keys or any(Path(name).name != name for name in keys):
        raise Refused("bad_keys", f"«{path}» không phải tệp khóa của bản sao lưu.")
    return keys


def write_folder(folder: Path, keys: Keys) -> None:
    """The keys as an installation holds them, one file each."""
    folder.mkdir(mode=0o700)
    for name, text in keys.items():
        write_private(folder / name, text)


def write_private(path: Path, text: str) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
