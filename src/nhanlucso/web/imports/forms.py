"""What is asked of whoever imports a file."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.orgs.models import Unit
from nhanlucso.orgs.queries import ended_units, today_tree
from nhanlucso.people.enums import Category
from nhanlucso.training.models import TrainingClass
from nhanlucso.training.queries.classes import hosted_classes

MOST = 200 * 1024 * 1024
SUFFIXES = ("zip", "xlsx", "xls", "ods", "csv", "tsv")


class ImportForm(forms.Form):
    """A file, and for lists the unit whose people stand on it."""

    file = forms.FileField(
        label=_("Tệp"),
        help_text=_("Danh sách cán bộ hoặc bảng điểm danh (Excel, CSV), hoặc gói trao đổi (.zip)."),
        widget=forms.FileInput(attrs={"accept": ",".join(f".{suffix}" for suffix in SUFFIXES)}),
        error_messages={
            "required": _("Hãy chọn một tệp."),
            "empty": _("Tệp này trống. Chọn tệp có dữ liệu."),
        },
    )
    unit = forms.TypedChoiceField(
        label=_("Đơn vị của danh sách"),
        coerce=int,
        help_text=_("Người trong danh sách được tìm trong đơn vị này và các đơn vị trực thuộc."),
    )

    training_class = forms.ModelChoiceField(
        label=_("Lớp của bảng điểm danh"),
        required=False,
        queryset=TrainingClass.objects.none(),
        empty_label=_("Tìm theo ngày trong bảng"),
        help_text=_("Chỉ cần khi nhập điểm danh và một ngày có nhiều lớp."),
    )
    category = forms.ChoiceField(
        label=_("Đối tượng khi chức vụ không cho biết"),
        required=False,
        choices=[("", _("Để trống, xem lại sau")), *Category.choices],
        help_text=_("Chỉ cần khi nhập danh sách cán bộ mới."),
    )

    def __init__(self, *arguments: Any, scope: Scope, **more: Any) -> None:
        super().__init__(*arguments, **more)
        scope = self.scope = scope.to(Permission.IMPORT_LISTS)
        now = [(version.unit, f"{'– ' * depth}{version.name}") for version, depth in today_tree(scope)]
        past = [(v.unit, f"{v.name} ({_('đến')} {v.valid_to:%d/%m/%Y})") for v in ended_units(scope)]
        groups = [(_("Đơn vị hiện nay"), now), (_("Đơn vị trước đây"), past)]
        self.fields["unit"].choices = [group for group in groups if group[1]]  # type: ignore[attr-defined]
        classes = hosted_classes(scope).order_by(F("first_day").desc(nulls_last=True), "pk")
        self.fields["training_class"].queryset = classes  # type: ignore[attr-defined]
        self.fields["training_class"].label_from_instance = _label  # type: ignore[attr-defined]

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        suffix = (file.name or "").rpartition(".")[2].lower()
        if suffix not in SUFFIXES:
            raise forms.ValidationError(
                _("Chưa đọc được loại tệp này. Lưu thành .xlsx hoặc .csv rồi tải lại.")
            )
        if (file.size or 0) > MOST:
            raise forms.ValidationError(_("Tệp lớn hơn 200 MB. Chia thành nhiều tệp rồi tải lại."))
        if suffix == "zip" and not self.scope.to(Permission.OPERATE).everything:
            raise forms.ValidationError(
                _("Chỉ người quản trị được nhập gói trao đổi. Danh sách thì nhập bằng Excel.")
            )
        return file

    def clean_unit(self) -> Unit:
        return Unit.objects.get(pk=self.cleaned_data["unit"])


def _label(row: Any) -> str:
    """A class by its title and first day."""
    return f"{row.title} ({row.first_day:%d/%m/%Y})" if row.first_day else str(row.title)
