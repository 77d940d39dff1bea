"""The forms of a superior: sent in once, bound once, filled in every period."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.forms.models import model_to_dict
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from nhanlucso.files.reading import whole
from nhanlucso.forms import services
from nhanlucso.forms.models import FormBinding, ReportForm
from nhanlucso.forms.queries import kept as queries
from nhanlucso.forms.queries.filling import Filling, filled
from nhanlucso.forms.rules.proposals import Proposal
from nhanlucso.indicators.queries import open_store
from nhanlucso.kernel.clock import now, today
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.web.forms.asking import NAMED, BlankForm, NameForm, UploadForm
from nhanlucso.web.forms.closed import LIVE, Closed, closed, published_values
from nhanlucso.web.forms.page import (
    blanks_of,
    bound_words,
    filled_blocks,
    keeper,
    proposal_words,
    sources_of,
    to_bind,
    told,
)
from nhanlucso.web.forms.windows import parts_of, windowed
from nhanlucso.web.kit.asking import Question, scope_of
from nhanlucso.web.kit.doors import needs
from nhanlucso.web.kit.frame import asked_of, frame
from nhanlucso.web.kit.lists import Listing, listing
from nhanlucso.web.kit.periods import period_label
from nhanlucso.web.kit.sending import attachment

EVERY = "moi-o"
"""What an address says (`o=`) where all cells are offered, not only those that wait for something."""


@needs(Permission.SEE_FIGURES)
def forms(request: HttpRequest) -> HttpResponse:
    """The forms that there are; a new one is sent in."""
    scope = scope_of(request)
    sends = scope.may(Permission.SUBMIT_REPORTS)
    asked = UploadForm(request.POST or None, request.FILES or None, scope=scope) if sends else None
    if request.method == "POST":
        scope.require(Permission.SUBMIT_REPORTS)
    if asked is not None and asked.is_valid():
        try:
            made = services.keep_form(**asked.cleaned_data, by=scope, at=now())
        except Refused as refusal:
            asked.add_error("file", refusal.message)
        else:
            if made.like is not None:
                words = _("Biểu mẫu này giống «%(title)s»: đã lấy lại các số liệu đã chọn.")
                messages.success(request, words % {"title": made.like.title})
            return redirect("form", made.form.pk)
    found = [(one, keeper(one)) for one in queries.visible_forms(scope)[:200]]
    context = {"title": _("Biểu mẫu"), "forms": found, "form": asked}
    return render(request, "forms/page.html", context)


@needs(Permission.SEE_FIGURES)
@require_GET
def form(request: HttpRequest, form_id: int) -> HttpResponse:
    """A form with what stands in its blanks."""
    scope, found = scope_of(request), _found(request, form_id)
    layout, bindings = queries.layout_of(found), _bindings(found)
    edits = queries.may_edit(scope, found)
    clear = queries.clear_proposals(scope, found, layout) if edits else {}
    parts = parts_of(layout)
    shown, place = windowed(layout, parts, request.GET.get("phan", ""))
    every = edits and request.GET.get("o") == EVERY
    back = urlencode({"phan": place + 1} if place else {})
    address = f"{reverse('form-blank', args=[found.pk])}?{back}{'&' if back else ''}" if edits else ""
    context = {
        "title": found.title,
        "item": found,
        "blocks": to_bind(shown, bindings, clear, address, every),
        "parts": parts,
        "place": place,
        "edits": edits,
        "every": every,
        "proposed": len(clear),
        "bound": sum(layout.spot(spot) is not None for spot in bindings),
        "blanks": len({spot.name for spot in blanks_of(layout)} | bindings.keys()),
        "stale": sum(bool(spot.holds) and spot.name not in bindings for spot in blanks_of(layout)),
        "name_form": NameForm(initial=model_to_dict(found, ["title", "shared", "unknown"])),
    }
    return render(request, "forms/form.html", context)


@needs(Permission.SUBMIT_REPORTS)
def blank(request: HttpRequest, form_id: int) -> HttpResponse:
    """What stands in one blank, or in all of its column: a proposal, or anything that there is."""
    scope = scope_of(request)
    found = queries.editable_form(scope, form_id)
    layout, name = queries.layout_of(found), request.GET.get("o", "")
    spot = layout.spot(name)
    if spot is None:
        raise Http404
    line = len(queries.line_of(layout, spot))
    binding = found.bindings.filter(spot=name).first()
    likely = queries.proposed(scope, [spot])[name]
    asked = BlankForm(
        request.POST or None,
        scope=scope,
        line=line,
        initial=_chosen(binding or next(iter(likely), None), line),
    )
    if request.method == "POST":
        clears = "clear" in request.POST
        if clears or asked.is_valid():
            try:
                choice, whole = None if clears else asked.choice, "whole_line" in request.POST
                services.bind(form=found, spot=name, choice=choice, whole_line=whole, by=scope, at=now())
                return redirect(_part_address(request, found))
            except Refused as refusal:
                asked.add_error(None, refusal.message)
    context = {
        "title": _("Ô này điền gì?"),
        "item": found,
        "spot": spot,
        "line": line,
        "form": asked,
        "likely": [(one, proposal_words(one)) for one in likely],
        "stands": bound_words(binding) if binding else "",
    }
    return render(request, "forms/blank.html", context)


def _chosen(first: FormBinding | Proposal | None, line: int) -> dict[str, object]:
    """What the choices of a blank begin with."""
    if first is None:
        return {}
    unit = first.unit_id if isinstance(first, FormBinding) else None
    chosen = {
        "code": first.code,
        "part": first.part,
        "span": first.span,
        "whole_line": first.named and line > 1,
    }
    return chosen | {"unit": NAMED if first.named else unit}


def _part_address(request: HttpRequest, found: ReportForm) -> str:
    part = request.GET.get("phan", "")
    return reverse("form", args=[found.pk]) + (f"?phan={part}" if part.isdecimal() else "")


@needs(Permission.SUBMIT_REPORTS)
@require_POST
def take_proposals(request: HttpRequest, form_id: int) -> HttpResponse:
    """Takes what is clearly meant for all blanks at once."""
    scope = scope_of(request)
    count = services.accept(form=queries.editable_form(scope, form_id), by=scope, at=now())
    messages.success(request, _("Đã nhận %(count)s đề xuất. Bấm vào ô để sửa.") % {"count": count})
    return redirect("form", form_id)


@needs(Permission.SUBMIT_REPORTS)
@require_POST
def rename(request: HttpRequest, form_id: int) -> HttpResponse:
    """Names a form, shares it."""
    scope, asked = scope_of(request), NameForm(request.POST)
    found = queries.editable_form(scope, form_id)
    if not asked.is_valid():
        raise Refused("name_missing", _("Hãy đặt tên biểu mẫu."))
    services.rename_form(form=found, **asked.cleaned_data, by=scope, at=now())
    return redirect("form", form_id)


@needs(Permission.SUBMIT_REPORTS)
@require_POST
def remove(request: HttpRequest, form_id: int) -> HttpResponse:
    """Forgets a form."""
    scope = scope_of(request)
    services.remove_form(form=queries.editable_form(scope, form_id), by=scope, at=now())
    messages.success(request, _("Đã bỏ biểu mẫu."))
    return redirect("forms")


@needs(Permission.SEE_FIGURES)
@require_GET
def original(request: HttpRequest, form_id: int) -> HttpResponse:
    """The form as it came."""
    found = _found(request, form_id)
    return _file(whole(found.upload), found, "goc")


@needs(Permission.SEE_FIGURES)
@require_GET
def filled_in(request: HttpRequest, form_id: int) -> HttpResponse:
    """The form filled in for a unit and a period; every number opens."""
    found, asked = _found(request, form_id), asked_of(request)
    context = {"title": found.title, "item": found, **frame(request, asked)}
    if asked.valid:
        scope, layout = scope_of(request), queries.layout_of(found)
        state = closed(scope, asked, request.GET.get("so", ""))
        filling = _filling(scope, asked, state)
        values = filled(scope, found, layout, filling)
        parts = parts_of(layout)
        shown, place = windowed(layout, parts, request.GET.get("phan", ""))
        context |= {
            "blocks": filled_blocks(shown, values, filling),
            "parts": parts,
            "place": place,
            "closed": state,
            "so": _so(state),
            "told": told(layout, values),
            "as_of": open_store()[1],
        }
    return render(request, "forms/fill.html", context)


@needs(Permission.SEE_FIGURES)
@require_GET
def download(request: HttpRequest, form_id: int) -> HttpResponse:
    """The filled form as a file, its layout as it came. Logged."""
    found, asked = _found(request, form_id), asked_of(request)
    if not asked.valid:
        raise Http404
    scope = scope_of(request)
    filling = _filling(scope, asked, closed(scope, asked, request.GET.get("so", "")))
    body = services.fill(form=found, filling=filling, by=scope, at=now())
    return _file(body, found, f"{asked.version.name}-{asked.period.text}")


@needs(Permission.EXPORT_LISTS)
@require_POST
def sources(request: HttpRequest, form_id: int) -> HttpResponse:
    """Where every number of the filled form comes from, as a file."""
    found, asked = _found(request, form_id), asked_of(request)
    if not asked.valid:
        raise Http404
    scope, layout = scope_of(request), queries.layout_of(found)
    state = closed(scope, asked, request.GET.get("so", ""))
    filling = _filling(scope, asked, state)
    values = filled(scope, found, layout, filling)
    rows = [
        (one.where, one.words, one.unit, one.value, one.note, one.taken, request.build_absolute_uri(one.href))
        for one in sources_of(layout, list(found.bindings.all()), values, filling)
    ]
    head = [_("Ô"), _("Số liệu"), _("Đơn vị"), _("Giá trị"), _("Ghi chú"), _("Lấy từ"), _("Mở ra")]
    words = {"form": found.title, "unit": asked.version.name, "period": period_label(asked.period)}
    title = _("Nguồn số liệu của biểu «%(form)s»: %(unit)s, %(period)s") % words
    notes = [_("Số đã chốt: %(words)s.") % {"words": state.words}] if state and state.shown else []
    return listing(request, Listing(title, head, rows, notes, subject=("form", str(found.pk))))


def _found(request: HttpRequest, form_id: int) -> ReportForm:
    return queries.visible_form(scope_of(request), form_id)


def _bindings(found: ReportForm) -> dict[str, FormBinding]:
    return {binding.spot: binding for binding in found.bindings.all()}


def _filling(scope: Scope, asked: Question, state: Closed | None) -> Filling:
    taken = published_values(scope, asked) if state and state.shown else None
    return Filling(
        asked.unit.pk, asked.version.name, asked.period, asked.calendar, asked.asked, today(), taken
    )


def _so(state: Closed | None) -> str:
    return f"&so={LIVE}" if state and not state.shown else ""


def _file(body: bytes, found: ReportForm, tail: str) -> HttpResponse:
    return attachment(body, f"{found.title}-{tail}", found.upload.name.rpartition(".")[2].lower())
