"""Forms of tokens and of systems that are told."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from nhanlucso.access.tokens.rules import LASTS_AT_FIRST
from nhanlucso.hooks.enums import Happening
from nhanlucso.kernel.clock import today
from nhanlucso.kernel.permissions import NAMES, Permission
from nhanlucso.web.kit.filling import day_field


class TokenForm(forms.Form):
    """What a token is for, and what it opens."""

    name = forms.CharField(
        label=_("Tên chương trình"),
        max_length=100,
        error_messages={"required": _("Ghi tên chương trình.")},
    )
    purpose = forms.CharField(
        label=_("Mục đích"),
        max_length=300,
        help_text=_("Để người rà soát sau này hiểu: gửi kết quả học, đọc số liệu…"),
        error_messages={"required": _("Ghi mục đích dùng.")},
    )
    permissions = forms.MultipleChoiceField(
        label=_("Được làm"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Chọn ít nhất một việc.")},
    )
    ends_on = day_field(_("Dùng đến hết ngày"), _("Nhiều nhất một năm."))
    addresses = forms.CharField(
        label=_("Chỉ từ các địa chỉ mạng"),
        max_length=600,
        required=False,
        help_text=_("Như 10.1.2.3 hoặc 10.1.0.0/16; để trống: từ mọi nơi."),
    )

    def __init__(self, data: Any, allowed: frozenset[Permission]) -> None:
        super().__init__(data, initial={"ends_on": today() + LASTS_AT_FIRST})
        field = self.fields["permissions"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(str(one), _now(NAMES[one])) for one in Permission if one in allowed]


class WebhookForm(forms.Form):
    """Whom to tell, and of what."""

    name = forms.CharField(
        label=_("Tên hệ thống"), max_length=100, error_messages={"required": _("Ghi tên hệ thống nhận.")}
    )
    url = forms.CharField(
        label=_("Địa chỉ nhận"),
        max_length=500,
        help_text=_("Bắt đầu bằng https://"),
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"}),
        error_messages={"required": _("Ghi địa chỉ nhận.")},
    )
    happenings = forms.MultipleChoiceField(
        label=_("Báo khi"),
        widget=forms.CheckboxSelectMultiple,
        choices=Happening.choices,
        error_messages={"required": _("Chọn ít nhất một việc.")},
    )
