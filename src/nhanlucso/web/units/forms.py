"""Forms of the units."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nhanlucso.kernel.clock import EVER, today
from nhanlucso.orgs.enums import UnitKind
from nhanlucso.orgs.models import Unit
from nhanlucso.orgs.rules import may_stand_below
from nhanlucso.orgs.services import NewUnit

ADDABLE = (
    UnitKind.VILLAGE,
    UnitKind.DIVISION,
    UnitKind.AGENCY,
    UnitKind.SERVICE_UNIT,
    UnitKind.ENTERPRISE,
)


def day_field(label: Any, help_text: Any = "", required: bool = True) -> forms.DateField:
    """A day, chosen or typed."""
    return forms.DateField(
        label=label,
        help_text=help_text,
        required=required,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={
            "required": _("Hãy ghi ngày."),
            "invalid": _("Ngày này không có. Viết như 01/07/2025."),
        },
    )


def name_field(label: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=300, error_messages={"required": _("Hãy ghi tên đơn vị.")})


def document_field() -> forms.CharField:
    return forms.CharField(
        label=_("Văn bản"),
        required=False,
        max_length=300,
        help_text=_("Số và cơ quan ban hành, ví dụ 1673/NQ-UBTVQH15."),
    )


class AddForm(forms.Form):
    """A unit below another one."""

    name = name_field(_("Tên đơn vị"))
    kind = forms.ChoiceField(
        label=_("Loại"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Hãy chọn một loại.")},
    )
    code = forms.CharField(label=_("Mã"), required=False, max_length=60)
    valid_from = day_field(_("Từ ngày"), _("Không rõ thì để trống: tính từ trước đến nay."), required=False)

    def __init__(self, data: Any = None, *, above: str, **given: Any) -> None:
        """`above`: the kind of the unit that it will stand below."""
        super().__init__(data, **given)
        offered = [(kind.value, kind.label) for kind in ADDABLE if may_stand_below(kind, above)]
        self.fields["kind"].choices = offered  # type: ignore[attr-defined]

    def unit(self, parent: Unit) -> NewUnit:
        known = self.cleaned_data
        return NewUnit(known["name"], known["kind"], parent, known["code"], known["valid_from"] or EVER)


class RenameForm(forms.Form):
    """Another name from a day on."""

    name = name_field(_("Tên mới"))
    day = day_field(_("Ngày đầu tiên mang tên mới"), _("Trước ngày này đơn vị vẫn mang tên cũ."))
    document = document_field()


class MoveForm(forms.Form):
    """Another parent from a day on."""

    day = day_field(_("Ngày đầu tiên thuộc cấp trên mới"))
    document = document_field()


class EndForm(forms.Form):
    """The end of a unit."""

    last_day = day_field(_("Ngày cuối cùng đơn vị còn hiệu lực"))
    document = document_field()


class AdoptForm(forms.Form):
    """The day as of which units are taken from the catalogue."""

    on = day_field(
        _("Theo ngày"),
        _("Các thay đổi từ ngày này đến nay được lấy luôn, nên có cả đơn vị cũ và mới."),
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"on": today()})
