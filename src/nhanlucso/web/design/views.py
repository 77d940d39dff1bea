"""Shows the page of patterns; it holds invented examples only, so no sign-in is asked."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from nhanlucso.web.design import examples
from nhanlucso.web.design.forms import PatternForm
from nhanlucso.web.kit.doors import everyone
from nhanlucso.web.kit.sharing import share


@everyone("invented examples only")
@login_not_required
def design(request: HttpRequest) -> HttpResponse:
    """All components with example content; `?page=` moves the pagination."""
    form = PatternForm(
        data={"full_name": "", "birth_date": "31/02/1985", "category": "civil_servant", "phone": ""}
    )
    context = {
        "title": "Mẫu giao diện",
        "form": PatternForm(),
        "wrong": form,
        "page": Paginator(range(1, 1200), 50).get_page(request.GET.get("page", "4")),
        "share": share(request, examples.SENTENCE, request.path),
        **examples.context(),
    }
    return render(request, "design/page.html", context)
