"""The list of people, one person, and who may stand twice."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from nhanlucso.kernel.permissions import Permission
from nhanlucso.learning.queries import results_of
from nhanlucso.people.identity import shown
from nhanlucso.people.queries import duplicates_of, people_list, possible_duplicates, posts_of
from nhanlucso.teams.queries import reached_person, seats_of
from nhanlucso.training.queries.attended import classes_attended
from nhanlucso.web.kit.asking import scope_of
from nhanlucso.web.kit.doors import needs
from nhanlucso.web.people.asking import people_question
from nhanlucso.web.people.forms import FilterForm

PAGE = 50


@needs(Permission.SEE_PEOPLE)
def people(request: HttpRequest) -> HttpResponse:
    """Everybody with a post in the scope, by name; the filters narrow it."""
    scope, asked = scope_of(request), people_question(request)
    page = Paginator(people_list(scope, asked.asked), PAGE).get_page(request.GET.get("page"))
    context = {
        "title": pgettext("phòng", "Cán bộ"),
        "page": page,
        "count": page.paginator.count,
        "asked": asked,
        "form": FilterForm(scope, asked),
    }
    return render(request, "people/_list.html" if request.htmx else "people/page.html", context)  # type: ignore[attr-defined]


@needs(Permission.SEE_PEOPLE)
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """One person: posts, classes, results, team seats."""
    scope = scope_of(request)
    found = reached_person(scope, pk)
    posts = posts_of(scope, found)
    context = {
        "title": found.full_name,
        "crumbs": [(pgettext("phòng", "Cán bộ"), reverse("people"))],
        "person": found,
        "national_id": shown(found.national_id_cipher),
        "posts": posts,
        "current": next((line for line in posts if line.current), None),
        "classes": classes_attended(scope, pk),
        "results": results_of(scope, pk),
        "seats": seats_of(scope, pk),
        "duplicates": duplicates_of(scope, found),
    }
    return render(request, "people/person.html", context)


@needs(Permission.SEE_PEOPLE)
def duplicates(request: HttpRequest) -> HttpResponse:
    """Who may stand twice, and why; nothing is merged here."""
    groups = possible_duplicates(scope_of(request))
    page = Paginator(groups, PAGE).get_page(request.GET.get("page"))
    context = {
        "title": _("Có thể trùng"),
        "crumbs": [(pgettext("phòng", "Cán bộ"), reverse("people"))],
        "page": page,
        "count": page.paginator.count,
    }
    return render(request, "people/duplicates.html", context)
