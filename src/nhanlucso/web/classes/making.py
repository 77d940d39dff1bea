"""Making a class, from nothing or like an earlier one, and changing what is said of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from nhanlucso.kernel.clock import ZONE, local_date, now, today
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.ids import new_uid
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.kernel.text import fold
from nhanlucso.orgs.queries import history, reach
from nhanlucso.training.models import ClassSession, TrainingClass
from nhanlucso.training.queries.classes import hosted_class
from nhanlucso.training.queries.planning import (
    class_led,
    classes_led,
    equal_class,
    latest_place,
    people_of_before,
    units_to_join,
    vanished_name,
)
from nhanlucso.training.services.classes import change_class, create_class
from nhanlucso.training.services.invitations import Invited, invite_again
from nhanlucso.web.classes.forms import ClassForm, SessionsForm
from nhanlucso.web.kit.asking import own_unit, scope_of
from nhanlucso.web.kit.doors import needs
from nhanlucso.web.kit.wording import day as said_day

UNITS_FOUND = 8
_FIELD_OF = {  # where a refusal belongs
    "title_missing": "title",
    "host_not_valid": "host_unit",
    "co_host_not_valid": "co_hosts",
    "course_exists": "new_title",
}
_ROW = ("day", "starts", "ends", "place", "gap")


@dataclass(frozen=True, slots=True)
class Problem:
    """A line of the summary of errors, with the field that it leads to."""

    message: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """A unit that may join, below what it stands."""

    unit: int
    name: str
    above: str


@needs(Permission.EDIT_CLASSES)
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """A new class. `nhu` in the address: like that earlier one."""
    scope = scope_of(request)
    like = _like(request)
    if request.method == "GET":
        class_form = ClassForm(scope=scope, initial=_beginning(scope, like))
        return _page(request, class_form, SessionsForm(initial=_first_sessions(scope, like)), like)
    if request.POST.get("do"):
        return _drafted(request, like)
    class_form, sessions = ClassForm(request.POST, scope=scope, initial={}), SessionsForm(request.POST)
    valid = class_form.is_valid() and sessions.is_valid()
    if valid and (loose := _loose_words(request.POST)):
        class_form.add_error(
            "co_hosts", _("Chọn đơn vị vừa tìm «%(words)s», hoặc xóa ô tìm.") % {"words": loose}
        )
    elif valid and (twin := _twin(request, class_form, sessions)):
        return _page(request, class_form, sessions, like, twin=twin)
    elif valid:
        made = _attempt(class_form, lambda: _make(scope, class_form, sessions, _again(request, like)))
        if made:
            _tell(request, *made)
            return redirect("training-class", made[0].pk)
    return _page(request, class_form, sessions, like)


def _twin(request: HttpRequest, form: ClassForm, sessions: Any) -> TrainingClass | None:
    """An equal class that stands already, of which nobody has said yet that there shall be another one. A form that
    was sent twice has no twin: it is that class."""
    data, scope = form.class_data(), scope_of(request)
    sent_before = classes_led(scope).filter(origin="", uid=form.cleaned_data["key"] or None)
    if request.POST.get("anyway") or sent_before.exists():
        return None
    first = min(session.starts_at for session in sessions.session_data())
    return equal_class(scope, data.title, data.host_unit.pk, first)


def _make(
    scope: Scope, form: ClassForm, sessions: Any, again: TrainingClass | None
) -> tuple[TrainingClass, Invited | None]:
    at = now()
    with transaction.atomic():
        made = create_class(
            data=form.class_data(),
            sessions=sessions.session_data(),
            new_course=form.new_course(),
            by=scope,
            at=at,
            uid=form.cleaned_data["key"],
        )
        invited = invite_again(training_class=made, like=again, by=scope, at=at) if again else None
    return made, invited


def _tell(request: HttpRequest, made: TrainingClass, invited: Invited | None) -> None:
    said = _("Đã mở lớp «%(title)s».") % {"title": made.title}
    if invited is not None:
        n = invited.added + invited.already
        said += " " + ngettext("Đã mời lại %(n)s người.", "Đã mời lại %(n)s người.", n) % {"n": n}
    messages.success(request, said)


@needs(Permission.EDIT_CLASSES)
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, class_id: int) -> HttpResponse:
    """What is said of a class; its sessions have pages of their own."""
    scope = scope_of(request)
    held = class_led(scope, class_id)
    given = _told(held, held.host_unit_id, list(held.co_host_units.values_list("pk", flat=True)))
    given |= {"activity": held.activity_id, "round": held.round, "capacity": held.capacity}
    if request.method == "GET":
        return _page(request, ClassForm(scope=scope, initial=given), None, None, held)
    if request.POST.get("do"):
        return _drafted(request, None, held)
    form = ClassForm(request.POST, scope=scope, initial={"host_unit": held.host_unit_id})
    if form.is_valid() and _attempt(
        form,
        lambda: change_class(
            training_class=held, data=form.class_data(), new_course=form.new_course(), by=scope, at=now()
        ),
    ):
        messages.success(request, _("Đã sửa lớp."))
        return redirect("training-class", class_id)
    return _page(request, form, None, None, held)


def _attempt(form: ClassForm, act: Callable[[], Any]) -> Any:
    """What a service made, or None with its refusal beside the field that it is about."""
    try:
        return act()
    except Refused as refusal:
        if refusal.code == "not_allowed":
            raise
        form.add_error(_FIELD_OF.get(refusal.code), refusal.message)
        return None


# -- beginning ---------------------------------------------------------------------------------------------------


def _like(request: HttpRequest) -> TrainingClass | None:
    """The earlier class that the address names. Raises TrainingClass.DoesNotExist outside the scope."""
    text = request.GET.get("nhu", "")
    if not text:
        return None
    if not text.isdecimal():
        raise Http404
    return hosted_class(scope_of(request).to(Permission.EDIT_CLASSES), int(text))


def _again(request: HttpRequest, like: TrainingClass | None) -> TrainingClass | None:
    """The class whose people are to be invited once more, if that was ticked."""
    return like if like is not None and request.POST.get("again") else None


def _beginning(scope: Scope, like: TrainingClass | None) -> dict[str, Any]:
    """What a new class begins with: one's own unit; or what the earlier one was, its units as they are today."""
    own = own_unit(scope.to(Permission.EDIT_CLASSES))
    if like is None:
        return {"key": new_uid(), "host_unit": own}
    first: date = getattr(like, "first_day", None) or today()
    heirs = _heirs(like.host_unit_id, first)
    inside = reach(scope.to(Permission.EDIT_CLASSES))
    host = heirs[0] if len(heirs) == 1 and inside.holds(heirs[0]) else own
    joined = [
        heir[0]
        for unit in like.co_host_units.values_list("pk", flat=True)
        if len(heir := _heirs(unit, first)) == 1 and heir[0] != host
    ]
    return {"key": new_uid(), **_told(like, host, joined)}


def _told(held: TrainingClass, host: int | None, joined: list[int]) -> dict[str, Any]:
    return {
        "title": held.title,
        "form": held.form,
        "mode": held.mode,
        "course": held.course_id,
        "host_unit": host,
        "co_hosts": joined,
    }


def _heirs(unit: int | None, since: date) -> list[int]:
    """What a unit has become by today."""
    return sorted(history().carry(unit, since, today())) if unit is not None else []


def _first_sessions(scope: Scope, like: TrainingClass | None) -> list[dict[str, Any]]:
    """Today from 8 to 11.30 where one was last; or the sessions of the earlier class, as far apart as they were,
    on a day that is asked for."""
    held = list(like.sessions.order_by("starts_at", "pk")) if like else []
    if not held:
        return [{"day": today(), "starts": "08:00", "ends": "11:30", "place": latest_place(scope)}]
    first = local_date(held[0].starts_at)
    rows = [_row(session, (local_date(session.starts_at) - first).days) for session in held]
    for row in rows:
        row["place"] = "" if vanished_name(scope, row["place"]) else row["place"]
    return [rows[0] | {"gap": ""}, *rows[1:]]


def _row(session: ClassSession, gap: int) -> dict[str, Any]:
    ends = session.ends_at
    same_day = ends is not None and local_date(ends) == local_date(session.starts_at)
    return {
        "starts": f"{session.starts_at.astimezone(ZONE):%H:%M}",
        "ends": f"{ends.astimezone(ZONE):%H:%M}" if ends is not None and same_day else "",
        "place": session.place,
        "gap": gap,
    }


# -- writing on, before anything is stored -----------------------------------------------------------------------


def _drafted(
    request: HttpRequest, like: TrainingClass | None, held: TrainingClass | None = None
) -> HttpResponse:
    """The form as it was written so far, with a session more or less, or with units that were looked for."""
    scope, sent = scope_of(request), request.POST
    names = [name for name in ClassForm.base_fields if name not in ("co_hosts", "new_counts")]
    given: dict[str, Any] = {name: sent.get(name, "") for name in names}
    given |= {"co_hosts": sent.getlist("co_hosts"), "new_counts": sent.getlist("new_counts")}
    form = ClassForm(scope=scope, initial=given)
    if held is not None:
        return _page(request, form, None, None, held)
    return _page(request, form, SessionsForm(initial=_rows_after(sent)), like)


def _rows_after(sent: QueryDict) -> list[dict[str, Any]]:
    """The rows of the sessions as they were written, one added or dropped."""
    total = sent.get("buoi-TOTAL_FORMS", "")
    count = min(int(total), SessionsForm.max_num) if total.isdecimal() else 1
    rows = [{name: sent.get(f"buoi-{at}-{name}", "") for name in _ROW} for at in range(count)]
    act, _dash, place = str(sent["do"]).partition("-")
    if act == "drop" and place.isdecimal() and len(rows) > 1:
        rows = [row for at, row in enumerate(rows) if at != int(place)]
    if act == "more" and len(rows) < SessionsForm.max_num:
        rows.append(_next_row(rows[-1]))
    return rows


def _next_row(row: dict[str, Any]) -> dict[str, Any]:
    """A day later, at the same time and place."""
    if str(row["gap"]).isdecimal() and not row["day"]:
        return row | {"gap": int(row["gap"]) + 1}
    try:
        day = str(date.fromisoformat(row["day"]) + timedelta(days=1))
    except (ValueError, OverflowError):
        day = ""
    return row | {"day": day, "gap": ""}


def _loose_words(sent: QueryDict) -> str:
    """Words in the box that units are looked for with, of which none that is ticked came."""
    words = sent.get("tim", "").strip()
    past = history()
    chosen = [past.last_version(int(unit)) for unit in sent.getlist("co_hosts") if unit.isdecimal()]
    return "" if any(v and fold(words) in fold(v.name) for v in chosen) else words


def _found(request: HttpRequest, form: ClassForm) -> list[Found]:
    """Units that were looked for and are not chosen yet."""
    chosen = {str(value) for value, _label in form.fields["co_hosts"].choices}  # type: ignore[attr-defined]
    past, on = history(), today()
    versions = units_to_join(scope_of(request), request.POST.get("tim", ""), on, UNITS_FOUND)
    return [
        Found(v.unit, v.name, above.name if v.parent and (above := past.version(v.parent, on)) else "")
        for v in versions
        if str(v.unit) not in chosen
    ]


# -- the page ----------------------------------------------------------------------------------------------------


def _page(
    request: HttpRequest,
    form: ClassForm,
    sessions: Any,
    like: TrainingClass | None,
    held: TrainingClass | None = None,
    twin: TrainingClass | None = None,
) -> HttpResponse:
    title = _("Mở lớp")
    if held is not None:
        title = _("Sửa lớp")
    elif like is not None:
        title = _("Mở lớp giống lần trước")
    context = {
        "title": title,
        "form": form,
        "sessions": sessions,
        "problems": [*_problems(form), *(_row_problems(sessions) if sessions is not None else [])],
        "like": like,
        "like_day": said_day(getattr(like, "first_day", None)) if like else "",
        "again": request.POST.get("again", "on" if request.method == "GET" else ""),
        "before": len(people_of_before(scope_of(request), like.pk)) if like else 0,
        "held": held,
        "twin": twin,
        "words": request.POST.get("tim", ""),
        "found": _found(request, form) if request.POST.get("tim") else [],
        "more": _opens_more(form),
        "back": reverse("training-class", args=[held.pk]) if held else reverse("classes"),
        "added": request.POST.get("do") == "more",
    }
    return render(request, "classes/form.html", context)


def _problems(form: forms.Form) -> list[Problem]:
    lines = [Problem(str(error)) for error in form.non_field_errors()]
    return lines + [
        Problem(f"{form[name].label}: {error}", f"#{form[name].auto_id}")
        for name, errors in form.errors.items()
        if name in form.fields
        for error in errors
    ]


def _row_problems(sessions: Any) -> list[Problem]:
    many = len(sessions.forms) > 1
    return [
        Problem(
            (_("Buổi %(number)s. ") % {"number": at} if many else "") + f"{form[name].label}: {error}",
            f"#{form[name].auto_id}",
        )
        for at, form in enumerate(sessions.forms, 1)
        for name, errors in form.errors.items()
        if name in form.fields
        for error in errors
    ]


def _opens_more(form: ClassForm) -> bool:
    """Whether what is seldom asked has something to say."""
    names = ("mode", "round", "capacity", "activity", "new_title", "new_counts", "new_periods", "co_hosts")
    usual = {"mode": "in_person"}
    written = any(form[name].value() not in (None, "", [], usual.get(name)) for name in names)
    return written or any(name in form.errors for name in names)
