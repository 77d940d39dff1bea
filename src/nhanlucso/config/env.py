"""Typed reading of the environment: every setting the operator may give, in one place."""

from __future__ import annotations

import os
import secrets
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

LATER_KEYS = (
    "sign.key",
    "pseudonym.key",
)  # of capsules; an older installation gets them with the new version
KEY_NAMES = ("secret.key", "field.key", "match.key", *LATER_KEYS)


class BadSetting(Exception):
    """A variable of the environment that cannot be used; the message says how to mend it."""


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, default)


def flag(name: str, default: bool) -> bool:
    value = os.environ.get(name, "").strip().lower()
    if value in ("", "1", "true", "yes", "0", "false", "no"):
        return default if value == "" else value in ("1", "true", "yes")
    raise BadSetting(f"{name} must be 1 or 0, not {value!r}.")


def choice(name: str, default: str, allowed: tuple[str, ...]) -> str:
    value = os.environ.get(name, "").strip().lower() or default
    if value not in allowed:
        raise BadSetting(f"{name} must be one of {', '.join(allowed)}, not {value!r}.")
    return value


def number(name: str, default: int) -> int:
    """A whole number above zero."""
    value = os.environ.get(name, "").strip()
    if value and not (value.isascii() and value.isdigit() and int(value) > 0):
        raise BadSetting(f"{name} must be a whole number above zero, not {value!r}.")
    return int(value) if value else default


def networks(name: str, default: str) -> tuple[IPv4Network | IPv6Network, ...]:
    """Addresses or networks with commas."""
    words = [word.strip() for word in text(name, default).split(",")]
    try:
        return tuple(ip_network(word) for word in words if word)
    except ValueError as problem:
        raise BadSetting(f"{name} must hold addresses or networks, with commas: {problem}.") from None


def log_shape() -> str:
    """NHANLUCSO_LOG_SHAPE: json or line; lines where somebody develops."""
    return choice(
        "NHANLUCSO_LOG_SHAPE", "line" if flag("NHANLUCSO_DEBUG", False) else "json", ("json", "line")
    )


def origin(url: str) -> str:
    """https://host[:port] of an address."""
    parts = urlsplit(url)
    if not parts.netloc:
        raise BadSetting(f"An address must begin with https://, not {url!r}.")
    return f"{parts.scheme}://{parts.netloc}"


def data_folder() -> Path:
    """NHANLUCSO_DATA: the folder of all state; default `var/` below the current folder."""
    return Path(os.environ.get("NHANLUCSO_DATA") or "var").absolute()


def key(folder: Path, name: str) -> str:
    """A secret kept in <data>/keys/<name>; before `init` made it, one for this process only."""
    path = folder / "keys" / name
    return path.read_text(encoding="ascii").strip() if path.exists() else secrets.token_urlsafe(48)


def make_keys(folder: Path, names: tuple[str, ...]) -> list[Path]:
    """Creates missing keys, readable by the owner alone, and tells which. Never replaces one. A key has its name when
    it is whole; one without a letter in it never was a key: somebody was killed while making it."""
    made = []
    keys = folder / "keys"
    keys.mkdir(parents=True, exist_ok=True, mode=0o700)
    for name in names:
        place, draft = keys / name, keys / f".{name}.{os.getpid()}"
        if place.is_file() and place.stat().st_size:
            continue
        try:
            _write_key(draft)
            draft.replace(place)
        finally:
            draft.unlink(missing_ok=True)
        made.append(place)
    return made


def _write_key(path: Path) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(48))
        file.flush()
        os.fsync(file.fileno())


def database(folder: Path) -> dict[str, Any]:
    """DATABASE_URL=postgresql://… or, without it, SQLite in the data folder (WAL, immediate transactions)."""
    url = os.environ.get("DATABASE_URL", "")
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": folder / "nhanlucso.sqlite3",
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 30,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-65536",
            },
            "TEST": {"NAME": folder / "test.sqlite3"},
        }
    parts = urlsplit(url)
    if parts.scheme not in ("postgres", "postgresql"):
        raise BadSetting(f"DATABASE_URL must begin with postgresql://, not {parts.scheme}://.")
    options = {name: values[0] for name, values in parse_qs(parts.query).items()}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or "nhanlucso",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", None) or parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }
