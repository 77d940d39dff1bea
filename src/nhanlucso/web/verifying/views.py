"""The page that judges a capsule. Nothing of it is kept."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from nhanlucso.indicators.capsules import signing
from nhanlucso.indicators.capsules.verdict import judged
from nhanlucso.kernel.errors import Refused
from nhanlucso.web.kit.crossing import status_of
from nhanlucso.web.kit.doors import everyone
from nhanlucso.web.verifying.forms import VerifyForm
from nhanlucso.web.verifying.showing import shown


@everyone("judges a file that the asker holds and shows nothing but what is in it")
@require_http_methods(["GET", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """A capsule judged: who signed it, for what, every figure as stated and as computed again."""
    asks = request.method == "POST"
    form = VerifyForm(request.POST, request.FILES) if asks else VerifyForm()
    own = signing.own_key()
    context: dict[str, object] = {
        "title": _("Xác minh số liệu"),
        "form": form,
        "fingerprint": signing.grouped(signing.fingerprint(own)) if own else "",
        "public_key": own.hex() if own else "",
    }
    if asks and form.is_valid():
        try:
            context["shown"] = shown(judged(form.cleaned_data["file"].read()), **form.asked())
        except Refused as problem:
            context["refusal"] = problem
    return render(request, "verifying/page.html", context, status=status_of(form))
