"""The second step: what was understood of a list, beside the list as it is; what is wrong can be said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from nhanlucso.exchange.enums import ImportState
from nhanlucso.exchange.lists.kept import Kept
from nhanlucso.exchange.lists.original import HEAD, LISTED, OTHER, WIDEST
from nhanlucso.exchange.lists.queries import own_imports, remembered
from nhanlucso.exchange.lists.services import confirm, correct, forget
from nhanlucso.exchange.sheets.meanings import Field
from nhanlucso.kernel.clock import now
from nhanlucso.kernel.permissions import Permission
from nhanlucso.web.imports.flow import READ_STEP, Opened, opened, stepped
from nhanlucso.web.imports.forms import SaidForm
from nhanlucso.web.imports.words import (
    field_words,
    kind_words,
    meanings,
    problem_kind,
    problem_of,
    sensitive_words,
    sheet_words,
    value_words,
)
from nhanlucso.web.kit.asking import scope_of
from nhanlucso.web.kit.doors import needs

ASKED_LATER = ("unknown_unit", "ambiguous_unit", "ambiguous_person", "uncertain_person")  # the next step
ASKS_CATEGORY, ASKS_CLASS = "category_unknown", ("mark_session_unclear", "mark_without_session")


@dataclass(slots=True)
class Heading:
    """A column by its heading, on all sheets: what it is taken for (`offered`: so may be said of any), its first
    values."""

    name: str
    heading: str
    meaning: str
    words: str
    offered: bool
    values: list[str] = field(default_factory=list)
    corrected: bool = False


@dataclass(frozen=True, slots=True)
class Window:
    """Some rows of the sheet as it is, with what was read of each."""

    sheet: str
    rows: list[
        tuple[int, str, list[tuple[str, int]], list[str]]
    ]  # number, kind, cells with their width, read
    keys: list[str]
    number: int
    pages: int
    hidden: int


@needs(Permission.IMPORT_LISTS)
def read_step(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What was understood; sent, what is said otherwise, or that it is right."""
    found = opened(request, uid)
    form = None
    if found.reading is not None:
        data = request.POST if request.method == "POST" else None
        seen = found.reading.summary["kind"]
        form = SaidForm(data, scope=found.scope, item=found.item, seen=seen)
    if request.method == "POST" and form is not None and form.is_valid():
        item = correct(uid=uid, said=form.said(_corrections(request, found)), by=found.scope, at=now())
        stays = "stay" in request.POST or (item.job is not None and item.job.is_open)
        if not stays:
            confirm(uid=uid, by=found.scope, at=now())
        return redirect("import-read" if stays else "list-import", uid=uid)
    return stepped(request, found, READ_STEP, "imports/_read.html", _context(request, found, form))


@needs(Permission.IMPORT_LISTS)
@require_POST
def forget_shape(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Forgets what was said of lists of this shape before."""
    forget(uid=uid, by=scope_of(request), at=now())
    return redirect("import-read", uid=uid)


def _context(request: HttpRequest, found: Opened, form: SaidForm | None) -> dict[str, object]:
    if found.reading is None or form is None:
        return {}
    summary = found.reading.summary
    codes = {group["code"] for group in summary["problems"]}
    headings = _headings(found)
    return {
        "form": form,
        "kind": kind_words(summary["kind"]),
        "headings": [heading for heading in headings if not heading.meaning.startswith("marks ")],
        "days": [heading for heading in headings if heading.meaning.startswith("marks ")],
        "meanings": meanings(),
        "dropped": {d["header"]: sensitive_words(d["reason"]) for d in summary["dropped"]},
        "problems": [group for group in problems_of(found.reading) if group["code"] not in ASKED_LATER],
        "asks_category": ASKS_CATEGORY in codes or bool(found.item.category),
        "asks_class": bool(codes.intersection(ASKS_CLASS)) or found.item.training_class_id is not None,
        "window": _window(found.reading, request.GET.get("trang", "")),
        "before": remembered(found.scope, found.item.shape) if found.item.corrections else None,
        "written_before": own_imports(found.scope)
        .filter(upload__sha256=found.item.upload.sha256, state=ImportState.WRITTEN)
        .exclude(pk=found.item.pk)
        .first(),
    }


def _headings(found: Opened) -> list[Heading]:
    assert found.reading is not None
    by_heading: dict[str, Heading] = {}
    offered = {value for value, _words in meanings()}
    for column in found.reading.summary["columns"]:
        text = column["heading"]
        if text not in by_heading:
            name = f"column-{len(by_heading)}"
            meaning = "" if column["field"] == Field.OTHER else column["field"]
            by_heading[text] = Heading(name, text, meaning, field_words(meaning), meaning in offered)
            by_heading[text].corrected = text in found.item.corrections
        by_heading[text].values = by_heading[text].values or column["values"]
    return list(by_heading.values())


def _corrections(request: HttpRequest, found: Opened) -> dict[str, str]:
    """What was said of columns before, and what is now said otherwise than it was understood."""
    said = dict(found.item.corrections)
    for heading in _headings(found):
        chosen = request.POST.get(heading.name)
        if chosen is not None and chosen != heading.meaning:
            said[heading.heading] = chosen
    return said


def problems_of(reading: Kept) -> list[dict[str, object]]:
    """Problems by kind: what they have in common, how many, where the first ones are."""
    several = len(reading.summary["sheets"]) > 1
    groups = []
    for group in reading.summary["problems"]:
        places = [
            {
                "sheet": sheet_words(place["sheet"], reading.summary["stem"]) if several else "",
                "row": place["row"],
                "message": problem_of(place).message,
            }
            for place in group["places"]
        ]
        groups.append(
            {
                "code": group["code"],
                "words": problem_kind(group["code"]),
                "count": group["count"],
                "places": places,
                "more": group["count"] - len(places),
            }
        )
    return groups


def _window(reading: Kept, asked: str) -> Window:
    pages = reading.page_count("original")
    number = min(max(int(asked), 1), pages) if asked.isdecimal() else _first_listed(reading)
    rows = reading.page("original", number)
    keys = reading.summary["keys"]
    widest = max((len(cells) for _sheet, _row, _kind, cells, _read_of in rows), default=0)
    shown = [
        (row, kind, _spread(cells, kind, widest), _read(keys, read))
        for _sheet, row, kind, cells, read in rows
    ]
    sheet = rows[0][0] if rows else ""
    hidden = max(0, reading.summary["sheets"].get(sheet, 0) - WIDEST)
    name = sheet_words(sheet, reading.summary["stem"])
    return Window(name, shown, [field_words(key) for key in keys], number, pages, hidden)


def _spread(cells: list[str], kind: str, widest: int) -> list[tuple[str, int]]:
    """Cells with the columns that they take: the last of a line of title runs on as far as the sheet is wide, so that
    no column is as wide as the title."""
    spread = [(cell, 1) for cell in cells]
    if spread and kind == OTHER:
        spread[-1] = (cells[-1], widest - len(cells) + 1)
    return spread


def _read(keys: list[str], read: dict[str, Any] | None) -> list[str]:
    return [value_words(key, read.get(key)) for key in keys] if read is not None else []


def _first_listed(reading: Kept) -> int:
    """The page on which the list begins: before it there is only what stands above."""
    for number, page in enumerate(_first_pages(reading), start=1):
        if any(kind in (HEAD, LISTED) for _sheet, _row, kind, _cells, _read in page):
            return number
    return 1


def _first_pages(reading: Kept) -> Iterator[list[Any]]:
    for number in range(1, min(5, reading.page_count("original")) + 1):
        yield reading.page("original", number)
