"""Forms of resolutions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nhanlucso.orgs.enums import UnitKind
from nhanlucso.orgs.models import Unit
from nhanlucso.orgs.rules import may_stand_below
from nhanlucso.reform.services.drafting import Words
from nhanlucso.web.kit.filling import day_field


class WordsForm(forms.Form):
    """Number, title and day."""

    title = forms.CharField(
        label=_("Trích yếu"),
        max_length=300,
        help_text=_("Ví dụ: Sắp xếp các đơn vị hành chính cấp xã của tỉnh."),
        error_messages={"required": _("Hãy ghi trích yếu.")},
    )
    number = forms.CharField(
        label=_("Số, ký hiệu"), max_length=100, required=False, help_text=_("Chưa ban hành thì để trống.")
    )
    date = day_field(_("Ngày hiệu lực"), _("Ngày đầu tiên của đơn vị mới."))

    def words(self, unit: Unit | None) -> Words:
        known = self.cleaned_data
        return Words(known["title"], known["date"], known["number"], unit)


class FileForm(forms.Form):
    """A file of change rows."""

    file = forms.FileField(label=_("Tệp"), error_messages={"required": _("Hãy chọn tệp.")})
    replace = forms.BooleanField(label=_("Thay mọi dòng đang có"), required=False)


class NewUnitForm(forms.Form):
    """What a new unit is called; `several`: one a line. `above`: where it may stand."""

    name = forms.CharField(label=_("Tên đơn vị mới"), max_length=300, required=False)
    names = forms.CharField(
        label=_("Đơn vị mới, mỗi dòng một tên"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    kind = forms.ChoiceField(label=_("Loại"), required=False)
    code = forms.CharField(label=_("Mã mới"), max_length=60, required=False)
    parent = forms.TypedChoiceField(label=_("Thuộc"), required=False, coerce=int, empty_value=None)

    def __init__(
        self, data: Any, *, fields: tuple[str, ...], above: list[tuple[int, str]], kind: str, **given: Any
    ) -> None:
        super().__init__(data, **given)
        for name in set(self.fields) - set(fields):
            del self.fields[name]
        if "parent" in self.fields:
            self.fields["parent"].choices = above  # type: ignore[attr-defined]
        if "kind" in self.fields:
            offered = [(k.value, k.label) for k in UnitKind if may_stand_below(k, kind)]
            self.fields["kind"].choices = offered  # type: ignore[attr-defined]
