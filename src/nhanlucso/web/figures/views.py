"""Cards, one figure, its passport, and what can be done about the missing."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET, require_POST

from nhanlucso.audit.services import record
from nhanlucso.indicators import queries
from nhanlucso.indicators.catalogue import Indicator
from nhanlucso.indicators.engine.passport import COUNTED, MISSING
from nhanlucso.kernel.clock import now
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.permissions import Permission
from nhanlucso.papers.fonts import FontsMissing
from nhanlucso.papers.lists import render_list
from nhanlucso.papers.picture import render_picture
from nhanlucso.web.figures.behind import BehindList, Tab, can_invite, columns, sheet, tabs
from nhanlucso.web.figures.cards import card_groups, shown
from nhanlucso.web.figures.frozen import frozen_cards, frozen_figure
from nhanlucso.web.figures.pages import BY_NAME, BY_VALUE, figure_page
from nhanlucso.web.figures.picture import figure_card
from nhanlucso.web.kit.asking import Question, question, scope_of
from nhanlucso.web.kit.doors import needs
from nhanlucso.web.kit.frame import address, asked_of, frame, indicator_or_404, unrecorded_year
from nhanlucso.web.kit.lists import Listing, list_paper
from nhanlucso.web.kit.periods import period_label
from nhanlucso.web.kit.sharing import Share, figure_words, share

ROWS_ON_A_PAGE = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@needs(Permission.SEE_FIGURES)
@require_GET
def figures(request: HttpRequest) -> HttpResponse:
    """All figures of a unit as cards."""
    asked = question(request)
    if asked is None:
        return render(request, "figures/empty.html", {"title": _("Chỉ số")})
    context = {"title": _("Chỉ số"), **frame(request, asked)}
    if asked.valid:
        groups, context["as_of"] = card_groups(scope_of(request), asked)
        shown_figures = (card.figure for group in groups for card in group.cards)
        context["groups"], context["frozen"] = groups, frozen_cards(scope_of(request), asked, shown_figures)
    return render(request, "figures/page.html", context)


@needs(Permission.SEE_FIGURES)
@require_GET
def figure(request: HttpRequest, code: str) -> HttpResponse:
    """One figure with its trend, children and map."""
    asked = asked_of(request)
    indicator = indicator_or_404(code, asked.asked.window.b)
    sort = BY_VALUE if request.GET.get("sort") == BY_VALUE else BY_NAME
    context = {"title": indicator.name, "indicator": indicator, "sort": sort, **frame(request, asked)}
    if asked.valid:
        page = context["page"] = figure_page(scope_of(request), asked, indicator, sort)
        context["frozen"] = frozen_figure(scope_of(request), asked, page.figure)
        context["passport_url"] = address("passport", code, asked.query)
        context["share"] = _share(request, indicator, asked, page.figure)
    return render(request, "figures/figure.html", context)


def _share(request: HttpRequest, indicator: Indicator, asked: Question, held: dict[str, object]) -> Share:
    words = figure_words(
        indicator.name, asked.version.name, period_label(asked.period), held, held.get("as_of")
    )
    here, picture_of = (address(name, indicator.code, asked.query) for name in ("figure", "figure-picture"))
    return share(request, words, here, picture_of, f"{indicator.code}-{asked.period.text}.png")


@needs(Permission.SEE_FIGURES)
@require_GET
@cache_control(private=True, max_age=300)
def picture(request: HttpRequest, code: str) -> HttpResponse:
    """The figure as a picture to send on."""
    asked = asked_of(request)
    indicator = indicator_or_404(code, asked.asked.window.b)
    if not asked.valid:
        raise Http404
    try:
        return HttpResponse(render_picture(figure_card(scope_of(request), asked, indicator)), "image/png")
    except FontsMissing as error:
        raise Refused("fonts_missing", _("Chưa có phông chữ để vẽ ảnh; báo người quản trị.")) from error


@needs(Permission.SEE_FIGURES)
@require_GET
def passport(request: HttpRequest, code: str) -> HttpResponse:
    """Who counts, who does not, and why."""
    asked, scope = asked_of(request), scope_of(request)
    indicator = indicator_or_404(code, asked.asked.window.b)
    context = {"title": indicator.name, "indicator": indicator, **frame(request, asked)}
    context["why"] = context["why"] or unrecorded_year(request, asked)
    if asked.valid:
        held = queries.passport(scope, asked.asked, indicator, asked.unit.pk)
        shown_tabs = tabs(held)
        tab = _tab(shown_tabs, request.GET.get("group", ""))
        rows = BehindList(scope, held, tab.group, tab.size)
        page = Paginator(rows, ROWS_ON_A_PAGE).get_page(request.GET.get("page"))
        context |= {
            "figure": shown(
                queries.figures(scope, asked.asked, [indicator], [asked.unit.pk])[asked.unit.pk][0]
            ),
            "tabs": shown_tabs,
            "tab": tab,
            "rows": page,
            "columns": columns(list(page)),
            "figure_url": address("figure", code, asked.query),
            "xlsx_url": address("passport-xlsx", code, f"{asked.query}&group={tab.group}"),
            "invite_url": _invite_url(request, indicator, asked, tab),
        }
    return render(request, "figures/passport.html", context)


@needs(Permission.EXPORT_LISTS)
@require_POST
def passport_xlsx(request: HttpRequest, code: str) -> HttpResponse:
    """The list of one group as a spreadsheet. Who took it, and how many rows, is put on record."""
    asked, scope = asked_of(request), scope_of(request)
    indicator = indicator_or_404(code, asked.asked.window.b)
    held = queries.passport(scope, asked.asked, indicator, asked.unit.pk)
    tab = _tab(tabs(held), request.GET.get("group", ""))
    rows = BehindList(scope, held, tab.group, tab.size)[:]
    context = frame(request, asked)
    head, lines = sheet(rows)
    notes = [str(context["lead"]), tab.meaning]
    content = render_list(list_paper(scope, Listing(f"{indicator.name}: {tab.label}", head, lines, notes)))
    with transaction.atomic():
        record(
            verb="passport.export",
            object_type="indicator",
            object_id=f"{code} {asked.unit.uid} {asked.period.text} {tab.group}",
            by=scope.account_id,
            at=now(),
            count=len(rows),
        )
    name = f"{code}-{asked.period.text}-{tab.group}.xlsx"
    return HttpResponse(content, XLSX, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _tab(shown_tabs: list[Tab], group: str) -> Tab:
    return next((tab for tab in shown_tabs if tab.group == (group or COUNTED)), shown_tabs[0])


def _invite_url(request: HttpRequest, indicator: Indicator, asked: Question, tab: Tab) -> str:
    """Where the missing are invited; nothing for who may only look, or where nobody is missing."""
    useful = (
        tab.group == MISSING
        and tab.size
        and can_invite(indicator)
        and scope_of(request).may(Permission.EDIT_CLASSES)
    )
    return address("invite-missing", indicator.code, asked.query) if useful else ""
