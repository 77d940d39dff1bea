"""The rows of a list by what becomes of them: certain, new, left out, asked about; on pages, and as a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from nhanlucso.exchange.lists.keeping import CERTAIN, DOUBTS, NEW, SKIPPED
from nhanlucso.exchange.lists.kept import Kept
from nhanlucso.exchange.lists.rules import NEW as IS_NEW
from nhanlucso.exchange.lists.rules import SKIP, decided
from nhanlucso.exchange.sheets.problems import TEMPLATES
from nhanlucso.kernel.permissions import Permission
from nhanlucso.web.imports.flow import ASK_STEP, Opened, opened, stepped
from nhanlucso.web.imports.words import problem_kind, sheet_words
from nhanlucso.web.kit.doors import needs
from nhanlucso.web.kit.lists import Listing, listing
from nhanlucso.web.templatetags.names import column_names

GROUPS = {"chac-chan": CERTAIN, "nguoi-moi": NEW, "bo-qua": SKIPPED, "da-hoi": DOUBTS}
_WORDS = {
    CERTAIN: gettext_lazy("Chắc chắn"),
    NEW: gettext_lazy("Người mới"),
    SKIPPED: gettext_lazy("Bỏ qua"),
    DOUBTS: gettext_lazy("Chưa chắc"),
}
_DOUBTS_ON_A_PAGE = 50


@needs(Permission.IMPORT_LISTS)
def group(request: HttpRequest, uid: UUID, name: str) -> HttpResponse:
    """The rows of one outcome, page by page."""
    found, reading = _opened(request, uid, name)
    wanted = request.GET.get("trang", "")
    pages = _page_count(reading, GROUPS[name])
    number = min(max(int(wanted), 1), max(pages, 1)) if wanted.isdecimal() else 1
    context = outcome_counts(reading) | {"name": name, "number": number, "pages": pages}
    context |= {"lines": list(_page(found, reading, GROUPS[name], number)), "column": _column(GROUPS[name])}
    return stepped(request, found, ASK_STEP, "imports/_group.html", context)


@needs(Permission.IMPORT_LISTS)
@require_POST
def group_file(request: HttpRequest, uid: UUID, name: str) -> HttpResponse:
    """All rows of one outcome as a file."""
    found, reading = _opened(request, uid, name)
    several = len(reading.summary["sheets"]) > 1
    stem = reading.summary["stem"]
    head = [*([_("Trang tính")] if several else []), _("Dòng"), _("Người"), _column(GROUPS[name])]
    rows = [
        [*([sheet_words(line["sheet"], stem)] if several else []), line["row"], line["name"], line["told"]]
        for line in _every(found, reading, GROUPS[name])
    ]
    title = f"{_WORDS[GROUPS[name]]} – {found.item.upload.name}"
    return listing(request, Listing(title, head, rows, subject=("list", str(uid))))


def outcome_counts(reading: Kept) -> dict[str, object]:
    """The outcomes that rows have, each with its word and number."""
    counts = [(name, str(_WORDS[of]), reading.count(of)) for name, of in GROUPS.items()]
    return {"counts": [line for line in counts if line[2]]}


def _opened(request: HttpRequest, uid: UUID, name: str) -> tuple[Opened, Kept]:
    found = opened(request, uid)
    if found.reading is None or name not in GROUPS:
        raise Http404
    return found, found.reading


def _page_count(reading: Kept, outcome: str) -> int:
    if outcome == DOUBTS:
        return -(-reading.count(DOUBTS) // _DOUBTS_ON_A_PAGE)
    return reading.page_count(outcome)


def _column(outcome: str) -> str:
    """What is told of each row."""
    return {DOUBTS: _("Quyết định"), SKIPPED: _("Vì sao")}.get(outcome, _("Thay đổi"))


def _page(found: Opened, reading: Kept, outcome: str, number: int) -> Iterator[dict[str, Any]]:
    if outcome != DOUBTS:
        return _told(found, outcome, reading.page(outcome, number))
    first = (number - 1) * _DOUBTS_ON_A_PAGE
    places = range(first, min(first + _DOUBTS_ON_A_PAGE, reading.count(DOUBTS)))
    return _told(found, outcome, (reading.entry(DOUBTS, place) for place in places), first)


def _every(found: Opened, reading: Kept, outcome: str) -> Iterator[dict[str, Any]]:
    return _told(found, outcome, reading.every(outcome))


def _told(
    found: Opened, outcome: str, lines: Iterable[dict[str, Any]], first: int = 0
) -> Iterator[dict[str, Any]]:
    """The lines, each with what is told of it in words; doubts with their place among them (from 1)."""
    said = decided(found.item.decisions) if outcome == DOUBTS else {}
    for place, line in enumerate(lines, start=first + 1):
        if outcome == DOUBTS:
            told = _decision(line, said.get((line["sheet"], line["row"]), ""))
        elif outcome == SKIPPED:
            told = problem_kind(line["code"]) if line["code"] in TEMPLATES else ""
        else:
            told = _changed(line, outcome)
        yield line | {"place": place, "told": told}


def _decision(line: dict[str, Any], choice: str) -> str:
    names = {one["uid"]: one["full_name"] for one in line["candidates"]}
    ways = {"": _("chưa quyết định"), IS_NEW: _("Người mới"), SKIP: _("Bỏ qua")}
    return ways[choice] if choice in ways else str(names.get(choice, choice))


def _changed(line: dict[str, Any], outcome: str) -> str:
    if line["columns"]:
        return column_names(line["columns"])
    return _("thêm mới") if outcome == NEW else _("giữ nguyên")
