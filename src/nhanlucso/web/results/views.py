"""Results of study and tests: the list with its counts, as a page and as a file."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from nhanlucso.kernel.clock import today
from nhanlucso.kernel.permissions import Permission
from nhanlucso.learning.queries import course_counts, results_asked
from nhanlucso.web.kit.asking import scope_of
from nhanlucso.web.kit.doors import needs
from nhanlucso.web.kit.lists import Listing, listing
from nhanlucso.web.kit.wording import day
from nhanlucso.web.results.asking import results_question
from nhanlucso.web.results.forms import FilterForm
from nhanlucso.web.results.rows import file_head, file_rows, result_rows

PAGE = 50


@needs(Permission.SEE_PEOPLE, Permission.RECORD_RESULTS)
@require_GET
def results(request: HttpRequest) -> HttpResponse:
    """All results of people in the scope, newest first; the filters narrow them. Who may only record goes there."""
    scope = scope_of(request)
    if not scope.may(Permission.SEE_PEOPLE):
        return redirect("results-record")
    question = results_question(request)
    page = Paginator(results_asked(scope, question.asked), PAGE).get_page(request.GET.get("page"))
    context = {
        "title": _("Kết quả học tập"),
        "question": question,
        "counts": course_counts(scope, question.asked),
        "page": page,
        "count": page.paginator.count,
        "rows": result_rows(scope, page.object_list),
        "form": FilterForm(scope, question),
    }
    return render(request, "results/_list.html" if request.htmx else "results/page.html", context)  # type: ignore[attr-defined]


@needs(Permission.EXPORT_LISTS)
@require_POST
def results_file(request: HttpRequest) -> HttpResponse:
    """The whole list that the filters leave, as a spreadsheet or for print."""
    scope, question = scope_of(request), results_question(request)
    notes = [_("Lập ngày %(day)s") % {"day": day(today())}, *(chip.label for chip in question.chips)]
    rows = list(file_rows(scope, results_asked(scope, question.asked)))
    given = Listing(_("Kết quả học tập"), file_head(), rows, notes, ("result.list", ""), of_people=True)
    return listing(request, given)
