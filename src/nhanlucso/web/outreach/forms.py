"""The form of an entry of the log of communications."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nhanlucso.kernel.clock import today
from nhanlucso.kernel.ids import new_uid
from nhanlucso.outreach.enums import Channel
from nhanlucso.outreach.models import OutreachItem
from nhanlucso.outreach.services import MOST_ITEMS, ItemData
from nhanlucso.web.kit.filling import day_field, whole_field


class ItemForm(forms.Form):
    """What was published where. The nonce makes sending it twice harmless."""

    nonce = forms.CharField(widget=forms.HiddenInput, max_length=60)
    channel = forms.ChoiceField(
        label=_("Kênh"),
        choices=Channel.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Hãy chọn một kênh.")},
    )
    title = forms.CharField(
        label=_("Tên tin, bài, chương trình, sự kiện"),
        max_length=300,
        help_text=_("Các tin cùng nội dung ghi chung một dòng."),
        error_messages={"required": _("Hãy ghi tên.")},
    )
    count = whole_field(
        _("Số tin, bài"),
        1,
        MOST_ITEMS,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        words={
            "required": _("Hãy ghi số tin."),
            "invalid": _("Ghi một số, ví dụ 1."),
            "min_value": _("Ít nhất 1 tin."),
        },
    )
    date = day_field(_("Ngày"))

    def __init__(self, data: Any = None, entry: OutreachItem | None = None, same_day: bool = True) -> None:
        """`entry`: what stands in the form; on its own day, or (`same_day` False) today, as a new one."""
        initial: dict[str, Any] = {"nonce": new_uid("item"), "count": 1, "date": today()}
        if entry is not None:
            initial |= {"channel": entry.channel, "title": entry.title, "count": entry.count}
            if same_day:
                initial["date"] = entry.date
        super().__init__(data, initial=initial)

    def item(self) -> ItemData:
        """What was written."""
        known = self.cleaned_data
        return ItemData(known["channel"], known["date"], known["title"], known["count"])
