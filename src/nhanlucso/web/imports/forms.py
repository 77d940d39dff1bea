"""What is asked of whoever imports a file: the file; later, only where it is needed, the rest."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from nhanlucso.exchange.lists.services import Said
from nhanlucso.exchange.models import ListImport
from nhanlucso.exchange.sheets.reading import KINDS
from nhanlucso.exchange.uploads import is_bundle
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.orgs.models import Unit
from nhanlucso.orgs.queries import ended_units, today_tree
from nhanlucso.people.enums import Category
from nhanlucso.training.models import TrainingClass
from nhanlucso.training.queries.classes import hosted_classes
from nhanlucso.web.imports.words import kind_words
from nhanlucso.web.kit.asking import own_unit

MOST = 200 * 1024 * 1024
SUFFIXES = (
    "zip",
    "xlsx",
    "xlsm",
    "xls",
    "ods",
    "csv",
    "tsv",
    "txt",
    "docx",
    "html",
    "htm",
    "xml",
    "mht",
    "mhtml",
    "xltx",
)


class UploadForm(forms.Form):
    """A file, and for lists the unit whose people stand on it, where the account has more than one."""

    file = forms.FileField(
        label=_("Tệp"),
        help_text=_(
            "Excel, Word, CSV hay bảng tải từ phần mềm khác, để nguyên như đang có. "
            "Nhiều nhất 200 MB, 200.000 dòng."
        ),
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

    def __init__(self, *arguments: Any, scope: Scope, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.scope = scope.to(Permission.IMPORT_LISTS)
        now = [(version.unit, f"{'– ' * depth}{version.name}") for version, depth in today_tree(self.scope)]
        past = [(v.unit, f"{v.name} ({_('đến')} {v.valid_to:%d/%m/%Y})") for v in ended_units(self.scope)]
        groups = [(_("Đơn vị hiện nay"), now), (_("Đơn vị trước đây"), past)]
        self.fields["unit"].choices = [group for group in groups if group[1]]  # type: ignore[attr-defined]
        self.fields["unit"].initial = own_unit(self.scope)
        self.asks_unit = len(now) + len(past) > 1
        if not self.asks_unit:
            self.fields["unit"].required = False

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        suffix = (file.name or "").rpartition(".")[2].lower()
        if suffix not in SUFFIXES:
            raise forms.ValidationError(
                _("Chưa đọc được loại tệp này. Lưu thành .xlsx hoặc .csv rồi tải lại.")
            )
        if (file.size or 0) > MOST:
            raise forms.ValidationError(_("Tệp lớn hơn 200 MB. Chia thành nhiều tệp rồi tải lại."))
        if is_bundle(file.name or "") and not self.scope.to(Permission.OPERATE).everything:
            raise forms.ValidationError(
                _("Chỉ người quản trị được nhập gói trao đổi. Danh sách thì nhập bằng Excel.")
            )
        return file

    def clean_unit(self) -> Unit:
        chosen = self.cleaned_data["unit"] or self.fields["unit"].initial
        if chosen is None:
            raise forms.ValidationError(_("Tài khoản này chưa có đơn vị nào để nhập danh sách."))
        return Unit.objects.get(pk=chosen)


class SaidForm(forms.Form):
    """What is said of a list as a whole. Fields that the list gives no reason to ask stay folded away."""

    kind = forms.ChoiceField(label=_("Loại danh sách"))
    category = forms.ChoiceField(
        label=_("Đối tượng khi chức vụ không cho biết"),
        required=False,
        choices=[("", _("Để trống, xem lại sau")), *Category.choices],
        help_text=_("Người chưa rõ đối tượng chưa được tính vào biên chế."),
    )
    since = forms.DateField(
        label=_("Người mới giữ vị trí từ ngày"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date", "class": "day"}, format="%Y-%m-%d"),
        help_text=_("Để trống: tính từ trước đến nay, cả ở các kỳ đã qua."),
        error_messages={"invalid": _("Ngày này không có. Ghi như 01/07/2025.")},
    )
    training_class = forms.ModelChoiceField(
        label=_("Lớp của bảng điểm danh"),
        required=False,
        queryset=TrainingClass.objects.none(),
        empty_label=_("Tìm theo ngày trong bảng"),
        help_text=_("Cần khi một ngày có nhiều lớp."),
    )

    def __init__(self, *arguments: Any, scope: Scope, item: ListImport, seen: str, **more: Any) -> None:
        more["initial"] = {
            "kind": item.kind if item.kind != "auto" else seen,
            "category": item.category,
            "since": item.since,
            "training_class": item.training_class_id,
        }
        super().__init__(*arguments, **more)
        self.item, self.seen = item, seen
        choices = [(kind, kind_words(kind)) for kind in KINDS if kind != "auto"]
        self.fields["kind"].choices = choices  # type: ignore[attr-defined]
        classes = hosted_classes(scope.to(Permission.IMPORT_LISTS))
        classes = classes.order_by(F("first_day").desc(nulls_last=True), "pk")
        self.fields["training_class"].queryset = classes  # type: ignore[attr-defined]
        self.fields["training_class"].label_from_instance = _label  # type: ignore[attr-defined]

    def said(self, corrections: dict[str, str]) -> Said:
        """With what was said of columns. A kind that the list shows by itself need not be insisted upon."""
        clean = self.cleaned_data
        kind = self.item.kind if clean["kind"] == self.seen else clean["kind"]
        return Said(kind, corrections, clean["category"], clean["since"], clean["training_class"])


def _label(row: Any) -> str:
    """A class by its title and first day."""
    return f"{row.title} ({row.first_day:%d/%m/%Y})" if row.first_day else str(row.title)
