"""What the writing pages of this room share: a form as a page, a question before something is removed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from nhanlucso.kernel.errors import Refused
from nhanlucso.web.kit.crossing import status_of

Crumbs = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class FormPage:
    """How a form is shown. `back`: where «Bỏ qua» leads; `about`: words above the form, name and explanation."""

    title: str
    submit: str
    back: str
    crumbs: Crumbs
    about: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Removal:
    """What is asked before something is removed. `goes`: what goes with it, a line each."""

    title: str
    done: str
    back: str
    after: str
    crumbs: Crumbs
    goes: Sequence[str] = ()


def form_page(request: HttpRequest, form: forms.Form, page: FormPage) -> HttpResponse:
    """The page of a form, with its errors above and at the fields."""
    context = {"title": page.title, "crumbs": page.crumbs, "form": form, "page": page}
    return render(request, "plans/form.html", context, status=status_of(form))


def remove_page(request: HttpRequest, removal: Removal, act: Callable[[], None]) -> HttpResponse:
    """Asks, and on POST removes; where that is refused, the page says why and what to do first."""
    refusal = ""
    if request.method == "POST":
        try:
            act()
        except Refused as problem:
            if problem.code == "not_allowed":
                raise
            refusal = problem.message
        else:
            messages.success(request, removal.done)
            return redirect(removal.after)
    context = {"title": removal.title, "crumbs": removal.crumbs, "removal": removal, "refusal": refusal}
    return render(request, "plans/remove.html", context)
