"""Accepting a finding with a reason, taking that back, setting the numbers of a rule, searching anew."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from nhanlucso.indicators.models import QualityException
from nhanlucso.indicators.quality.checking import start_check
from nhanlucso.indicators.quality.queries import finding, limits_in_force, may_accept
from nhanlucso.indicators.quality.rule import Rule
from nhanlucso.indicators.quality.services import LONGEST_REASON, accept_finding, set_limit, take_back
from nhanlucso.kernel.clock import now
from nhanlucso.kernel.permissions import Permission
from nhanlucso.web.kit.asking import scope_of
from nhanlucso.web.kit.doors import needs
from nhanlucso.web.kit.filling import attempt, whole_field
from nhanlucso.web.quality.asking import RuleQuestion, rule_or_404, rule_question
from nhanlucso.web.quality.naming import Names

MENDS = (
    Permission.EDIT_PEOPLE,
    Permission.EDIT_CLASSES,
    Permission.EDIT_TEAMS,
    Permission.SUBMIT_REPORTS,
    Permission.EDIT_PLANS,
)


class ReasonForm(forms.Form):
    """Why a finding is right as it is."""

    reason = forms.CharField(
        label=gettext_lazy("Lý do"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Ví dụ: hai buổi nối nhau trong cùng hội trường, giờ ghi tròn."),
        error_messages={"required": gettext_lazy("Ghi lý do.")},
    )


class LimitsForm(forms.Form):
    """The numbers of a rule."""

    def __init__(self, data: object, rule: Rule, held: dict[str, int]) -> None:
        super().__init__(data, initial=held)  # type: ignore[arg-type]
        for limit in rule.limits:
            self.fields[limit.name] = whole_field(limit.label, limit.low, limit.high)


@needs(*MENDS)
def accept(request: HttpRequest, code: str) -> HttpResponse:
    """Says that a finding is right as it is, and why."""
    scope, question = scope_of(request), rule_question(request, code)
    subject = request.GET.get("subject", "")
    told = finding(scope, code, subject)
    if told is None:
        messages.info(request, _("Điểm này không còn: hồ sơ đã được sửa."))
        return redirect(_back(question))
    if not may_accept(scope, told.finding):
        raise Http404
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        words = form.cleaned_data["reason"]
        if attempt(
            form, lambda: accept_finding(rule=code, subject=subject, reason=words, by=scope, at=now())
        ):
            messages.success(request, _("Đã chấp nhận, ghi rõ lý do. Sửa hồ sơ thì điểm này mở lại."))
            return redirect(_back(question))
    context = {
        "title": _("Chấp nhận điểm này?"),
        "crumbs": [
            (_("Chất lượng số liệu"), f"{reverse('quality')}?unit={question.place.word}"),
            (question.rule.name, _back(question)),
        ],
        "rule": question.rule,
        "named": Names(scope, [told.finding]).named(told.finding),
        "form": form,
        "back": _back(question),
    }
    return render(request, "quality/accept.html", context)


@needs(*MENDS)
@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Opens an accepted finding again."""
    try:
        said = take_back(pk=pk, by=scope_of(request), at=now())
    except QualityException.DoesNotExist:
        raise Http404 from None
    messages.success(request, _("Đã mở lại."))
    return redirect(_back(rule_question(request, said.rule)))


@needs(Permission.OPERATE)
def limits(request: HttpRequest, code: str) -> HttpResponse:
    """Sets the numbers of a rule for the installation."""
    scope, found = scope_of(request), rule_or_404(code)
    form = LimitsForm(request.POST or None, found, limits_in_force(scope, found))
    back = reverse("quality-rule", args=[code])
    if form.is_valid():
        for name, value in form.cleaned_data.items():
            set_limit(rule=code, name=name, value=value, by=scope, at=now())
        messages.success(request, _("Đã đặt ngưỡng; kết quả tính theo ngưỡng mới."))
        return redirect(back)
    context = {
        "title": _("Ngưỡng của quy tắc"),
        "crumbs": [(_("Chất lượng số liệu"), reverse("quality")), (found.name, back)],
        "rule": found,
        "form": form,
        "back": back,
    }
    return render(request, "quality/limits.html", context)


@needs(Permission.SEE_FIGURES)
@require_POST
def check(request: HttpRequest) -> HttpResponse:
    """Searches the records of now as a job."""
    job = start_check(by=scope_of(request), at=now())
    return redirect("job", job.pk)


def _back(question: RuleQuestion) -> str:
    return f"{reverse('quality-rule', args=[question.rule.code])}?{question.query}"
