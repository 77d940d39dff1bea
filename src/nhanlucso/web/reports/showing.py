"""The page of one report with its forms."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from nhanlucso.kernel.clock import now
from nhanlucso.reports.models import Report
from nhanlucso.web.kit.asking import scope_of
from nhanlucso.web.kit.sharing import share
from nhanlucso.web.reports.forms import CorrectForm, DecideForm, SubmitForm
from nhanlucso.web.reports.page import report_page, status_words
from nhanlucso.web.reports.rows import state_of, title_of, unit_name

_FORMS = {"submit_form": SubmitForm, "decide_form": DecideForm, "correct_form": CorrectForm}


def show_report(
    request: HttpRequest, found: Report, wrong: SubmitForm | DecideForm | CorrectForm | None = None
) -> HttpResponse:
    """The page of a report; `wrong`: the form that was filled in wrongly, the others are fresh."""
    page = report_page(scope_of(request), found, now())
    title, unit = title_of(found), unit_name(found)
    context = {
        "title": title,
        "unit": unit,
        "report": found,
        "state": state_of(found),
        "page": page,
        "window": found.when.window(found.calendar),
        "room": f"{reverse('reports')}?unit={found.unit_id}&period={found.period}",
        "wrong": wrong if wrong is not None and wrong.errors else None,
        "share": share(
            request,
            f"{title}, {unit}: {status_words(page)}.",
            reverse("report", args=[found.pk]),
        ),
    }
    for name, kind in _FORMS.items():
        context[name] = wrong if isinstance(wrong, kind) else kind(initial={"seen": found.revision})
    return render(request, "reports/report.html", context)
