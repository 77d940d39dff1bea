"""Today: the three jobs, and progress to each target in one line."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from nhanlucso.web.kit.asking import question


def home(request: HttpRequest) -> HttpResponse:
    """What is due, who is missing, and how far each target is."""
    asked = question(request)
    return render(request, "home/page.html", {"title": _("Hôm nay"), "question": asked})
