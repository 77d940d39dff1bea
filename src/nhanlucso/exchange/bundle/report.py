"""What an import did or would do, and the problems that keep it from doing it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import ngettext

from nhanlucso.kernel.errors import Detail, Refused

LISTED_PROBLEMS = 200
LISTED_UPDATES = 10_000


@dataclass(slots=True)
class FileCount:
    created: int = 0
    updated: int = 0
    unchanged: int = 0

    def as_json(self) -> dict[str, int]:
        return {"created": self.created, "updated": self.updated, "unchanged": self.unchanged}


@dataclass(frozen=True, slots=True)
class Update:
    """A known row with other content: its key and the names of the changed columns, never their values."""

    file: str
    key: Mapping[str, str]
    columns: tuple[str, ...]

    def as_json(self) -> dict[str, object]:
        return {"file": self.file, "key": dict(self.key), "columns": list(self.columns)}


@dataclass(slots=True)
class ImportReport:
    """Rows per file; at most LISTED_UPDATES updates and LISTED_PROBLEMS warnings are listed, all are counted."""

    source: str
    dry_run: bool
    files: dict[str, FileCount] = field(default_factory=dict)
    updates: list[Update] = field(default_factory=list)
    warnings: list[Detail] = field(default_factory=list)
    warning_count: int = 0

    @property
    def created(self) -> int:
        return sum(count.created for count in self.files.values())

    @property
    def updated(self) -> int:
        return sum(count.updated for count in self.files.values())

    @property
    def unchanged(self) -> int:
        return sum(count.unchanged for count in self.files.values())

    def add_update(self, update: Update) -> None:
        if len(self.updates) < LISTED_UPDATES:
            self.updates.append(update)

    def warn(self, warning: Detail) -> None:
        self.warning_count += 1
        if len(self.warnings) < LISTED_PROBLEMS:
            self.warnings.append(warning)

    def as_json(self) -> dict[str, object]:
        return {
            "source": self.source,
            "dry_run": self.dry_run,
            "created": self.created,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "files": {name: count.as_json() for name, count in self.files.items()},
            "updates": [update.as_json() for update in self.updates],
            "warnings": [warning.as_json() for warning in self.warnings],
            "warning_count": self.warning_count,
        }


class Problems:
    """Collects what must be mended, so that it is all told at once; the first one gives the code."""

    def __init__(self) -> None:
        self.code = ""
        self.count = 0
        self.details: list[Detail] = []

    def __bool__(self) -> bool:
        return self.count > 0

    def add(self, code: str, detail: Detail) -> None:
        self.code = self.code or code
        self.count += 1
        if len(self.details) < LISTED_PROBLEMS:
            self.details.append(detail)

    def refuse(self) -> None:
        """Raises Refused if there is any problem."""
        if not self:
            return
        message = ngettext(
            "Gói dữ liệu có %(count)d chỗ phải sửa; chưa ghi gì.",
            "Gói dữ liệu có %(count)d chỗ phải sửa; chưa ghi gì.",
            self.count,
        )
        raise Refused(self.code, message % {"count": self.count}, self.details)
