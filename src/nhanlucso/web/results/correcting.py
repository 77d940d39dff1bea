"""Correcting one result, or removing it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from nhanlucso.kernel.clock import now
from nhanlucso.kernel.permissions import Permission
from nhanlucso.learning.queries import visible_result
from nhanlucso.learning.services import change_result, remove_result
from nhanlucso.web.kit.asking import scope_of
from nhanlucso.web.kit.doors import needs
from nhanlucso.web.kit.filling import attempt
from nhanlucso.web.results.forms import ResultForm


@needs(Permission.RECORD_RESULTS)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Corrections of a result of somebody within reach."""
    scope = scope_of(request)
    found = visible_result(scope.to(Permission.RECORD_RESULTS), pk)
    form = ResultForm(found, request.POST if request.method == "POST" else None)
    back = reverse("person", args=[found.person_id])
    if form.is_valid():
        known = form.cleaned_data
        made = attempt(
            form,
            lambda: change_result(
                result=found,
                entry=form.entry(),
                enrolled_at=known["enrolled_at"],
                platform=known["platform"],
                by=scope,
                at=now(),
            ),
        )
        if made:
            messages.success(request, _("Đã sửa kết quả của %(name)s.") % {"name": found.person.full_name})
            return redirect(back)
    context = {
        "title": _("Sửa kết quả"),
        "crumbs": [(_("Kết quả học tập"), reverse("results")), (found.person.full_name, back)],
        "form": form,
        "result": found,
        "back": back,
    }
    return render(request, "results/change.html", context)


@needs(Permission.RECORD_RESULTS)
@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """The end of a result that was never true. Sent twice it says that nothing is left."""
    if remove_result(result_id=pk, by=scope_of(request), at=now()):
        messages.success(request, _("Đã xóa kết quả."))
    else:
        messages.info(request, _("Kết quả này không còn trong phạm vi của bạn."))
    return redirect("results")
