"""The form in which an indicator is composed; the same fields by GET make the live figure, by POST the draft."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from nhanlucso.courses.enums import CountsFor
from nhanlucso.indicators.enums import Measure
from nhanlucso.indicators.own.queries import courses_to_choose, topics_to_choose
from nhanlucso.indicators.own.rules import MEASURES, MONTHS_AT_MOST, OLDEST, SLUG_LENGTH, Parts, slug_of
from nhanlucso.indicators.own.services import NAME_LENGTH, NOTE_LENGTH, OwnData
from nhanlucso.indicators.own.wording import KINDS
from nhanlucso.indicators.parts import Audience, Deed, Event, Within
from nhanlucso.kernel.scope import Scope
from nhanlucso.people.enums import Category, Duty, Sex
from nhanlucso.training.enums import Form, Mode
from nhanlucso.web.kit.filling import day_field, whole_field

MEMBERS, POSTS = "members", "posts"
_MEASURES = {
    Measure.PERCENT: _("Tỷ lệ % của đối tượng"),
    Measure.PERSONS: _("Số người"),
    Measure.ATTENDANCES: _("Số lượt: mỗi lớp, mỗi khóa một lượt"),
}
_DEEDS = [
    ("", _("Không xét: chỉ đếm đối tượng")),
    (Deed.ATTENDED.value, _("Dự lớp: có mặt ít nhất một buổi")),
    (Deed.COMPLETED.value, _("Hoàn thành lớp: dự từ 80 % số buổi")),
    (Deed.PASSED.value, _("Đạt khóa học")),
    (Deed.LEARNED.value, _("Hoàn thành lớp hoặc đạt khóa học")),
]
_WITHIN = [
    (Within.PERIOD.value, _("Trong kỳ")),
    (Within.MONTHS.value, _("Trong số tháng trước ngày cuối kỳ")),
    (Within.EVER.value, _("Từ trước đến ngày cuối kỳ")),
]
_SHARED = ("modes", "topics", "skills", "self_paced", "within")
_COMMON_MONTHS = 12


def _many(label: Any, choices: Any, help_text: Any = "") -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, choices=choices, required=False, widget=forms.CheckboxSelectMultiple, help_text=help_text
    )


def _one(label: Any, choices: Any, initial: str) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect, initial=initial)


class ComposeForm(forms.Form):
    """Name, audience, event and window of an indicator."""

    name = forms.CharField(
        label=_("Tên chỉ số"),
        max_length=NAME_LENGTH,
        error_messages={"required": _("Hãy đặt tên cho chỉ số.")},
    )
    slug = forms.CharField(
        label=_("Mã"),
        max_length=SLUG_LENGTH,
        required=False,
        help_text=_("Chữ thường không dấu, số, gạch ngang. Để trống thì lấy theo tên."),
    )
    measure = _one(_("Tính ra"), [(one.value, _MEASURES[one]) for one in MEASURES], Measure.PERCENT.value)

    whom = _one(
        _("Đối tượng"),
        [(POSTS, _("Người giữ vị trí công tác")), (MEMBERS, _("Thành viên tổ công nghệ số cộng đồng"))],
        POSTS,
    )
    categories = _many(_("Loại cán bộ"), Category.choices, _("Không chọn ô nào là mọi loại."))
    leader = forms.BooleanField(label=_("Chỉ người giữ vị trí lãnh đạo"), required=False)
    duties = _many(_("Có một trong các nhiệm vụ"), Duty.choices)
    kinds = _many(_("Ở loại đơn vị"), list(KINDS.items()), _("Loại của đơn vị ghi ở vị trí công tác."))
    sex = forms.ChoiceField(label=_("Giới tính"), choices=[("", _("Cả hai")), *Sex.choices], required=False)
    age_from = whole_field(_("Từ (tuổi)"), 0, OLDEST, required=False)
    age_to = whole_field(_("Đến (tuổi)"), 0, OLDEST, required=False)

    deed = forms.ChoiceField(label=_("Đã làm gì"), choices=_DEEDS, required=False, initial=Deed.LEARNED.value)
    none = forms.BooleanField(label=_("Đếm người chưa làm việc đó"), required=False)
    skills = _many(_("Khóa tính cho"), CountsFor.choices)
    courses = forms.TypedMultipleChoiceField(
        label=pgettext_lazy("chỉ số tự lập", "Của các khóa"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Không chọn khóa nào là mọi khóa."),
    )
    topics = _many(_("Về nội dung"), [])
    class_forms = _many(_("Hình thức lớp"), Form.choices)
    modes = _many(_("Cách học của lớp"), Mode.choices)
    self_paced = forms.BooleanField(label=_("Chỉ khóa tự học trực tuyến"), required=False)
    within = _one(_("Thời gian"), _WITHIN, Within.PERIOD.value)
    months = whole_field(
        _("Số tháng"), 1, MONTHS_AT_MOST, help_text=_("Chỉ dùng khi tính theo số tháng."), required=False
    )
    note = forms.CharField(
        label=_("Ghi chú"), max_length=NOTE_LENGTH, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(
        self,
        data: Any = None,
        *,
        scope: Scope,
        held: OwnData | None = None,
        fixed: bool = False,
        slug: str = "",
    ) -> None:
        super().__init__(data, initial=_initial(held) | {"slug": slug} if held else None)
        self._choose("courses", courses_to_choose(scope))
        self._choose("topics", [(topic, topic) for topic in topics_to_choose(scope)])
        if fixed:  # the code of an indicator stays what it is
            del self.fields["slug"]

    def _choose(self, name: str, choices: Sequence[tuple[Any, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices
        if not choices:
            del self.fields[name]

    def parts(self) -> Parts:
        """What is composed so far, from the fields that could be read. Call after validation."""
        known = self.cleaned_data
        return Parts(Measure(known.get("measure") or Measure.PERCENT), self._audience(), self._event())

    def own_data(self) -> OwnData:
        """The definition to be saved; call on a valid form."""
        return OwnData(self.cleaned_data["name"], self.parts(), self.cleaned_data["note"])

    def code(self) -> str:
        """The slug that was written, or one made from the name."""
        return self.cleaned_data.get("slug") or slug_of(self.cleaned_data["name"])

    def _audience(self) -> Audience:
        known = self.cleaned_data
        personal: dict[str, Any] = {name: known.get(name) for name in ("age_from", "age_to")} | {
            "sex": known.get("sex", "")
        }
        if known.get("whom") == MEMBERS:
            return Audience(categories=(), members=True, **personal)
        return Audience(
            categories=tuple(known.get("categories", ())),
            leader=known.get("leader", False),
            duties=tuple(known.get("duties", ())),
            kinds=tuple(known.get("kinds", ())),
            **personal,
        )

    def _event(self) -> Event | None:
        known = self.cleaned_data
        if not known.get("deed"):
            return None
        within = Within(known.get("within") or Within.PERIOD)
        return Event(
            Deed(known["deed"]),
            forms=tuple(known.get("class_forms", ())),
            **{name: tuple(known.get(name, ())) for name in ("modes", "courses", "topics", "skills")},
            self_paced=known.get("self_paced", False),
            none=known.get("none", False),
            within=within,
            months=(known.get("months") or 0) if within == Within.MONTHS else 0,
        )


def _initial(held: OwnData) -> dict[str, Any]:
    audience, event = held.parts.audience, held.parts.event
    given: dict[str, Any] = {
        "name": held.name,
        "note": held.note,
        "measure": held.parts.measure.value,
        "whom": MEMBERS if audience.members else POSTS,
        "deed": event.deed.value if event else "",
        "months": _COMMON_MONTHS,
    }
    for name in ("leader", "sex", "age_from", "age_to"):
        given[name] = getattr(audience, name)
    for name in ("categories", "duties", "kinds"):
        given[name] = list(getattr(audience, name))
    if event is not None:
        given |= {"none": event.none, "courses": list(event.courses), "class_forms": list(event.forms)}
        given |= {name: _plain(getattr(event, name)) for name in _SHARED}
        given["months"] = event.months or _COMMON_MONTHS
    return given


def _plain(value: Any) -> Any:
    """As a field takes it."""
    return list(value) if isinstance(value, tuple) else value


class PublishForm(forms.Form):
    """From when on a version holds; a first version may hold for all periods."""

    valid_from = day_field(_("Có hiệu lực từ ngày"), required=False)

    def __init__(self, data: Any = None, *, first: bool, initial: Any = None) -> None:
        super().__init__(data, initial={"valid_from": initial})
        field = self.fields["valid_from"]
        field.required = not first
        field.help_text = (
            _("Kỳ kết thúc từ ngày này trở đi tính theo định nghĩa này. Để trống: mọi kỳ.")
            if first
            else _("Kỳ kết thúc từ ngày này trở đi tính theo phiên bản mới; kỳ trước giữ phiên bản cũ.")
        )


class RetireForm(forms.Form):
    """The last day of an indicator."""

    on = day_field(_("Ngày cuối còn dùng"), _("Kỳ kết thúc sau ngày này không có số liệu của chỉ số nữa."))
