"""Figures and the catalogue of indicators as JSON, for whoever is signed in."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from nhanlucso.indicators.catalogue import CATALOGUE_VERSION
from nhanlucso.indicators.definitions import definitions
from nhanlucso.indicators.figures import as_json
from nhanlucso.indicators.queries import ask, figure_rows, pick
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.periods import DECREE
from nhanlucso.kernel.permissions import Permission
from nhanlucso.orgs.queries import resolve_unit
from nhanlucso.web.api.answers import told
from nhanlucso.web.kit.asking import scope_of
from nhanlucso.web.kit.doors import everyone, needs

Answer = Callable[[HttpRequest], HttpResponseBase]


def _json(view: Answer) -> Answer:
    """Every answer is JSON: 401 for who is not signed in, 403 for whom the role does not let in, 400 for what is
    refused, 404 for what is not in reach."""

    @wraps(view)
    def answer(request: HttpRequest) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return _refused(Refused("sign_in", _("Hãy đăng nhập trước.")), 401)
        try:
            return told(view(request))
        except ObjectDoesNotExist:
            return _refused(_unknown(request), 404)
        except Refused as refusal:
            known = refusal.code != "unknown_unit"
            status = 403 if refusal.code == "not_allowed" else 400 if known else 404
            return _refused(refusal if known else _unknown(request), status)

    return answer


@login_not_required
@_json
@require_GET
@needs(Permission.SEE_FIGURES)
def figures(request: HttpRequest) -> JsonResponse:
    """The array that the command `figures` prints: ?unit=ID&period=P[&calendar=&tree=&indicator=…&by_child=1]."""
    words = request.GET
    for name in ("unit", "period"):
        if not words.get(name):
            raise Refused("missing_parameter", _("Thiếu tham số «%(name)s».") % {"name": name})
    asked = ask(words["period"], words.get("calendar", DECREE), words.get("tree", "then"))
    indicators = pick(words.getlist("indicator"), asked.window.b)
    unit = resolve_unit(words["unit"])
    by_child = words.get("by_child", "") in ("1", "true")
    rows = figure_rows(scope_of(request), asked, indicators, unit.pk, by_child)
    return _data([as_json(figure, of, words["period"]) for of, figure in rows])


@login_not_required
@_json
@require_GET
@everyone("definitions, no figures")
def indicators(request: HttpRequest) -> JsonResponse:
    """The catalogue: code, name, definition, unit and version of every indicator."""
    return _data(
        [
            {
                "code": indicator.code,
                "name": str(indicator.name),
                "definition": str(indicator.definition),
                "unit": str(indicator.measure.value),
                "definition_version": indicator.version,
                "catalogue_version": None if indicator.is_composed else CATALOGUE_VERSION,
            }
            for indicator in definitions().values()
        ]
    )


def _unknown(request: HttpRequest) -> Refused:
    """The same words for a unit that does not exist and for one out of reach."""
    return Refused("unknown_unit", _("Không có đơn vị «%(unit)s».") % {"unit": request.GET.get("unit", "")})


def _data(document: list[dict[str, object]]) -> JsonResponse:
    return JsonResponse(document, safe=False, json_dumps_params={"ensure_ascii": False})


def _refused(refusal: Refused, status: int) -> JsonResponse:
    return JsonResponse(refusal.as_json(), status=status, json_dumps_params={"ensure_ascii": False})
