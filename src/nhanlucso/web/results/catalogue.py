"""The catalogue of courses: what is taught, and what completing it counts for."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from nhanlucso.courses.enums import CountsFor
from nhanlucso.courses.models import Course
from nhanlucso.courses.queries import course, course_list, in_use, may_add_courses, may_change_any
from nhanlucso.courses.services import add_course, change_course
from nhanlucso.kernel.clock import now
from nhanlucso.kernel.permissions import Permission
from nhanlucso.web.kit.asking import scope_of
from nhanlucso.web.kit.doors import needs
from nhanlucso.web.kit.filling import attempt
from nhanlucso.web.results.forms import CatalogueForm


@dataclass(frozen=True, slots=True)
class CourseRow:
    """A course as the catalogue shows it."""

    course: Course
    counts_for: list[str]
    changeable: bool


@needs(Permission.SEE_PEOPLE, Permission.SEE_PLANS, Permission.SEE_CLASSES)
def courses(request: HttpRequest) -> HttpResponse:
    """All courses of the installation."""
    scope = scope_of(request)
    used = set(in_use(scope).values_list("pk", flat=True))
    adding, any_course = may_add_courses(scope), may_change_any(scope)
    rows = [
        CourseRow(
            one,
            [str(CountsFor(kind).label) for kind in CountsFor.values if kind in one.counts_for],
            any_course or (adding and one.pk not in used),
        )
        for one in course_list(scope)
    ]
    context = {
        "title": _("Danh mục khóa học"),
        "crumbs": [(_("Kết quả học tập"), reverse("results"))],
        "rows": rows,
        "adding": adding,
    }
    return render(request, "results/courses.html", context)


@needs(Permission.EDIT_PLANS, Permission.EDIT_CLASSES)
def add(request: HttpRequest) -> HttpResponse:
    """A new course."""
    scope, form = scope_of(request), CatalogueForm(None, request.POST if request.method == "POST" else None)
    if form.is_valid():
        made = attempt(form, lambda: add_course(data=form.course(), by=scope, at=now()))
        if made:
            messages.success(request, _("Đã thêm khóa học «%(title)s».") % {"title": made.title})
            return redirect("courses")
    return _form(request, form, _("Thêm khóa học"), _("Thêm"))


@needs(Permission.EDIT_PLANS, Permission.EDIT_CLASSES, Permission.OPERATE)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Corrections of a course."""
    scope = scope_of(request)
    found = course(scope, pk)
    form = CatalogueForm(found, request.POST if request.method == "POST" else None)
    if form.is_valid():
        made = attempt(form, lambda: change_course(course=found, data=form.course(), by=scope, at=now()))
        if made:
            messages.success(request, _("Đã sửa khóa học «%(title)s».") % {"title": made.title})
            return redirect("courses")
    return _form(request, form, _("Sửa khóa học"), _("Lưu"))


def _form(request: HttpRequest, form: CatalogueForm, title: str, submit: str) -> HttpResponse:
    context = {
        "title": title,
        "crumbs": [
            (_("Kết quả học tập"), reverse("results")),
            (_("Danh mục khóa học"), reverse("courses")),
        ],
        "form": form,
        "submit": submit,
        "back": reverse("courses"),
    }
    return render(request, "results/form.html", context)
