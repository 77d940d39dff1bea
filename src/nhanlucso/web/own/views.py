"""One's own record, read by the person behind the account alone, never by reach."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from nhanlucso.learning.queries import own_results
from nhanlucso.people.identity import shown
from nhanlucso.people.queries import own_person, own_posts
from nhanlucso.people.revealing.queries import own_reveals
from nhanlucso.plans.queries import own_board_seats
from nhanlucso.teams.queries import own_seats
from nhanlucso.training.queries.attended import own_classes, own_classes_coming
from nhanlucso.web.kit.asking import scope_of
from nhanlucso.web.kit.doors import everyone
from nhanlucso.web.kit.lifeline import Records, lifeline, states


@everyone("shows only one's own record")
@require_GET
def own(request: HttpRequest) -> HttpResponse:
    """What I have shown that I can do, where I am invited, and everything here as one line."""
    scope = scope_of(request)
    person = own_person(scope)
    title = _("Hồ sơ của tôi")
    if person is None:
        return render(request, "own/nobody.html", {"title": title})
    records = Records(
        posts=own_posts(scope),
        classes=own_classes(scope),
        results=own_results(scope),
        seats=own_seats(scope),
        boards=own_board_seats(scope),
    )
    told = states(records)
    context = {
        "title": title,
        "lead": person.full_name,
        "person": person,
        "national_id": shown(person.national_id_cipher),
        "reveals": own_reveals(scope),
        "states": told,
        "lacking": [state for state in told if not state.skill.proofs],
        "coming": own_classes_coming(scope),
        "chapters": lifeline(records),
    }
    return render(request, "own/page.html", context)
