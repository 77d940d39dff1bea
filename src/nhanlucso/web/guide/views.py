"""The guide of every role, and lists to try the import with."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from nhanlucso.access.tour.services import finish_tour
from nhanlucso.kernel.clock import now
from nhanlucso.papers.lists import ListPaper, document_list, render_list
from nhanlucso.web.guide.reading import contents, guide_page
from nhanlucso.web.guide.samples import SAMPLES
from nhanlucso.web.kit.asking import scope_of
from nhanlucso.web.kit.doors import everyone
from nhanlucso.web.kit.lists import TYPES

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FORMS = {"xlsx": (render_list, TYPES["xlsx"]), "docx": (document_list, WORD)}


@everyone("the guide tells nothing of anybody")
@require_GET
def guide(request: HttpRequest) -> HttpResponse:
    """The contents: the pages for one's own roles first."""
    pages = contents(scope_of(request).roles, get_language() or "")
    context = {
        "title": _("Hướng dẫn"),
        "mine": [page for page in pages if page.mine],
        "others": [page for page in pages if not page.mine],
        "samples": SAMPLES.items(),
    }
    return render(request, "guide/index.html", context)


@everyone("the guide tells nothing of anybody")
@require_GET
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """One page of the guide."""
    try:
        found = guide_page(slug, get_language() or "")
    except KeyError:
        raise Http404 from None
    return render(request, "guide/page.html", {"title": found.title, "page": found})


@everyone("one's own tour")
@require_POST
def tour_done(request: HttpRequest) -> HttpResponse:
    """The first-run tour is not offered again."""
    finish_tour(by=scope_of(request), at=now())
    return redirect("home")


@everyone("samples hold invented people")
@require_GET
def sample(request: HttpRequest, name: str) -> HttpResponse:
    """A list to try with."""
    if name not in SAMPLES:
        raise Http404
    given = SAMPLES[name]
    make, kind = FORMS[given.form]
    content = make(ListPaper(title=given.title, head=given.head, rows=given.rows))
    heading = f'attachment; filename="mau-{name}.{given.form}"'
    return HttpResponse(content, kind, headers={"Content-Disposition": heading})
