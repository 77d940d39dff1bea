"""The list of people, and one person."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST

from nhanlucso.kernel.permissions import Permission
from nhanlucso.people.duplicates.queries import pairs_of
from nhanlucso.people.merging.queries import last_merge, one_person_now
from nhanlucso.people.models import Person
from nhanlucso.people.queries import people_list
from nhanlucso.teams.queries import reached_person
from nhanlucso.training.queries.attended import classes_coming
from nhanlucso.web.kit.asking import scope_of
from nhanlucso.web.kit.doors import needs
from nhanlucso.web.kit.lifeline import lifeline, states
from nhanlucso.web.kit.lists import Listing, listing
from nhanlucso.web.kit.wording import day
from nhanlucso.web.people.asking import people_question
from nhanlucso.web.people.file import file_head, file_rows
from nhanlucso.web.people.forms import FilterForm
from nhanlucso.web.people.pairing import aside
from nhanlucso.web.people.person import acts_on, records_of
from nhanlucso.web.people.revealing import identifiers

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


@needs(Permission.EXPORT_LISTS)
@require_POST
def people_file(request: HttpRequest) -> HttpResponse:
    """The whole list that the filters leave, as a spreadsheet or for print."""
    scope, asked = scope_of(request), people_question(request)
    found = people_list(scope, asked.asked)
    notes = [_("Ngày %(day)s") % {"day": day(asked.asked.on)}, *(chip.label for chip in asked.chips)]
    title = pgettext("danh sách", "Danh sách cán bộ")
    rows = list(file_rows(found))
    return listing(request, Listing(title, file_head(), rows, notes, ("person.list", ""), of_people=True))


@needs(Permission.SEE_PEOPLE)
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """One person: what they have shown that they can do, and everything here as one line."""
    scope = scope_of(request)
    try:
        found = reached_person(scope, pk)
    except Person.DoesNotExist:  # a link to a record that has become part of another one
        return redirect("person", one_person_now(scope, pk).pk)
    records = records_of(scope, found)
    context = {
        "title": found.full_name,
        "crumbs": [(pgettext("phòng", "Cán bộ"), reverse("people"))],
        "person": found,
        "ids": identifiers(scope, found),
        "current": next((line for line in records.posts if line.current), None),
        "records": records,
        "states": states(records),
        "chapters": lifeline(records),
        "coming": classes_coming(scope, pk),
        "acts": acts_on(scope, found, records),
        "pairs": [aside(pair, pk) for pair in pairs_of(scope, found)],
        "merge": last_merge(scope, found),
    }
    return render(request, "people/person.html", context)
