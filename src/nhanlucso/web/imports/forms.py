"""What is asked of whoever imports a file."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from nhanlucso.kernel.scope import Scope
from nhanlucso.orgs.models import Unit
from nhanlucso.orgs.queries import today_tree

MOST = 200 * 1024 * 1024
SUFFIXES = ("zip", "xlsx", "xls", "ods", "csv", "tsv")


class ImportForm(forms.Form):
    """A file, and for lists the unit whose people stand on it."""

    file = forms.FileField(
        label=_("Tệp"),
        help_text=_("Danh sách cán bộ hoặc bảng điểm danh (Excel, CSV), hoặc gói trao đổi (.zip)."),
        widget=forms.FileInput(attrs={"accept": ",".join(f".{suffix}" for suffix in SUFFIXES)}),
    )
    unit = forms.TypedChoiceField(
        label=_("Đơn vị của danh sách"),
        coerce=int,
        help_text=_("Người trong danh sách được tìm trong đơn vị này và các đơn vị trực thuộc."),
    )

    def __init__(self, *arguments: Any, scope: Scope, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.scope = scope
        self.fields["unit"].choices = [  # type: ignore[attr-defined]
            (version.unit, f"{'– ' * depth}{version.name}") for version, depth in today_tree(scope)
        ]

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        suffix = (file.name or "").rpartition(".")[2].lower()
        if suffix not in SUFFIXES:
            raise forms.ValidationError(
                _("Chưa đọc được loại tệp này. Lưu thành .xlsx hoặc .csv rồi tải lại.")
            )
        if (file.size or 0) > MOST:
            raise forms.ValidationError(_("Tệp lớn hơn 200 MB. Chia thành nhiều tệp rồi tải lại."))
        if suffix == "zip" and not self.scope.everything:
            raise forms.ValidationError(
                _("Chỉ người quản trị được nhập gói trao đổi. Danh sách thì nhập bằng Excel.")
            )
        return file

    def clean_unit(self) -> Unit:
        return Unit.objects.get(pk=self.cleaned_data["unit"])
