"""The log of communications by period and channel; adding, correcting and removing entries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from nhanlucso.kernel.clock import now, today
from nhanlucso.kernel.ids import new_uid
from nhanlucso.kernel.permissions import Permission
from nhanlucso.orgs.models import Unit
from nhanlucso.orgs.queries import history, reach, writable_unit
from nhanlucso.outreach.enums import Channel
from nhanlucso.outreach.models import OutreachItem
from nhanlucso.outreach.queries import (
    OutreachAsked,
    channel_totals,
    latest_item,
    outreach_log,
    writable_item,
)
from nhanlucso.outreach.services import add_item, change_item, remove_item
from nhanlucso.web.kit.asking import scope_of
from nhanlucso.web.kit.crossing import changed, status_of, watching
from nhanlucso.web.kit.doors import needs
from nhanlucso.web.kit.filling import attempt
from nhanlucso.web.kit.lists import Listing, listing
from nhanlucso.web.kit.monthly import Monthly, monthly
from nhanlucso.web.kit.periods import period_label
from nhanlucso.web.kit.wording import day
from nhanlucso.web.outreach.forms import ItemForm

ENTRIES_ON_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Row:
    """An entry with its unit as it was called that day."""

    item: OutreachItem
    unit: str
    open: bool


@needs(Permission.SEE_TEAMS)
@require_GET
def log(request: HttpRequest) -> HttpResponse:
    """The entries of a unit in a period, with what they add up to by channel."""
    scope = scope_of(request)
    asked = monthly(request, scope.to(Permission.SEE_TEAMS))
    context: dict[str, object] = {
        "title": _("Truyền thông"),
        "crumbs": [(_("Tổ công nghệ số"), reverse("teams"))],
        "asked": asked,
    }
    if asked is None or not asked.valid:
        return render(request, "outreach/page.html", context)
    channel = _channel(request)
    totals = channel_totals(scope, _asked(asked))
    page = Paginator(outreach_log(scope, _asked(asked, channel)), ENTRIES_ON_A_PAGE).get_page(
        request.GET.get("page")
    )
    writable = reach(scope.to(Permission.EDIT_TEAMS)).holds(asked.unit.pk)
    context |= {
        "channel": channel,
        "totals": [(line, _channel_word(line.channel)) for line in totals],
        "items": sum(line.items for line in totals),
        "page": page,
        "rows": _rows(request, page.object_list),
        "writable": writable,
        "latest": latest_item(scope, asked.unit.pk) if writable else None,
        "list_query": f"{asked.query}&channel={channel}" if channel else asked.query,
    }
    return render(request, "outreach/page.html", context)


def _channel(request: HttpRequest) -> str:
    wanted = request.GET.get("channel", "")
    return wanted if wanted in Channel.values else ""


def _channel_word(channel: str) -> str:
    return str(Channel(channel).label) if channel else _("Chưa rõ kênh")


def _asked(asked: Monthly, channel: str = "") -> OutreachAsked:
    return OutreachAsked(asked.unit.pk, asked.start, asked.last, asked.tree, channel)


def _rows(request: HttpRequest, items: Iterable[OutreachItem]) -> list[Row]:
    past, inside = history(), reach(scope_of(request).to(Permission.EDIT_TEAMS))
    found = []
    for item in items:
        version = past.version_near(item.unit_id, item.date)
        open_ = inside.since is None or inside.since.get(item.unit_id, item.date.max) <= item.date
        found.append(Row(item, version.name if version else "", open_))
    return found


@needs(Permission.SEE_TEAMS)
@require_POST
def log_list(request: HttpRequest) -> HttpResponse:
    """The entries of the page as a file."""
    scope = scope_of(request)
    asked = monthly(request, scope.to(Permission.SEE_TEAMS))
    if asked is None or not asked.valid:
        raise Http404
    found = outreach_log(scope, _asked(asked, _channel(request)))
    rows = [
        [row.item.date, row.unit, _channel_word(row.item.channel), row.item.title, row.item.count]
        for row in _rows(request, found)
    ]
    head = [_("Ngày"), _("Đơn vị"), _("Kênh"), _("Tên tin, bài, sự kiện"), _("Số tin")]
    window = f"{period_label(asked.period)} ({day(asked.start)} – {day(asked.end)})"
    notes = [f"{asked.version.name}, {window}"]
    return listing(request, Listing(_("Sổ truyền thông"), head, rows, notes, ("unit", asked.unit.uid)))


@needs(Permission.EDIT_TEAMS)
def add(request: HttpRequest) -> HttpResponse:
    """A new entry of the unit that the address names; `like`: as that entry was, but today."""
    scope, text = scope_of(request), request.GET.get("unit", "")
    if not text.isdecimal():
        raise Http404
    unit = writable_unit(scope, Permission.EDIT_TEAMS, int(text))
    like = request.GET.get("like", "")
    model = writable_item(scope, int(like)) if like.isdecimal() else None
    form = ItemForm(request.POST or None, model, same_day=False)
    if form.is_valid():
        nonce = form.cleaned_data["nonce"]
        made = attempt(form, lambda: add_item(unit=unit, nonce=nonce, data=form.item(), by=scope, at=now()))
        if made:
            messages.success(
                request, _("Đã ghi %(count)d tin: %(title)s.") % {"count": made.count, "title": made.title}
            )
            return redirect(f"{reverse('outreach')}?unit={unit.pk}")
        if form.has_error(NON_FIELD_ERRORS, "nonce_taken"):
            form = _with_new_nonce(request, form)
    return _page(request, form, unit, _("Ghi tin, bài truyền thông"), _("Ghi"))


def _with_new_nonce(request: HttpRequest, told: ItemForm) -> ItemForm:
    """The same form with its refusal, as an entry of its own when it is sent again."""
    words = request.POST.copy()
    words["nonce"] = new_uid("item")
    form = ItemForm(words)
    for error in told.non_field_errors():
        form.add_error(None, str(error))
    return form


@needs(Permission.EDIT_TEAMS)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Corrections to an entry."""
    scope = scope_of(request)
    found = writable_item(scope, pk)
    form = watching(ItemForm(request.POST or None, found), found)
    if form.is_valid() and changed(
        form, found, lambda: change_item(item=found, data=form.item(), by=scope, at=now())
    ):
        messages.success(request, _("Đã sửa."))
        return redirect(f"{reverse('outreach')}?unit={found.unit_id}")
    return _page(request, form, found.unit, _("Sửa tin, bài truyền thông"), _("Lưu"), found)


@needs(Permission.EDIT_TEAMS)
@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes an entry away."""
    scope = scope_of(request)
    found = writable_item(scope, pk)
    unit = found.unit_id
    remove_item(item=found, by=scope, at=now())
    messages.success(request, _("Đã bỏ dòng này khỏi sổ."))
    return redirect(f"{reverse('outreach')}?unit={unit}")


def _page(
    request: HttpRequest,
    form: ItemForm,
    unit: Unit,
    title: str,
    submit: str,
    entry: OutreachItem | None = None,
) -> HttpResponse:
    version, back = history().version_near(unit.pk, today()), f"{reverse('outreach')}?unit={unit.pk}"
    context = {
        "title": title,
        "lead": version.name if version else "",
        "crumbs": [(_("Truyền thông"), back)],
        "form": form,
        "submit": submit,
        "back": back,
        "entry": entry,
    }
    return render(request, "outreach/form.html", context, status=status_of(form))
