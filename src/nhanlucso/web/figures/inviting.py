"""The people whom a figure lacks become the invitation list of a class: all of them, or those who are picked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from nhanlucso.indicators import queries
from nhanlucso.indicators.engine.passport import MISSING, Passport
from nhanlucso.kernel.clock import now, today
from nhanlucso.kernel.ids import new_uid
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.kernel.text import name_key, natural_key
from nhanlucso.orgs.queries import history
from nhanlucso.people.queries import PersonName, people_by_ids
from nhanlucso.training.queries.classes import hosted_class
from nhanlucso.training.services.classes import create_class
from nhanlucso.training.services.invitations import invite
from nhanlucso.web.figures.behind import can_invite
from nhanlucso.web.figures.forms import EXISTING, InviteForm
from nhanlucso.web.kit.asking import Question, scope_of
from nhanlucso.web.kit.doors import needs
from nhanlucso.web.kit.frame import address, asked_of, frame, indicator_or_404

NAMED_AT_MOST = 500  # up to so many people each stands on the page; more are picked by unit


@dataclass(frozen=True, slots=True)
class Pick:
    """Somebody who may be invited, ticked or not."""

    pk: int
    name: str
    title: str
    on: bool


@dataclass(frozen=True, slots=True)
class UnitPicks:
    """The people of a unit (0: without one), ticked as a whole or not."""

    unit: int
    name: str
    people: list[Pick]
    on: bool

    @property
    def picked(self) -> list[int]:
        return [one.pk for one in self.people if self.on and one.on]


@needs(Permission.EDIT_CLASSES)
@require_http_methods(["GET", "POST"])
def invite_missing(request: HttpRequest, code: str) -> HttpResponse:
    """Turns the missing people of a figure into the invitation list of a class."""
    indicator, asked, scope = indicator_or_404(code), asked_of(request), scope_of(request)
    if not can_invite(indicator):
        raise Http404
    held = queries.passport(scope, asked.asked, indicator, asked.unit.pk)
    people = _reachable(scope, held)
    picks = _picks(people, request.POST if request.POST.get("picked") else None)
    chosen = [person for group in picks for person in group.picked]
    form = InviteForm(
        request.POST or None,
        initial={"key": new_uid()},
        scope=scope.to(Permission.EDIT_CLASSES),
        unit=_host(asked),
        tracks=indicator.event.skills if indicator.event else (),
    )
    if request.method == "POST" and form.is_valid():
        if chosen:
            return _invited(request, form, chosen)
        form.add_error(None, _("Chọn ít nhất một người để mời."))
    context = {
        **frame(request, asked),
        "title": _("Lập danh sách mời vào lớp"),
        "indicator": indicator,
        "people": len(people),
        "picks": picks,
        "chosen": len(chosen),
        "named": len(people) <= NAMED_AT_MOST,
        "left_out": held.sizes()[MISSING] - len(people),
        "form": form,
        "passport_url": address("passport", code, f"{asked.query}&group={MISSING}"),
    }
    return render(request, "figures/invite.html", context)


def _invited(request: HttpRequest, form: InviteForm, people: list[int]) -> HttpResponse:
    scope, at = scope_of(request), now()
    with transaction.atomic():
        if form.cleaned_data["target"] == EXISTING:
            chosen = hosted_class(scope, form.cleaned_data["training_class"])
        else:
            chosen = create_class(
                data=form.class_data(),
                sessions=[form.session_data()],
                by=scope,
                at=at,
                uid=form.cleaned_data["key"],
            )
        outcome = invite(training_class=chosen, people=people, by=scope, at=at)
    words = _("Đã mời %(added)s người; %(already)s người đã có trong danh sách từ trước.")
    messages.success(request, words % {"added": outcome.added, "already": outcome.already})
    return redirect("training-class", chosen.pk)


def _reachable(scope: Scope, held: Passport) -> list[PersonName]:
    """The missing people whom the scope may invite, with their posts of today."""
    missing = {row.person for row in held.rows(MISSING) if row.person is not None}
    return list(people_by_ids(scope.to(Permission.EDIT_CLASSES), missing, today()).values())


def _picks(people: Iterable[PersonName], sent: QueryDict | None) -> list[UnitPicks]:
    """The people by unit, with the ticks that were sent; all ticked where none were."""
    units = set(sent.getlist("unit")) if sent is not None else None
    ticked = set(sent.getlist("person")) if sent is not None and sent["picked"] == "people" else None
    groups: dict[int, list[PersonName]] = {}
    for person in people:
        groups.setdefault(person.unit_id or 0, []).append(person)
    names = _names(groups)
    found = [
        UnitPicks(
            unit,
            names[unit],
            [
                Pick(one.person_id, one.name, one.title, ticked is None or str(one.person_id) in ticked)
                for one in sorted(group, key=lambda one: (name_key(one.name), one.person_id))
            ],
            units is None or str(unit) in units,
        )
        for unit, group in groups.items()
    ]
    return sorted(found, key=lambda group: (not group.unit, natural_key(group.name), group.unit))


def _names(units: Iterable[int]) -> dict[int, str]:
    """Units by name, those that share one with what they belong to."""
    past, on = history(), today()
    versions = {unit: past.version_near(unit, on) for unit in units}
    names = [version.name for version in versions.values() if version]
    said: dict[int, str] = {}
    for unit, version in versions.items():
        if version is None:
            said[unit] = _("Không có vị trí công tác")
            continue
        above = past.version_near(version.parent, on) if version.parent else None
        shared = names.count(version.name) > 1
        said[unit] = f"{version.name}, {above.name}" if shared and above else version.name
    return said


def _host(asked: Question) -> int:
    """The unit as it is today: it may have become another one since the period."""
    heirs = sorted(history().carry(asked.unit.pk, asked.version.valid_from, today()))
    return heirs[0] if len(heirs) == 1 else asked.unit.pk
