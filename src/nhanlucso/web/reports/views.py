"""Reports: choose the period, download the paper."""

from __future__ import annotations

import re

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from nhanlucso.kernel.clock import now, today
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.periods import MONTH, RANGE, Period, parse_period
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.text import fold
from nhanlucso.reports.services.writing import Wanted, write_report
from nhanlucso.web.kit.asking import Question, question, scope_of
from nhanlucso.web.kit.doors import needs
from nhanlucso.web.kit.frame import frame

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMS = {"docx": _WORD, "pdf": "application/pdf", "xlsx": _EXCEL}


@needs(Permission.SEE_FIGURES)
def reports(request: HttpRequest) -> HttpResponse:
    """The periods of a year as a row, and the three forms of the paper for the chosen one."""
    asked = question(request)
    context: dict[str, object] = {"title": _("Báo cáo")}
    if asked is not None:
        context |= frame(request, asked) | {
            "periods": _periods(asked),
            "running": asked.asked.window.b > today(),
        }
    return render(request, "reports/page.html", context)


@needs(Permission.SEE_FIGURES)
def download(request: HttpRequest) -> HttpResponse:
    """The paper itself. Logged."""
    asked, form = question(request), request.GET.get("form", "")
    if asked is None or form not in FORMS:
        raise Http404
    if asked.period.kind == RANGE:
        raise Refused("bad_kind", _("Báo cáo lập cho tháng, quý, nửa năm, 9 tháng hoặc năm."))
    wanted = Wanted(
        kind=asked.period.kind,
        unit=asked.unit,
        period=asked.period.text,
        calendar=asked.calendar,
        tree=str(asked.asked.tree) if asked.tree != "then" else "then",
    )
    body = write_report(wanted=wanted, form=form, by=scope_of(request), at=now())
    unit = re.sub(r"[^a-z0-9]+", "-", fold(asked.version.name)).strip("-")
    name = f"bao-cao-{unit}-{asked.period.text}.{form}"
    return HttpResponse(
        body, content_type=FORMS[form], headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


def _periods(asked: Question) -> list[Period]:
    """The periods of the year that reports are written for; of the months only the chosen one."""
    year = asked.period.year
    texts = [f"{year:04d}{part}" for part in ("-9M", "", "-H1", "-H2", "-Q1", "-Q2", "-Q3", "-Q4")]
    if asked.period.kind in (MONTH, RANGE):
        texts.insert(0, asked.period.text)
    return [parse_period(text) for text in texts]
