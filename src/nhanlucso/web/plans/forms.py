"""Forms of the plans."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from nhanlucso.indicators.catalogue import Indicator
from nhanlucso.kernel.clock import ALWAYS, EVER, today
from nhanlucso.kernel.ids import new_uid
from nhanlucso.orgs.models import Unit
from nhanlucso.orgs.rules import Version
from nhanlucso.plans.documents.services.activities import ActivityData
from nhanlucso.plans.documents.services.plans import DirectiveData, PlanData, ProgrammeData
from nhanlucso.plans.documents.services.targets import TargetData
from nhanlucso.plans.enums import BoardRole, Comparator
from nhanlucso.plans.models import Programme
from nhanlucso.plans.rules import FIRST_YEAR, LAST_YEAR, amount_of
from nhanlucso.plans.steering.services import BoardData, SeatData
from nhanlucso.web.kit import filling

Choices = list[tuple[Any, Any]]


def day_field(label: Any, help_text: Any = "", initial: Any = None) -> forms.DateField:
    """A day that may be left out."""
    return filling.day_field(label, help_text, required=False, initial=initial)


def title_field(label: Any, help_text: Any = "", longest: int = 500) -> forms.CharField:
    """A title, which may be long."""
    return forms.CharField(
        label=label,
        max_length=longest,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Hãy ghi tên.")},
    )


def number_field(help_text: Any) -> forms.CharField:
    return forms.CharField(label=_("Số, ký hiệu"), required=False, max_length=100, help_text=help_text)


def unit_options(versions: Iterable[Version]) -> Choices:
    return [(version.unit, version.name) for version in versions]


class KeyedForm(forms.Form):
    """A form that makes one record however often it is sent."""

    key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=12, initial=new_uid)

    def choose(self, name: str, choices: Choices) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices


class SpanForm(KeyedForm):
    """With a first and a last day, in this order."""

    first, last = "valid_from", "valid_to"

    def clean(self) -> dict[str, Any]:
        words = super().clean() or self.cleaned_data
        first, last = words.get(self.first), words.get(self.last)
        if first and last and first > last:
            self.add_error(self.last, _("Ngày cuối không thể trước ngày đầu."))
        return words


class PlanForm(SpanForm):
    """A plan. `issuers`: units that the asker may write plans of."""

    title = title_field(_("Tên kế hoạch"), _("Như ghi trên văn bản."))
    number = number_field(_("Do văn thư cấp, ví dụ 84/KH-UBND. Chưa có thì để trống."))
    issued_on = day_field(_("Ngày ban hành"), _("Chưa ban hành thì để trống."))
    issuer = forms.ChoiceField(label=_("Đơn vị ban hành"))
    programme = forms.ChoiceField(label=_("Thực hiện đề án, chương trình"), required=False)
    valid_from = day_field(_("Hiệu lực từ ngày"))
    valid_to = day_field(_("Đến ngày"))

    def __init__(
        self, data: Any, issuers: Choices, programmes: Iterable[Programme], initial: Mapping[str, Any]
    ) -> None:
        super().__init__(data, initial=dict(initial))
        self.choose("issuer", issuers)
        self.choose("programme", [("", _("Không")), *((p.pk, _named(p)) for p in programmes)])

    def plan(self, issuer: Unit, programme: Programme | None) -> PlanData:
        told = self.cleaned_data
        return PlanData(
            title=told["title"],
            issuer=issuer,
            number=told["number"],
            programme=programme,
            issued_on=told["issued_on"],
            valid_from=told["valid_from"] or EVER,
            valid_to=told["valid_to"] or ALWAYS,
        )


def _named(programme: Programme) -> str:
    title = programme.title if len(programme.title) <= 90 else programme.title[:88] + "…"
    return f"{programme.number} – {title}" if programme.number else title


class ProgrammeForm(SpanForm):
    """A programme."""

    title = title_field(_("Tên đề án, chương trình"))
    number = number_field(_("Ví dụ 146/QĐ-TTg."))
    issuer = forms.CharField(
        label=_("Cơ quan ban hành"), required=False, max_length=200, help_text=_("Ví dụ Thủ tướng Chính phủ.")
    )
    issued_on = day_field(_("Ngày ban hành"))
    valid_from = day_field(_("Hiệu lực từ ngày"))
    valid_to = day_field(_("Đến ngày"))

    def programme(self) -> ProgrammeData:
        told = self.cleaned_data
        return ProgrammeData(
            title=told["title"],
            number=told["number"],
            issuer=told["issuer"],
            issued_on=told["issued_on"],
            valid_from=told["valid_from"] or EVER,
            valid_to=told["valid_to"] or ALWAYS,
        )


class DirectiveForm(KeyedForm):
    """A directive that follows from a plan."""

    title = title_field(_("Trích yếu"), _("Ví dụ: Về việc cử cán bộ dự lớp kỹ năng số."))
    number = number_field(_("Do văn thư cấp. Chưa có thì để trống."))
    issued_on = day_field(_("Ngày ban hành"))
    issuer = forms.ChoiceField(label=_("Đơn vị ban hành"), required=False)

    def __init__(self, data: Any, issuers: Choices, initial: Mapping[str, Any]) -> None:
        super().__init__(data, initial=dict(initial))
        self.choose("issuer", [("", _("Chưa rõ")), *issuers])

    def directive(self, issuer: Unit | None) -> DirectiveData:
        told = self.cleaned_data
        return DirectiveData(told["title"], told["number"], issuer, told["issued_on"])


class TargetForm(forms.Form):
    """A target of an indicator that was chosen before."""

    unit = forms.ChoiceField(label=_("Đơn vị phải đạt"))
    year = filling.whole_field(
        _("Năm"),
        FIRST_YEAR,
        LAST_YEAR,
        words={
            "invalid": _("Viết năm như 2026."),
            "required": _("Hãy ghi năm."),
            "min_value": _("Năm phải từ 2000 đến 2100."),
            "max_value": _("Năm phải từ 2000 đến 2100."),
        },
    )
    comparator = forms.ChoiceField(
        label=_("Kế hoạch viết"),
        required=False,
        choices=[("", _("đạt (không nói rõ hơn)")), *Comparator.choices],
    )
    value = forms.CharField(
        label=_("Mức"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        error_messages={"required": _("Hãy ghi mức phải đạt.")},
    )
    quote = forms.CharField(
        label=_("Câu trong kế hoạch"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Chép nguyên câu giao chỉ tiêu."),
    )

    def __init__(self, data: Any, indicator: Indicator, units: Choices, initial: Mapping[str, Any]) -> None:
        super().__init__(data, initial=dict(initial))
        self._share = indicator.is_share
        field = self.fields["unit"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = units
        self.fields["value"].label = gettext("Mức (%(measure)s)") % {"measure": indicator.measure.label}

    def clean_value(self) -> float:
        return amount(self.cleaned_data["value"], self._share)

    def target(self, indicator: str, unit: Unit) -> TargetData:
        told = self.cleaned_data
        return TargetData(indicator, unit, told["year"], told["value"], told["comparator"], told["quote"])


def amount(text: str, share: bool) -> float:
    """The number that was written. Raises ValidationError for no number, a share above 100, a count with decimals."""
    value = amount_of(text)
    if value is None:
        raise forms.ValidationError(gettext("Hãy viết một số, như 90 hoặc 1.200."))
    if share and value > 100:
        raise forms.ValidationError(gettext("Tỷ lệ không quá 100 %."))
    if not share and value != int(value):
        raise forms.ValidationError(gettext("Mức này là số đếm: viết số tròn, như 92 hoặc 1.200."))
    return value


class ActivityForm(SpanForm):
    """An activity of a plan."""

    first, last = "starts_on", "ends_on"
    title = title_field(_("Nội dung nhiệm vụ"))
    lead = forms.ChoiceField(
        label=_("Đơn vị chủ trì"),
        required=False,
        help_text=_("Đơn vị khác và đơn vị phối hợp thì thêm ở bước sau."),
    )
    starts_on = day_field(_("Từ ngày"))
    ends_on = day_field(_("Đến ngày"))

    def __init__(self, data: Any, leads: Choices, initial: Mapping[str, Any]) -> None:
        super().__init__(data, initial=dict(initial))
        self.choose("lead", [("", _("Chưa rõ")), *leads])

    def activity(self, lead: Unit | None) -> ActivityData:
        told = self.cleaned_data
        return ActivityData(told["title"], lead, told["starts_on"], told["ends_on"])


class BoardForm(SpanForm):
    """A steering board."""

    name = title_field(_("Tên ban"), _("Ví dụ: Ban Chỉ đạo chuyển đổi số xã Bảo Thắng."), 300)
    decision = forms.CharField(
        label=_("Quyết định thành lập"),
        required=False,
        max_length=200,
        help_text=_("Số và ngày như trên văn bản. Chưa có thì để trống."),
    )
    standing = forms.ChoiceField(label=_("Cơ quan thường trực"), required=False)
    valid_from = day_field(_("Từ ngày"))
    valid_to = day_field(_("Đến ngày"), _("Ban đang hoạt động thì để trống."))

    def __init__(self, data: Any, units: Choices, initial: Mapping[str, Any]) -> None:
        super().__init__(data, initial=dict(initial))
        self.choose("standing", [("", _("Chưa rõ")), *units])

    def board(self, standing: Unit | None) -> BoardData:
        told = self.cleaned_data
        return BoardData(
            name=told["name"],
            standing_unit=standing,
            decision=told["decision"],
            valid_from=told["valid_from"] or EVER,
            valid_to=told["valid_to"] or ALWAYS,
        )


class SeatForm(SpanForm):
    """Somebody's time on a board."""

    role = forms.ChoiceField(
        label=_("Vai trò"),
        required=False,
        choices=[*BoardRole.choices, ("", _("Chưa rõ"))],
        widget=forms.RadioSelect,
    )
    valid_from = day_field(_("Từ ngày"), _("Không rõ thì để trống."), initial=today)
    valid_to = day_field(_("Đến ngày"), _("Còn trong ban thì để trống."))

    def seat(self) -> SeatData:
        told = self.cleaned_data
        return SeatData(told["role"], told["valid_from"] or EVER, told["valid_to"] or ALWAYS)


class CopyForm(KeyedForm):
    """The title of the plan of the next year."""

    title = title_field(_("Tên kế hoạch mới"), _("Gợi ý từ tên cũ, sửa được."))
