"""What is asked: a file, a name, what stands in a blank."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nhanlucso.forms.enums import Mark, Part, Span, Text
from nhanlucso.forms.services import Choice
from nhanlucso.indicators.definitions import definitions
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.orgs.queries import today_tree
from nhanlucso.web.kit.asking import own_unit
from nhanlucso.web.kit.wording import number

SUFFIXES = (".xlsx", ".docx")
NAMED = "named"


class UploadForm(forms.Form):
    """A form as it was sent, and the unit that keeps it where the account has more than one."""

    file = forms.FileField(
        label=_("Tệp biểu mẫu"),
        help_text=_("Excel (.xlsx) hoặc Word (.docx), để nguyên như cấp trên gửi; nhiều nhất 10 MB."),
        widget=forms.FileInput(attrs={"accept": ",".join(SUFFIXES)}),
        error_messages={"required": _("Hãy chọn một tệp."), "empty": _("Tệp này trống. Chọn tệp khác.")},
    )
    unit = forms.TypedChoiceField(label=_("Đơn vị giữ biểu mẫu"), coerce=int)

    def __init__(self, *arguments: Any, scope: Scope, **more: Any) -> None:
        super().__init__(*arguments, **more)
        keeping = scope.to(Permission.SUBMIT_REPORTS)
        units = [(v.unit, f"{'– ' * depth}{v.name}") for v, depth in today_tree(keeping)]
        self.fields["unit"].choices = units  # type: ignore[attr-defined]
        self.fields["unit"].initial = own_unit(keeping)
        self.asks_unit = len(units) > 1
        if not self.asks_unit:
            self.fields["unit"].required = False

    def clean_unit(self) -> int:
        unit = self.cleaned_data["unit"] or self.fields["unit"].initial
        if unit is None:
            raise forms.ValidationError(_("Tài khoản này chưa có đơn vị nào để giữ biểu mẫu."))
        return int(unit)

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if not (file.name or "").lower().endswith(SUFFIXES):
            raise forms.ValidationError(
                _("Chỉ nhận .xlsx và .docx. Tệp .xls, .doc: mở ra và lưu thành loại mới.")
            )
        return file


class NameForm(forms.Form):
    """How a form is called, who may use it, what is written where a figure is not known."""

    title = forms.CharField(label=_("Tên biểu mẫu"), max_length=200)
    unknown = forms.ChoiceField(label=_("Ô chưa có số liệu ghi"), choices=Mark.choices, required=False)
    shared = forms.BooleanField(label=_("Mọi đơn vị đều dùng được"), required=False)


class BlankForm(forms.Form):
    """What stands in a blank, chosen from everything there is; `line`: how many blanks name a unit alike."""

    code = forms.ChoiceField(label=_("Số liệu"))
    part = forms.ChoiceField(label=_("Phần của tỷ lệ"), choices=Part.choices, initial=Part.VALUE)
    span = forms.ChoiceField(label=_("Tính cho"), choices=Span.choices, initial=Span.PERIOD)
    unit = forms.ChoiceField(label=_("Của đơn vị"), required=False)
    whole_line = forms.BooleanField(required=False)

    def __init__(self, *arguments: Any, scope: Scope, line: int = 1, **more: Any) -> None:
        super().__init__(*arguments, **more)
        figures = [(one.code, str(one.name)) for one in definitions(None).values()]
        self.fields["code"].choices = [  # type: ignore[attr-defined]
            (_("Chữ"), Text.choices),
            (_("Chỉ số"), figures),
        ]
        units = [(v.unit, f"{'– ' * depth}{v.name}") for v, depth in today_tree(scope)]
        self.fields["unit"].choices = [  # type: ignore[attr-defined]
            ("", _("Đơn vị điền biểu")),
            (NAMED, _("Đơn vị ghi ở dòng hoặc cột của ô")),
            *units,
        ]
        self.has_line = line > 1
        words = _("Cả %(count)s ô cùng cột, mỗi dòng một đơn vị") % {"count": number(line)}
        self.fields["whole_line"].label = words

    @property
    def choice(self) -> Choice:
        words = self.cleaned_data
        named = words["unit"] == NAMED
        unit = int(words["unit"]) if words["unit"] and not named else None
        return Choice(words["code"], words["part"], words["span"], unit, named)
