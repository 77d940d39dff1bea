"""The forms of a superior: sent in once, bound once, filled in every period."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from nhanlucso.files.reading import whole
from nhanlucso.forms import queries, services
from nhanlucso.forms.models import FormBinding, ReportForm
from nhanlucso.forms.queries import Filling
from nhanlucso.indicators.queries import open_store
from nhanlucso.kernel.clock import now, today
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.permissions import Permission
from nhanlucso.web.forms.asking import BlankForm, NameForm, UploadForm
from nhanlucso.web.forms.page import bound_words, filled_blocks, keeper, proposal_words, sources_of, to_bind
from nhanlucso.web.kit.asking import Question, scope_of
from nhanlucso.web.kit.doors import needs
from nhanlucso.web.kit.frame import asked_of, frame
from nhanlucso.web.kit.lists import Listing, listing
from nhanlucso.web.kit.periods import period_label
from nhanlucso.web.kit.sending import attachment


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
            kept = services.keep_form(**asked.cleaned_data, by=scope, at=now())
        except Refused as refusal:
            asked.add_error("file", refusal.message)
        else:
            if kept.like is not None:
                words = _("Biểu mẫu này giống «%(title)s»: đã lấy lại các số liệu đã chọn.")
                messages.success(request, words % {"title": kept.like.title})
            return redirect("form", kept.form.pk)
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
    clear = queries.clear_proposals(scope, found, today()) if edits else {}
    context = {
        "title": found.title,
        "item": found,
        "blocks": to_bind(found, layout, bindings, clear, edits),
        "edits": edits,
        "proposed": len(clear),
        "bound": sum(spot in layout.spots for spot in bindings),
        "blanks": len(layout.spots),
        "name_form": NameForm(initial={"title": found.title, "shared": found.shared}),
    }
    return render(request, "forms/form.html", context)


@needs(Permission.SUBMIT_REPORTS)
def blank(request: HttpRequest, form_id: int) -> HttpResponse:
    """What stands in one blank: a proposal, or anything that there is."""
    scope = scope_of(request)
    found = queries.editable_form(scope, form_id)
    layout, name = queries.layout_of(found), request.GET.get("o", "")
    spot = layout.spots.get(name)
    if spot is None:
        raise Http404
    binding = found.bindings.filter(spot=name).first()
    likely = queries.proposed(scope, [spot], today())[name]
    first = binding or (likely[0] if likely else None)
    unit = binding.unit_id if binding else likely[0].unit if likely else None
    chosen = {"code": first.code, "part": first.part, "span": first.span} if first else {}
    asked = BlankForm(request.POST or None, scope=scope, initial={**chosen, "unit": unit})
    if request.method == "POST":
        if "clear" in request.POST:
            services.bind(form=found, spot=name, choice=None, by=scope, at=now())
            return redirect("form", found.pk)
        if asked.is_valid():
            try:
                services.bind(form=found, spot=name, choice=asked.choice, by=scope, at=now())
                return redirect("form", found.pk)
            except Refused as refusal:
                asked.add_error(None, refusal.message)
    context = {
        "title": _("Ô này điền gì?"),
        "item": found,
        "spot": spot,
        "form": asked,
        "likely": [(one, proposal_words(one)) for one in likely],
        "stands": bound_words(binding) if binding else "",
    }
    return render(request, "forms/blank.html", context)


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
        layout, filling = queries.layout_of(found), _filling(asked)
        values = queries.filled(scope_of(request), found, layout, filling)
        context |= {
            "blocks": filled_blocks(layout, values, filling),
            "unknown": sum(one.unknown for one in values.values()),
            "left": len(layout.spots) - len(values),
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
    body = services.fill(form=found, filling=_filling(asked), by=scope_of(request), at=now())
    return _file(body, found, f"{asked.version.name}-{asked.period.text}")


@needs(Permission.EXPORT_LISTS)
@require_POST
def sources(request: HttpRequest, form_id: int) -> HttpResponse:
    """Where every number of the filled form comes from, as a file."""
    found, asked = _found(request, form_id), asked_of(request)
    if not asked.valid:
        raise Http404
    layout, filling = queries.layout_of(found), _filling(asked)
    values = queries.filled(scope_of(request), found, layout, filling)
    rows = [
        (one.where, one.words, one.value, one.note, request.build_absolute_uri(one.href))
        for one in sources_of(layout, list(found.bindings.all()), values, filling)
    ]
    head = [_("Ô"), _("Số liệu"), _("Giá trị"), _("Ghi chú"), _("Mở ra")]
    words = {"form": found.title, "unit": asked.version.name, "period": period_label(asked.period)}
    title = _("Nguồn số liệu của biểu «%(form)s»: %(unit)s, %(period)s") % words
    return listing(request, Listing(title, head, rows, subject=("form", str(found.pk))))


def _found(request: HttpRequest, form_id: int) -> ReportForm:
    return queries.visible_form(scope_of(request), form_id)


def _bindings(found: ReportForm) -> dict[str, FormBinding]:
    return {binding.spot: binding for binding in found.bindings.all()}


def _filling(asked: Question) -> Filling:
    return Filling(asked.unit.pk, asked.version.name, asked.period, asked.calendar, asked.asked, today())


def _file(body: bytes, found: ReportForm, tail: str) -> HttpResponse:
    return attachment(body, f"{found.title}-{tail}", found.upload.name.rpartition(".")[2].lower())
