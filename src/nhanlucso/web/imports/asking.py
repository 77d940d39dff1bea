"""The third step: only what is in doubt. Names of units first, then rows that may mean somebody known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from nhanlucso.exchange.enums import ImportState
from nhanlucso.exchange.lists.keeping import DOUBTS
from nhanlucso.exchange.lists.rules import SKIP, decided
from nhanlucso.exchange.lists.services import decide, decide_units, recount, take_back
from nhanlucso.exchange.sheets.reasons import in_words
from nhanlucso.exchange.sheets.understanding import STAFF
from nhanlucso.kernel.clock import now
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.text import fold
from nhanlucso.orgs.models import Unit
from nhanlucso.orgs.queries import find_units, history
from nhanlucso.web.imports.flow import ASK_STEP, Opened, opened, stepped
from nhanlucso.web.imports.groups import outcome_counts
from nhanlucso.web.imports.words import field_words, sheet_words, value_words
from nhanlucso.web.kit.asking import scope_of
from nhanlucso.web.kit.doors import needs
from nhanlucso.web.kit.wording import day

PEOPLE = "nguoi"  # go on to people although names of units are unanswered
_NAMES_ON_A_PAGE = 30
_FOUND = 8  # units shown of those that a search finds
_COMPARED = {"full_name": "full_name", "birth_date": "birth", "unit": "unit", "title": "title"}


@dataclass(frozen=True, slots=True)
class Choice:
    """A person whom a row may mean: facts with whether they differ from the row's, why, how probable."""

    uid: str
    name: str
    facts: list[tuple[str, str, bool]]
    reasons: list[str]
    percent: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Doubt:
    """A row that may mean somebody: place among the doubts (from 1), sheet and row (`sheet` to
    be shown, where there are several), what it says, the candidates, what is decided."""

    place: int
    key: tuple[str, int]
    sheet: str
    row: int
    name: str
    facts: list[tuple[str, str]]
    choices: list[Choice]
    choice: str
    may_be_new: bool


@needs(Permission.IMPORT_LISTS)
def ask_step(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The next doubt, or the one asked for."""
    found = opened(request, uid)
    if found.reading is None or found.item.state == ImportState.READ:
        return redirect("import-read", uid=uid)
    if found.settled:
        return redirect("import-done", uid=uid)
    context = outcome_counts(found.reading)
    if found.unknown_units and request.GET.get("ve") != PEOPLE and not request.GET.get("dong"):
        context |= _units(request, found) | {"answered": _answered(found)}
        return stepped(request, found, ASK_STEP, "imports/_units.html", context)
    context |= {"doubt": _doubt(request, found), "answered": _answered(found)}
    context |= {"left": len(found.undecided), "all": len(found.doubts)}
    return stepped(request, found, ASK_STEP, "imports/_ask.html", context)


@needs(Permission.IMPORT_LISTS)
@require_POST
def decide_row(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Keeps one decision and leads to the next doubt; or takes the last one back and leads there."""
    by = scope_of(request)
    if "back" in request.POST:
        key = take_back(uid=uid, by=by, at=now())
        return _at(uid, opened(request, uid).doubts.index(key) if key else None)
    sheet, row = request.POST.get("sheet", ""), request.POST.get("row", "")
    if not row.isdecimal():
        raise Http404
    decide(uid=uid, key=(sheet, int(row)), choice=request.POST.get("choice", ""), by=by, at=now())
    found = opened(request, uid)
    here = found.doubts.index((sheet, int(row)))
    if not request.POST.get("choice"):
        return _at(uid, here)
    return _at(uid, next((place for place in found.undecided if place > here), None))


def _at(uid: UUID, place: int | None) -> HttpResponse:
    """The doubt at this place (from 0), else the first that is undecided."""
    words = f"dong={place + 1}" if place is not None else f"ve={PEOPLE}"
    return redirect(f"{reverse(ASK_STEP, args=[uid])}?{words}")


@needs(Permission.IMPORT_LISTS)
@require_POST
def decide_names(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Keeps which units names mean; the list is matched anew with them."""
    names, chosen = request.POST.getlist("name"), {}
    for number, name in enumerate(names):
        if choice := request.POST.get(f"unit-{number}", ""):
            chosen[name] = "" if choice == "ask" else choice
    decide_units(uid=uid, units=chosen, by=scope_of(request), at=now())
    return redirect(ASK_STEP, uid=uid)


@needs(Permission.IMPORT_LISTS)
@require_POST
def count_up(request: HttpRequest, uid: UUID) -> HttpResponse:
    """All is said for now: works out what will be written."""
    recount(uid=uid, by=scope_of(request), at=now())
    return redirect("import-done", uid=uid)


# -- rows ------------------------------------------------------------------------------------------------------


def _doubt(request: HttpRequest, found: Opened) -> Doubt | None:
    """The doubt that the address asks for, else the first undecided one."""
    asked = request.GET.get("dong", "")
    if asked.isdecimal() and 0 < int(asked) <= len(found.doubts):
        place = int(asked) - 1
    elif found.undecided:
        place = found.undecided[0]
    else:
        return None
    assert found.reading is not None
    entry = found.reading.entry(DOUBTS, place)
    key, read = found.doubts[place], entry["read"]
    choice = decided(found.item.decisions).get(key, "")
    facts = [
        (field_words(name), value_words(name, value)) for name, value in read.items() if name != "full_name"
    ]
    return Doubt(
        place + 1,
        key,
        sheet_words(key[0], found.reading.summary["stem"])
        if len(found.reading.summary["sheets"]) > 1
        else "",
        entry["row"],
        entry["name"],
        [(word, value) for word, value in facts if value],
        [_choice(candidate, read, choice) for candidate in entry["candidates"]],
        choice,
        found.reading.summary["kind"] == STAFF,
    )


def _choice(candidate: dict[str, Any], read: dict[str, Any], choice: str) -> Choice:
    facts = []
    for name, theirs in _COMPARED.items():
        value = candidate[theirs]
        if value and name != "full_name":
            facts.append((field_words(name), value_words(name, value), _differs(name, read.get(name), value)))
    reasons = in_words(tuple(candidate["reasons"]))
    percent = round(100 * candidate["probability"])
    return Choice(
        candidate["uid"], candidate["full_name"], facts, reasons, percent, candidate["uid"] == choice
    )


def _differs(name: str, ours: Any, theirs: str) -> bool:
    """Whether the row says otherwise: a year agrees with every day of it."""
    if not ours:
        return False
    if name == "birth_date":
        shorter = min(len(str(ours)), len(theirs))
        return str(ours)[:shorter] != theirs[:shorter]
    return fold(str(ours)) != fold(theirs)


# -- names of units --------------------------------------------------------------------------------------------


def _units(request: HttpRequest, found: Opened) -> dict[str, object]:
    """Names that told no unit, some on a page, each with the likely ones; for one of them also those that a search
    finds."""
    wanted, words = request.GET.get("ten", ""), request.GET.get("tim", "").strip()
    searched = _search(found, words) if words else []
    names = [unit["name"] for unit in found.unknown_units]
    asked_for = request.GET.get("trang", "")
    pages = -(-len(names) // _NAMES_ON_A_PAGE)
    number = min(max(int(asked_for), 1), pages) if asked_for.isdecimal() else 1
    if wanted in names:
        number = names.index(wanted) // _NAMES_ON_A_PAGE + 1
    first = (number - 1) * _NAMES_ON_A_PAGE
    asked = []
    for unit in found.unknown_units[first : first + _NAMES_ON_A_PAGE]:
        likely = [one | {"note": _fate(one)} for one in unit["likely"]]
        if unit["name"] == wanted:
            known = {one["uid"] for one in likely}
            likely += [one for one in searched if one["uid"] not in known]
        asked.append(unit | {"likely": likely})
    context = {"units": asked, "wanted": wanted, "words": words, "searched": len(searched)}
    return context | {"number": number, "pages": pages, "names": len(names)}


def _fate(unit: dict[str, Any]) -> str:
    """Where a unit lay, when, and what became of it."""
    parts = [", ".join(unit["above"][:2])]
    if unit["valid_to"]:
        parts.append(_("đến %(day)s") % {"day": day(date.fromisoformat(unit["valid_to"]))})
    if unit["became"]:
        words = _("chia về %(units)s") if unit["divided"] else _("nay là %(units)s")
        parts.append(words % {"units": ", ".join(unit["became"])})
    return " · ".join(part for part in parts if part)


def _search(found: Opened, words: str) -> list[dict[str, Any]]:
    """Units of the scope whose name has the words, as likely ones are shown."""
    past = history()
    versions = find_units(found.scope.to(Permission.IMPORT_LISTS), words)[:_FOUND]
    uids = dict(Unit.objects.filter(pk__in=[v.unit for v in versions]).values_list("pk", "uid"))
    found_units = []
    for version in versions:
        above = past.version(version.parent, version.valid_to) if version.parent else None
        found_units.append(
            {"uid": uids[version.unit], "name": version.name, "note": above.name if above else ""}
        )
    return found_units


def _answered(found: Opened) -> list[tuple[str, str]]:
    """Names that were answered, with the unit that they are taken for."""
    past, units = history(), found.item.units
    known = dict(Unit.objects.filter(uid__in=units.values()).values_list("uid", "pk")) if units else {}
    said = []
    for name, uid in units.items():
        version = past.last_version(known[uid]) if uid in known else None
        said.append((name, _("bỏ qua") if uid == SKIP else version.name if version else uid))
    return said
