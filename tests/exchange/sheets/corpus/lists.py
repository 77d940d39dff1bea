"""All lists of the corpus."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tests.exchange.sheets.corpus import attendance, counts, habits, results
from tests.exchange.sheets.corpus.attendance import AttendanceMaker
from tests.exchange.sheets.corpus.pages import Made
from tests.exchange.sheets.corpus.staff import UNIT_WAYS, StaffMaker

_HABITS = [(key, name) for key, known in habits.OF.items() for name in known]
_LEGACY = ["tcvn3", "vni", "windows-1258", "viqr"]


def corpus(family: str = "") -> Iterator[Made]:
    """The lists of one family, or all; always the same."""
    for name in [family] if family else FAMILIES:
        yield from _MAKERS[name]()


def _staff() -> Iterator[Made]:
    for seed in range(70):
        yield StaffMaker(seed).make()
    for number, way in enumerate(dict.fromkeys(UNIT_WAYS)):
        yield StaffMaker(100 + number, unit_way=way).make()


def _habits() -> Iterator[Made]:
    for number, (key, habit) in enumerate(_HABITS):
        yield StaffMaker(200 + number, ".xlsx", habits={key: habit}).make()


def _legacy() -> Iterator[Made]:
    for number in range(12):
        encoding = _LEGACY[number % 4]
        suffixes = [".xls", ".xlsx", ".csv"] if encoding != "viqr" else [".xlsx", ".csv", ".xls"]
        yield StaffMaker(300 + number, suffixes[number // 4], encoding=encoding).make()


def _attendance() -> Iterator[Made]:
    for seed in range(2 * max(len(attendance.ONE_ROW), len(attendance.TWO_HALVES))):
        yield AttendanceMaker(seed).make()


def _results() -> Iterator[Made]:
    for seed in range(2 * len(results.SHAPES)):
        yield results.make(seed)


def _counts() -> Iterator[Made]:
    for seed in range(15):
        yield counts.make(seed)


def _documents() -> Iterator[Made]:
    for number, suffix in enumerate([".html", ".docx", ".xml"] * 5):
        yield StaffMaker(400 + number, suffix).make()
    for number, suffix in enumerate([".html", ".docx", ".xml"]):
        yield AttendanceMaker(50 + number, suffix).make()
        yield results.make(50 + number, suffix)
        yield counts.make(50 + number, suffix)


_MAKERS: dict[str, Callable[[], Iterator[Made]]] = {
    "staff": _staff,
    "habits": _habits,
    "legacy": _legacy,
    "attendance": _attendance,
    "results": _results,
    "counts": _counts,
    "documents": _documents,
}
FAMILIES = tuple(_MAKERS)
