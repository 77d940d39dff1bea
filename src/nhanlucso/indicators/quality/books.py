"""Keeping what the rules found: once for a build, a day and the limits; a file beside the facts, ids only."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.conf import settings
from django.db.models import Count, Max
from django.utils.translation import gettext as _

from nhanlucso.indicators.builds import current_build
from nhanlucso.indicators.definitions import definitions
from nhanlucso.indicators.models import FactsBuild, QualityLimit
from nhanlucso.indicators.quality.declared import RULES
from nhanlucso.indicators.quality.findings import Book, Finding, Say, search_all, subject_of
from nhanlucso.indicators.quality.rule import Search
from nhanlucso.indicators.quality.rules import year_of
from nhanlucso.indicators.queries import open_store
from nhanlucso.jobs.services import shown
from nhanlucso.kernel.clock import local_date
from nhanlucso.kernel.locks import alone
from nhanlucso.kernel.steady import once
from nhanlucso.orgs.queries import history
from nhanlucso.people.models import DistinctPair
from nhanlucso.plans.models import Target

AT_ONCE = 150_000  # rows of facts that are searched while somebody waits for a page
_KEPT = 3
_SUFFIX = ".json"
_open: dict[str, Book] = {}


@dataclass(frozen=True, slots=True)
class Held:
    """A book as it is at hand; `fresh` unless records or settings changed since."""

    book: Book
    fresh: bool


def held_book(at: datetime) -> Held:
    """The book of now where it is made or soon made; else the last one, until somebody has it made anew."""
    return once("quality", lambda: _held(at))


def ready_book(at: datetime) -> Held | None:
    """As `held_book`, but never makes one that takes long: for pages that are about something else."""
    if _soon(current_build(at)) or _latest():
        return held_book(at)
    return None


def _held(at: datetime) -> Held:
    build = current_build(at)
    key = _key(build, at)
    found = _read(key)
    if found is None and not _soon(build) and (latest := _latest()):
        found = _read(latest.stem)
    if found is None:
        found = make_book(at)
    return Held(found, found.key == key)


def make_book(at: datetime, say: Say | None = None) -> Book:
    """Searches the records of now; one process does, the others wait for it. `say`: a job that tells how far it is;
    without one the work shows itself."""
    key = _key(current_build(at), at)
    with alone(_folder()):
        found = _read(key)
        if found is not None:
            return found
        if say is not None:
            return _made(key, at, say)
        with shown(kind="quality.check", title=_("Kiểm tra chất lượng số liệu"), by=None, at=at) as tell:
            return _made(key, at, tell)


def _made(key: str, at: datetime, say: Callable[[int, int, str], None]) -> Book:
    store, stamp = open_store()
    search = Search(store, local_date(at))
    changed: dict[str, dict[str, int]] = {}
    for rule, name, value in QualityLimit.objects.values_list("rule", "name", "value"):
        changed.setdefault(rule, {})[name] = value
    book = Book(key, stamp, search.today, search_all(search, changed, say), search.tree)
    _write(book)
    return book


def _key(build: FactsBuild, at: datetime) -> str:
    """Everything that findings depend on and the build does not hold."""
    year = year_of(local_date(at))
    said = (
        local_date(at).isoformat(),
        sorted((rule.code, rule.version) for rule in RULES.values()),
        sorted(QualityLimit.objects.values_list("rule", "name", "value")),
        DistinctPair.objects.aggregate(Count("pk"), Max("at")),
        sorted((code, one.version) for code, one in definitions().items() if one.is_composed),
        list(
            Target.objects.filter(year=year)
            .order_by("pk")
            .values_list("pk", "plan_id", "indicator", "unit_id")
        ),
    )
    return f"{build.name}-{hashlib.sha256(repr(said).encode()).hexdigest()[:16]}"


def _soon(build: FactsBuild) -> bool:
    return build.rows <= AT_ONCE


def _folder() -> Path:
    return Path(settings.DATA) / "quality"


def _latest() -> Path | None:
    """The book that was made last."""
    books = list(_folder().glob(f"*{_SUFFIX}")) if _folder().is_dir() else []
    return max(books, key=lambda path: path.stat().st_mtime_ns, default=None)


def _read(key: str) -> Book | None:
    """A book that was made, from memory or its file; its places are those of today's tree."""
    if (held := _open.get(key)) is not None:
        return held
    try:
        said = json.loads((_folder() / f"{key}{_SUFFIX}").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    findings = [_finding(*row) for row in said["findings"] if row[0] in RULES]
    day = date.fromisoformat(said["day"])
    return _keep(Book(key, said["as_of"], day, findings, history().closure(day)))


def _finding(code: str, unit: int | None, day: str | None, facts: dict[str, int | str | None]) -> Finding:
    rule = RULES[code]
    return Finding(rule, unit, date.fromisoformat(day) if day else None, subject_of(rule, facts), facts)


def _write(book: Book) -> None:
    """Writes the book beside the older ones and drops the oldest. Only the holder of the lock calls this."""
    rows = [(f.rule.code, f.unit, f.day.isoformat() if f.day else None, dict(f.facts)) for f in book.findings]
    path = _folder() / f"{book.key}{_SUFFIX}"
    draft = path.with_suffix(".draft")
    said = {"as_of": book.as_of, "day": book.day.isoformat(), "findings": rows}
    draft.write_text(json.dumps(said), encoding="utf-8")
    draft.replace(path)
    books = sorted(_folder().glob(f"*{_SUFFIX}"), key=lambda one: one.stat().st_mtime_ns)
    for old in books[:-_KEPT]:
        old.unlink(missing_ok=True)
    _keep(book)


def _keep(book: Book) -> Book:
    if len(_open) >= _KEPT:
        _open.clear()
    _open[book.key] = book
    return book
