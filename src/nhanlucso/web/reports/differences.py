"""The page of differences between what is published and what the records say, down to the people who make them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_POST

from nhanlucso.kernel.clock import now
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.papers.lists import Value
from nhanlucso.reports.compose import checked, current_figures
from nhanlucso.reports.differing import difference_note
from nhanlucso.reports.models import Report
from nhanlucso.reports.queries.named import Named, named
from nhanlucso.reports.queries.signing import approved_revision, revision_of, visible_report
from nhanlucso.reports.rules.notes import DEFINITION, WORDS
from nhanlucso.reports.rules.signing import Difference, table_of
from nhanlucso.web.kit.asking import scope_of
from nhanlucso.web.kit.doors import needs
from nhanlucso.web.kit.lists import Listing, listing
from nhanlucso.web.kit.wording import day, quantity
from nhanlucso.web.reports.changes import Change, changes, said
from nhanlucso.web.reports.rows import title_of, unit_name

SHOWN = 50  # people and things of one figure; the file has all of them


@dataclass(frozen=True, slots=True)
class Why:
    """A reason in words, with the class that it speaks of."""

    words: str
    class_id: int | None


@dataclass(frozen=True, slots=True)
class MoveRow:
    """Somebody or something that makes the difference. `sign`: in, out or otherwise."""

    sign: str
    way: str
    name: str
    person_id: int | None
    unit: str
    why: list[Why]


@dataclass(frozen=True, slots=True)
class FigureMoves:
    """One figure that differs. `redefined`: what the old definition would say of the records of today; `unknown`:
    why nobody can be named."""

    change: Change
    redefined: str
    known: bool
    unknown: str
    counts: str
    rows: list[MoveRow]
    more: int


@needs(Permission.SEE_FIGURES)
@require_GET
def differences_page(request: HttpRequest, report_id: int, number: int | None = None) -> HttpResponse:
    """What differs from what was approved: now, or in a corrected revision."""
    scope = scope_of(request)
    found = visible_report(scope, report_id)
    note = _note(scope, found, number)
    here = reverse("report", args=[found.pk])
    context = {
        "title": _("Khác bản đã chốt"),
        "report": found,
        "what": title_of(found),
        "unit": unit_name(found),
        "here": here,
        "note": note,
        "figures": _figures(scope, note, SHOWN),
        "number": number,
        "list_url": reverse("report-differences-list", args=[found.pk]),
        "query": f"number={number}" if number else "",
    }
    return render(request, "reports/differences.html", context)


@needs(Permission.EXPORT_LISTS)
@require_POST
def differences_list(request: HttpRequest, report_id: int) -> HttpResponse:
    """All who make the differences, as a file."""
    scope = scope_of(request)
    found = visible_report(scope, report_id)
    number = request.GET.get("number", "")
    note = _note(scope, found, int(number) if number.isdecimal() else None)
    rows: list[Sequence[Value]] = [
        (one.change.name, row.way, row.name, row.unit, "; ".join(why.words for why in row.why))
        for one in _figures(scope, note, None)
        for row in one.rows
    ]
    head = [_("Chỉ số"), _("Vào hay ra"), _("Ai, gì"), _("Đơn vị"), _("Vì sao")]
    title = _("Khác bản đã chốt lần %(number)s: %(what)s, %(unit)s") % {
        "number": note["of"],
        "what": title_of(found),
        "unit": unit_name(found),
    }
    return listing(request, Listing(title, head, rows, subject=("report", str(found.pk))))


def _note(scope: Scope, report: Report, number: int | None) -> dict[str, Any]:
    if number is not None:
        revision = revision_of(scope, report, number)
        if revision is None or not revision.note:
            raise Http404
        return dict(revision.note)
    held = approved_revision(scope, report)
    if held is None:
        raise Http404
    question = checked(
        scope,
        kind=report.kind,
        unit=report.unit,
        period=report.period,
        calendar=report.calendar,
        tree=report.tree,
    )
    _build, period, year = current_figures(scope, question, now())
    return difference_note(held, question, table_of(period, year), "")


def _figures(scope: Scope, note: Mapping[str, Any], most: int | None) -> list[FigureMoves]:
    entries = note["figures"]
    shown = [move for entry in entries for move in entry["moves"][:most]]
    on = max((date.fromisoformat(entry["window"][1]) for entry in entries), default=now().date())
    names = named(scope, shown, on)
    told = changes([Difference(entry["before"], entry["after"]) for entry in entries])
    return [
        FigureMoves(
            change=change,
            redefined=_redefined(entry),
            known=entry["known"],
            unknown=_unknown(entry),
            counts=_counts(entry),
            rows=[_row(move, names) for move in entry["moves"][:most]],
            more=max(0, len(entry["moves"]) - most) if most else 0,
        )
        for entry, change in zip(entries, told, strict=True)
    ]


def _redefined(entry: Mapping[str, Any]) -> str:
    if not entry["redefined"]:
        return ""
    words = {"old": entry["before"]["definition_version"], "new": entry["after"]["definition_version"]}
    found = _("Định nghĩa đổi từ phiên bản %(old)s sang %(new)s.") % words
    if entry["records"]:
        found += " " + _("Theo định nghĩa cũ, hồ sơ hôm nay cho %(value)s.") % {
            "value": said(entry["records"])
        }
    return found


def _unknown(entry: Mapping[str, Any]) -> str:
    if entry["before"] is None:
        return _("Bản trước không có chỉ số này.")
    if entry["after"] is None:
        return _("Nay không còn chỉ số này.")
    return _("Bản trước không giữ danh sách người được tính, nên chỉ biết con số.")


def _counts(entry: Mapping[str, Any]) -> str:
    return _("%(came)s vào, %(left)s ra") % {
        "came": quantity(entry["came"], ""),
        "left": quantity(entry["left"], ""),
    }


def _row(move: Mapping[str, Any], names: Named) -> MoveRow:
    person = names.people.get(move["person"]) if move["person"] else None
    sign = _sign(move)
    return MoveRow(
        sign=sign,
        way={
            "in": pgettext("số liệu sai khác", "Vào"),
            "out": pgettext("số liệu sai khác", "Ra"),
            "other": pgettext("số liệu sai khác", "Đổi"),
        }[sign],
        name=_name(move, names),
        person_id=person.person_id if person else None,
        unit=person.unit if person else "",
        why=list(_whys(move, names)),
    )


def _name(move: Mapping[str, Any], names: Named) -> str:
    if move["person"]:
        person = names.people.get(move["person"])
        gone = any(why["code"] in ("merged", "record_gone") for why in move["why"])
        return person.name if person else _("Hồ sơ không còn") if gone else _("Ngoài phạm vi")
    title = names.titles.get((move["kind"], move["item"] or 0))
    return title or _("Không còn hồ sơ")


def _sign(move: Mapping[str, Any]) -> str:
    before, after = (
        amount if group in ("counted", "heads") else 0
        for group, amount in zip((move["before"], move["after"]), move["amounts"], strict=True)
    )
    return "in" if after > before else "out" if after < before else "other"


def _whys(move: Mapping[str, Any], names: Named) -> Iterable[Why]:
    for why in move["why"]:
        words = _(WORDS[why["code"]])
        title = names.titles.get((why.get("kind", ""), why.get("item") or 0))
        if title:
            words += f" «{title}»"
        if why["code"] != DEFINITION and why.get("day"):
            words += _(", ngày %(day)s") % {"day": day(date.fromisoformat(why["day"]))}
        if why.get("at"):
            words += _(" (ghi ngày %(day)s)") % {"day": day(date.fromisoformat(why["at"]))}
        heir = names.people.get(why.get("person") or 0)
        if heir is not None:
            words += f": {heir.name}"
        is_class = why.get("kind") == "class" and title
        yield Why(words[0].upper() + words[1:], why.get("item") if is_class else None)
