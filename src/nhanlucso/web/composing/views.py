"""Own indicators: the list, one with its versions, composing, publishing, ending."""

from __future__ import annotations

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from nhanlucso.indicators.catalogue import BASIC, STAFF
from nhanlucso.indicators.enums import Measure
from nhanlucso.indicators.models import OwnDefinition, OwnIndicator
from nhanlucso.indicators.own import services
from nhanlucso.indicators.own.queries import Own, composer, may_compose, own_indicator, own_indicators
from nhanlucso.indicators.own.rules import Parts, of_data
from nhanlucso.indicators.own.services import OwnData
from nhanlucso.kernel.clock import now, today
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.web.composing.forms import ComposeForm, PublishForm, RetireForm
from nhanlucso.web.composing.live import live
from nhanlucso.web.composing.shown import as_listing, state_sign, state_words, version_rows
from nhanlucso.web.kit.asking import question, scope_of
from nhanlucso.web.kit.choices import bar
from nhanlucso.web.kit.doors import needs
from nhanlucso.web.kit.filling import attempt, done
from nhanlucso.web.kit.lists import listing
from nhanlucso.web.kit.periods import period_label


@needs(Permission.SEE_FIGURES)
@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """All own indicators."""
    scope = scope_of(request)
    rows = [
        (own, state_sign(own.state), state_words(own.state), own.newest or own.draft)
        for own in own_indicators(scope, today())
    ]
    context = {
        "title": _("Chỉ số tự lập"),
        "crumbs": [(_("Chỉ số"), reverse("figures"))],
        "rows": rows,
        "writes": may_compose(scope),
    }
    return render(request, "composing/page.html", context)


@needs(Permission.EXPORT_LISTS)
@require_POST
def export(request: HttpRequest) -> HttpResponse:
    """The list as a file."""
    return listing(request, as_listing(own_indicators(scope_of(request), today())))


@needs(Permission.SEE_FIGURES)
@require_GET
def one(request: HttpRequest, slug: str) -> HttpResponse:
    """One own indicator with its versions."""
    scope = scope_of(request)
    own = _own(scope, slug)
    context = {
        "title": own.name,
        "crumbs": _crumbs(),
        "own": own,
        "sign": state_sign(own.state),
        "state": state_words(own.state),
        "versions": version_rows(own),
        "writes": may_compose(scope),
        "open": own.indicator.retired_on is None,
    }
    return render(request, "composing/one.html", context)


@needs(Permission.COMPOSE_INDICATORS)
@require_http_methods(["GET", "POST"])
def compose(request: HttpRequest, slug: str = "") -> HttpResponse:
    """The parts with the figure that they give now; sent by POST they are saved as a draft."""
    scope = _composer(request)
    own = _own(scope, slug) if slug else None
    held = _held(own)
    saving = request.method == "POST" and request.POST.get("do") != "try"
    if saving:
        form = ComposeForm(request.POST, scope=scope, fixed=own is not None)
        if form.is_valid() and (saved := attempt(form, lambda: _saved(own, form, scope))):
            messages.success(request, _("Đã lưu bản nháp. Công bố thì mới dùng được."))
            return redirect("own-indicator", saved.indicator.slug)
        return _composing(request, scope, own, form, form.parts())
    sent = request.POST if request.method == "POST" else request.GET
    if "measure" in sent:  # tried out: nothing is said of what is still missing
        tried = ComposeForm(sent, scope=scope, fixed=own is not None)
        tried.is_valid()
        held = OwnData(sent.get("name", ""), tried.parts(), sent.get("note", ""))
    form = ComposeForm(scope=scope, held=held, fixed=own is not None, slug=sent.get("slug", ""))
    return _composing(request, scope, own, form, held.parts)


def _composing(
    request: HttpRequest, scope: Scope, own: Own | None, form: ComposeForm, parts: Parts
) -> HttpResponse:
    asked = question(request)
    audience, event = parts.audience, parts.event
    context = {
        "more_whom": audience.duties or audience.kinds or audience.is_personal,
        "more_deed": event
        and (event.courses or event.topics or event.forms or event.modes or event.self_paced),
        "title": _("Sửa chỉ số") if own else _("Lập chỉ số"),
        "crumbs": _crumbs(own),
        "form": form,
        "live": live(scope, asked, parts),
        "question": asked,
        "bar": bar(scope, asked) if asked else None,
        "period": period_label(asked.period) if asked else "",
        "back": reverse("own-indicator", args=[own.indicator.slug]) if own else reverse("own-indicators"),
    }
    return render(request, "composing/compose.html", context)


def _saved(own: Own | None, form: ComposeForm, scope: Scope) -> OwnDefinition:
    if own is None:
        return services.begin_indicator(slug=form.code(), data=form.own_data(), by=scope, at=now())
    return services.save_draft(slug=own.indicator.slug, data=form.own_data(), by=scope, at=now())


def _held(own: Own | None) -> OwnData:
    """What the form begins with: the draft, else the newest version, else the commonest question."""
    row = (own.draft or own.newest) if own else None
    if row is None:
        return OwnData("", Parts(Measure.PERCENT, STAFF, BASIC))
    return OwnData(row.name, of_data(row.measure, row.parts), row.note)


@needs(Permission.COMPOSE_INDICATORS)
@require_http_methods(["GET", "POST"])
def publishing(request: HttpRequest, slug: str) -> HttpResponse:
    """Asks from when on a draft holds, and publishes it."""
    scope = _composer(request)
    own = _own(scope, slug)
    if own.draft is None:
        return redirect("own-indicator", slug)
    first = own.newest is None
    form = PublishForm(request.POST or None, first=first, initial=None if first else today())
    if form.is_valid() and done(
        form,
        lambda: services.publish(slug=slug, valid_from=form.cleaned_data["valid_from"], by=scope, at=now()),
    ):
        messages.success(request, _("Đã công bố. Chỉ số dùng được ở mọi trang số liệu và chỉ tiêu."))
        return redirect("own-indicator", slug)
    context = {
        "title": _("Công bố «%(name)s»") % {"name": own.draft.name},
        "submit": _("Công bố"),
        "draft": own.draft,
    }
    return _asking(request, own, form, context)


@needs(Permission.COMPOSE_INDICATORS)
@require_POST
def reporting(request: HttpRequest, slug: str) -> HttpResponse:
    """Puts an indicator into official reports, or leaves it out."""
    scope, wanted = _composer(request), request.POST.get("do") == "in"
    own = _own(scope, slug)
    services.set_reported(slug=slug, reported=wanted, by=scope, at=now())
    said = (
        _("Báo cáo lập từ nay có chỉ số này; báo cáo đã trình giữ nguyên.")
        if wanted
        else _("Báo cáo lập từ nay không có chỉ số này, trừ nơi có chỉ tiêu; báo cáo đã trình giữ nguyên.")
    )
    messages.success(request, said)
    return redirect("own-indicator", own.indicator.slug)


@needs(Permission.COMPOSE_INDICATORS)
@require_http_methods(["GET", "POST"])
def retiring(request: HttpRequest, slug: str) -> HttpResponse:
    """Asks for the last day, and ends the indicator."""
    scope = _composer(request)
    own = _own(scope, slug)
    form = RetireForm(request.POST or None, initial={"on": today()})
    if form.is_valid() and done(
        form, lambda: services.retire(slug=slug, on=form.cleaned_data["on"], by=scope, at=now())
    ):
        messages.success(request, _("Đã thôi dùng. Số liệu đã chốt giữ nguyên."))
        return redirect("own-indicator", slug)
    context: dict[str, object] = {
        "title": _("Thôi dùng «%(name)s»?") % {"name": own.name},
        "submit": _("Thôi dùng"),
    }
    return _asking(request, own, form, context)


@needs(Permission.COMPOSE_INDICATORS)
@require_POST
def dropping(request: HttpRequest, slug: str) -> HttpResponse:
    """Throws a draft away."""
    scope = _composer(request)
    own = _own(scope, slug)
    services.drop_draft(slug=slug, by=scope, at=now())
    messages.success(request, _("Đã bỏ bản nháp."))
    return redirect("own-indicator", slug) if own.newest else redirect("own-indicators")


def _asking(request: HttpRequest, own: Own, form: Form, context: dict[str, object]) -> HttpResponse:
    context |= {"crumbs": _crumbs(own), "form": form, "own": own}
    return render(request, "composing/ask.html", context)


def _composer(request: HttpRequest) -> Scope:
    """The scope of somebody who may compose for the whole installation."""
    scope = scope_of(request)
    composer(scope)
    return scope


def _own(scope: Scope, slug: str) -> Own:
    try:
        return own_indicator(scope, slug, today())
    except OwnIndicator.DoesNotExist:
        raise Http404 from None


def _crumbs(own: Own | None = None) -> list[tuple[str, str]]:
    line = [(_("Chỉ số"), reverse("figures")), (_("Tự lập"), reverse("own-indicators"))]
    return [*line, (own.name, reverse("own-indicator", args=[own.indicator.slug]))] if own else line
