"""Forms of the people."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nhanlucso.kernel.clock import ALWAYS, EVER, today
from nhanlucso.kernel.scope import Scope
from nhanlucso.orgs.models import Unit
from nhanlucso.people.enums import Category, Duty
from nhanlucso.people.models import Post
from nhanlucso.people.queries import ALL_STAFF
from nhanlucso.people.rules import national_id_of
from nhanlucso.people.services import PersonData, PostData
from nhanlucso.web.kit.filling import day_field, known_day
from nhanlucso.web.kit.naming import WhoForm, judged
from nhanlucso.web.kit.steps import unit_steps
from nhanlucso.web.people.asking import MISSING, TRAINED, PeopleQuestion, category_label


class FilterForm(forms.Form):
    """The filters of the list; sent by GET, so that every list has an address."""

    unit = forms.ChoiceField(label=_("Đơn vị"), required=False)
    category = forms.ChoiceField(label=_("Đối tượng"), required=False)
    duty = forms.ChoiceField(label=_("Nhiệm vụ"), required=False, choices=[("", _("Bất kỳ")), *Duty.choices])
    trained = forms.ChoiceField(
        label=_("Kỹ năng số cơ bản trong kỳ"),
        required=False,
        choices=[("", _("Bất kỳ")), (TRAINED, _("Đã có")), (MISSING, _("Chưa có"))],
    )
    on = day_field(_("Vào ngày"), required=False)
    former = forms.BooleanField(label=_("Kể cả người đã thôi"), required=False)

    def __init__(self, scope: Scope, asked: PeopleQuestion) -> None:
        initial = {name: asked.words.get(name, "") for name in ("category", "duty", "trained")}
        unit = asked.unit.unit if asked.unit else ""
        super().__init__(
            initial={**initial, "unit": unit, "on": asked.asked.on, "former": asked.asked.former}
        )
        staff = (ALL_STAFF, category_label(ALL_STAFF))
        self._choose("category", [("", _("Bất kỳ")), staff, *Category.choices])
        self._choose("unit", unit_steps(scope, asked.unit, asked.asked.on))
        if asked.period:  # figures have placed these people, on the last day of the period
            del self.fields["on"], self.fields["former"]

    def _choose(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices


class PersonForm(WhoForm):
    """What is known of a person."""

    email: forms.Field = forms.EmailField(
        label=_("Thư điện tử"), required=False, error_messages={"invalid": _("Viết như ten@tinh.gov.vn.")}
    )
    national_id = forms.CharField(
        label=_("Số định danh cá nhân"),
        required=False,
        max_length=20,
        help_text=_("Chỉ ghi khi cần để nhận đúng người. Số được mã hóa và không hiện lại."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    def clean_national_id(self) -> str:
        return judged(
            national_id_of(self.cleaned_data["national_id"]), _("Số định danh có 12 chữ số (CMND cũ: 9).")
        )

    def person(self) -> PersonData:
        """What was written; an empty identity number leaves the stored one as it is."""
        known = self.cleaned_data
        return PersonData(
            full_name=known["full_name"],
            birth=known["birth"],
            sex=known["sex"],
            phone=known["phone"],
            email=known["email"],
            national_id=known["national_id"] or None,
        )


class PersonChangeForm(PersonForm):
    """Corrections: what identifies stands there masked, and left as it is stays as it was stored. `hidden`: what is
    shown instead of the stored value, with that value, by field."""

    email = forms.CharField(label=_("Thư điện tử"), required=False, max_length=254)

    def __init__(self, data: Any, *, initial: dict[str, Any], hidden: dict[str, tuple[str, str]]) -> None:
        super().__init__(data, initial=initial | {name: shown for name, (shown, _stored) in hidden.items()})
        self.hidden = hidden
        for name in hidden:
            self.fields[name].help_text = _("Có dấu • là giữ nguyên. Muốn xem đủ: mở từ trang của người đó.")

    def clean_email(self) -> str:
        written = self.cleaned_data["email"]
        if self._is_left("email", written):
            return self.hidden["email"][1]
        field = PersonForm.base_fields["email"]
        return str(field.clean(written))

    def clean_phone(self) -> str:
        if self._is_left("phone", self.cleaned_data["phone"]):
            return self.hidden["phone"][1]
        return super().clean_phone()

    def _is_left(self, name: str, written: str) -> bool:
        return name in self.hidden and written == self.hidden[name][0]


class PostForm(forms.Form):
    """A post."""

    title = forms.CharField(
        label=_("Chức danh, công việc"),
        max_length=200,
        help_text=_("Ví dụ: Chủ tịch UBND xã, công chức Văn hóa – Xã hội."),
        error_messages={"required": _("Hãy ghi chức danh hoặc công việc.")},
    )
    category = forms.ChoiceField(
        label=_("Đối tượng"),
        choices=Category.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Hãy chọn một đối tượng.")},
    )
    duties = forms.MultipleChoiceField(
        label=_("Nhiệm vụ"), required=False, choices=Duty.choices, widget=forms.CheckboxSelectMultiple
    )
    is_leader = forms.BooleanField(label=_("Giữ chức vụ lãnh đạo"), required=False)
    is_main = forms.BooleanField(
        label=_("Là vị trí chính"),
        required=False,
        initial=True,
        help_text=_("Một người được tính một lần, ở vị trí chính."),
    )
    qualification = forms.CharField(label=_("Trình độ chuyên môn"), required=False, max_length=200)
    valid_from = day_field(
        _("Từ ngày"), _("Không rõ thì để trống: tính từ trước đến nay."), required=False, initial=today
    )

    def post(self, unit: Unit) -> PostData:
        """What was written, for a unit."""
        known = self.cleaned_data
        return PostData(
            unit=unit,
            title=known["title"],
            category=known["category"],
            qualification=known["qualification"],
            is_leader=known["is_leader"],
            is_main=known["is_main"],
            duties=frozenset(known["duties"]),
            valid_from=known["valid_from"] or EVER,
        )


class PostChangeForm(PostForm):
    """A post that stands, with its last day."""

    valid_to = day_field(_("Đến ngày"), _("Còn giữ vị trí thì để trống."), required=False)

    def __init__(self, data: Any, post: Post) -> None:
        names = ("title", "category", "qualification", "is_leader", "is_main")
        days = {name: known_day(getattr(post, name)) for name in ("valid_from", "valid_to")}
        duties = [duty for duty in Duty.values if getattr(post, duty)]
        super().__init__(
            data, initial={name: getattr(post, name) for name in names} | days | {"duties": duties}
        )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        first, last = given.get("valid_from"), given.get("valid_to")
        if first and last and first > last:
            self.add_error("valid_to", _("Ngày cuối không thể trước ngày đầu."))
        return given

    def post(self, unit: Unit) -> PostData:
        told = super().post(unit)
        return replace(
            told,
            valid_to=self.cleaned_data["valid_to"] or ALWAYS,
            is_leader=self._ticked("is_leader"),
            is_main=self._ticked("is_main"),
        )

    def _ticked(self, name: str) -> bool | None:
        """What is not ticked is «no», unless nobody knew before either."""
        ticked: bool = self.cleaned_data[name]
        return None if self.initial[name] is None and not ticked else ticked


class NewPersonForm(PostForm, PersonForm):
    """A person with the first post."""

    field_order = [*PersonForm.base_fields, *PostForm.base_fields]


class EndForm(forms.Form):
    """The last day of a post."""

    last_day = day_field(_("Ngày làm việc cuối cùng"))

    def __init__(self, data: Any = None, first: date = EVER) -> None:
        super().__init__(data, initial={"last_day": today()})
        self._first = first

    def clean_last_day(self) -> date:
        day: date = self.cleaned_data["last_day"]
        if day < self._first:
            raise forms.ValidationError(_("Ngày cuối không thể trước ngày bắt đầu của vị trí."))
        return day
