"""Sessions and head counts of a class, one at a time; taking away."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from nhanlucso.kernel.clock import ZONE, local_date, now, today
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.permissions import Permission
from nhanlucso.orgs.queries import history
from nhanlucso.training.models import ClassSession, HeadCount, Invitation, TrainingClass
from nhanlucso.training.queries.classes import hosted_class
from nhanlucso.training.queries.planning import class_led
from nhanlucso.training.services.classes import remove_class
from nhanlucso.training.services.head_counts import (
    add_head_count,
    change_head_count,
    remove_head_count,
)
from nhanlucso.training.services.sessions import add_session, change_session, remove_session
from nhanlucso.web.classes.forms import HeadCountForm, SessionForm
from nhanlucso.web.classes.rows import count_row, said_session
from nhanlucso.web.kit.asking import own_unit, scope_of
from nhanlucso.web.kit.doors import needs
from nhanlucso.web.kit.filling import done


@dataclass(frozen=True, slots=True)
class Asked:
    """A page with one form: what it is called, its button, and where something can be taken away."""

    title: str
    submit: str
    remove_url: str = ""
    remove: str = ""


@needs(Permission.EDIT_CLASSES)
@require_http_methods(["GET", "POST"])
def session_add(request: HttpRequest, class_id: int) -> HttpResponse:
    """A further session, a day after the last one unless said otherwise."""
    scope = scope_of(request)
    held = class_led(scope, class_id)
    last = held.sessions.order_by("-starts_at").first()
    given = _told(last) if last else {"starts": "08:00", "ends": "11:30"}
    form = SessionForm(request.POST or None, initial=given | {"day": today()}, use_required_attribute=False)

    def act() -> object:
        return add_session(training_class=held, session=_session(form), by=scope, at=now())

    if form.is_valid() and done(form, act):
        messages.success(request, _("Đã thêm buổi học."))
        return redirect("training-class", class_id)
    return _page(request, held, form, Asked(_("Thêm buổi học"), _("Thêm")))


@needs(Permission.EDIT_CLASSES)
@require_http_methods(["GET", "POST"])
def session_change(request: HttpRequest, class_id: int, session_id: int) -> HttpResponse:
    """Another time or place for a session."""
    scope = scope_of(request)
    held = class_led(scope, class_id)
    session = held.sessions.get(pk=session_id)
    given = _told(session) | {"day": local_date(session.starts_at)}
    form = SessionForm(request.POST or None, initial=given, use_required_attribute=False)

    def act() -> object:
        return change_session(class_session=session, session=_session(form), by=scope, at=now())

    if form.is_valid() and done(form, act):
        messages.success(request, _("Đã đổi buổi học."))
        return redirect("training-class", class_id)
    away = reverse("session-remove", args=[class_id, session_id])
    return _page(request, held, form, Asked(_("Đổi buổi học"), _("Lưu"), away, _("Bỏ buổi này")))


@needs(Permission.EDIT_CLASSES)
@require_http_methods(["GET", "POST"])
def session_remove(request: HttpRequest, class_id: int, session_id: int) -> HttpResponse:
    """Asks before a session is taken away."""
    scope = scope_of(request)
    held = class_led(scope, class_id)
    session = held.sessions.get(pk=session_id)
    back = reverse("session-change", args=[class_id, session_id])
    title = _("Bỏ buổi %(when)s?") % {"when": said_session(session)}
    return _removal(
        request,
        held,
        (title, "", _("Bỏ buổi này"), back),
        lambda: remove_session(class_session=session, by=scope, at=now()),
        _("Đã bỏ buổi học."),
    )


@needs(Permission.EDIT_CLASSES)
@require_http_methods(["GET", "POST"])
def class_remove(request: HttpRequest, class_id: int) -> HttpResponse:
    """Asks before a class is taken away."""
    scope = scope_of(request)
    held = class_led(scope, class_id)
    invited = Invitation.objects.filter(training_class=held).count()
    told = _("Các buổi của lớp cũng mất.")
    if invited:
        told += " " + ngettext(
            "Danh sách mời %(n)s người cũng mất.", "Danh sách mời %(n)s người cũng mất.", invited
        ) % {"n": invited}
    title = _("Xóa lớp «%(title)s»?") % {"title": held.title}
    return _removal(
        request,
        held,
        (title, told, _("Xóa lớp"), reverse("class-change", args=[class_id])),
        lambda: remove_class(training_class=held, by=scope, at=now()),
        _("Đã xóa lớp «%(title)s».") % {"title": held.title},
        gone=True,
    )


@needs(Permission.RECORD_ATTENDANCE)
@require_http_methods(["GET", "POST"])
def count_add(request: HttpRequest, class_id: int) -> HttpResponse:
    """People present who stand on no list."""
    scope = scope_of(request)
    held = hosted_class(scope.to(Permission.RECORD_ATTENDANCE), class_id)
    given = {"unit": own_unit(scope.to(Permission.RECORD_ATTENDANCE)), "date": _first_day(held)}
    form = HeadCountForm(request.POST or None, scope=scope, initial=given)

    def act() -> object:
        return add_head_count(training_class=held, data=form.head_count(), by=scope, at=now())

    if form.is_valid() and done(form, act):
        messages.success(request, _("Đã ghi số người."))
        return redirect("training-class", class_id)
    return _page(request, held, form, Asked(_("Ghi số người không có danh sách"), _("Ghi")))


@needs(Permission.RECORD_ATTENDANCE)
@require_http_methods(["GET", "POST"])
def count_change(request: HttpRequest, class_id: int, count_id: int) -> HttpResponse:
    """A correction of a head count."""
    scope = scope_of(request)
    held = hosted_class(scope.to(Permission.RECORD_ATTENDANCE), class_id)
    count = HeadCount.objects.get(pk=count_id, training_class=held)
    given = {name: getattr(count, name) for name in ("count", "qualifier", "audience", "date")}
    form = HeadCountForm(request.POST or None, scope=scope, initial=given | {"unit": count.unit_id})

    def act() -> object:
        return change_head_count(head_count=count, data=form.head_count(), by=scope, at=now())

    if form.is_valid() and done(form, act):
        messages.success(request, _("Đã sửa số người."))
        return redirect("training-class", class_id)
    away = reverse("count-remove", args=[class_id, count_id])
    return _page(request, held, form, Asked(_("Sửa số người"), _("Lưu"), away, _("Bỏ số này")))


@needs(Permission.RECORD_ATTENDANCE)
@require_http_methods(["GET", "POST"])
def count_remove(request: HttpRequest, class_id: int, count_id: int) -> HttpResponse:
    """Asks before a head count is taken away."""
    scope = scope_of(request)
    held = hosted_class(scope.to(Permission.RECORD_ATTENDANCE), class_id)
    count = HeadCount.objects.get(pk=count_id, training_class=held)
    row = count_row(history(), count)
    words = " ".join(filter(None, (row.said, row.audience or _("người"))))
    return _removal(
        request,
        held,
        (
            _("Bỏ số đếm «%(words)s»?") % {"words": words},
            row.unit,
            _("Bỏ số này"),
            reverse("count-change", args=[class_id, count_id]),
        ),
        lambda: remove_head_count(head_count=count, by=scope, at=now()),
        _("Đã bỏ số đếm."),
    )


def _told(session: ClassSession) -> dict[str, Any]:
    """A session as its form shows it, without the day."""
    ends = session.ends_at
    same_day = ends is not None and local_date(ends) == local_date(session.starts_at)
    return {
        "starts": f"{session.starts_at.astimezone(ZONE):%H:%M}",
        "ends": f"{ends.astimezone(ZONE):%H:%M}" if ends is not None and same_day else "",
        "place": session.place,
    }


def _session(form: SessionForm) -> Any:
    found = form.session_data()
    assert found is not None  # its day is required
    return found


def _first_day(held: TrainingClass) -> Any:
    return getattr(held, "first_day", None) or today()


def _page(request: HttpRequest, held: TrainingClass, form: forms.Form, asked: Asked) -> HttpResponse:
    back = reverse("training-class", args=[held.pk])
    context = {
        "title": asked.title,
        "asked": asked,
        "crumbs": [(_("Lớp học"), reverse("classes")), (held.title, back)],
        "form": form,
        "back": back,
    }
    return render(request, "classes/small_form.html", context)


def _removal(
    request: HttpRequest,
    held: TrainingClass,
    words: tuple[str, str, str, str],
    act: Callable[[], None],
    told: str,
    gone: bool = False,
) -> HttpResponse:
    """Says what goes, and asks; a refusal says why it stays. `words`: title, what else goes, button, way back."""
    title, text, submit, back = words
    refusal = None
    page = reverse("training-class", args=[held.pk])
    crumbs = [(_("Lớp học"), reverse("classes")), (held.title, page)]
    if request.method == "POST":
        try:
            act()
        except Refused as refused:
            if refused.code == "not_allowed":
                raise
            refusal = refused
        else:
            messages.success(request, told)
            return redirect("classes") if gone else redirect(page)
    context = {
        "title": title, "text": text, "submit": submit, "back": back, "crumbs": crumbs, "refusal": refusal,
    }  # fmt: skip
    return render(request, "classes/remove.html", context)
