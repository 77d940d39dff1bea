"""The languages of the interface: the source is Vietnamese, every other one is a folder with a catalogue."""

from __future__ import annotations

import re
from pathlib import Path

from django.conf.locale import LANG_INFO

SOURCE = ("vi", "Tiếng Việt")
_NAME = re.compile(r'^"X-Language-Name:\s*(.+?)\\n"$', re.MULTILINE)


def languages(folder: Path) -> list[tuple[str, str]]:
    """Vietnamese, then whatever `<folder>/<language>/LC_MESSAGES/django.po` is there, by code; each (code, its own
    name). A language that Django does not know is named by the header X-Language-Name of its catalogue."""
    found = sorted(folder.glob("*/LC_MESSAGES/django.po"))
    others = [(path.parents[1].name.replace("_", "-").lower(), path) for path in found]
    return [SOURCE, *((code, _named(code, path)) for code, path in others if code != SOURCE[0])]


def _named(code: str, path: Path) -> str:
    header = _NAME.search(path.read_text(encoding="utf-8"))
    known = LANG_INFO.get(code) or LANG_INFO.get(code.partition("-")[0]) or {}
    name = header[1] if header else str(known.get("name_local", code))
    return name[:1].upper() + name[1:]
