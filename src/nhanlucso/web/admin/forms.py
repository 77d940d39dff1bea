"""Forms of administration."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nhanlucso.access.enums import Role
from nhanlucso.access.rules import NEEDS_UNIT
from nhanlucso.kernel.clock import ALWAYS, today
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.orgs.models import Unit
from nhanlucso.web.admin.asking import STATES, AccountsQuestion, TrailQuestion
from nhanlucso.web.kit.filling import day_field
from nhanlucso.web.kit.naming import check_name
from nhanlucso.web.kit.steps import unit_steps


class FilterForm(forms.Form):
    """The filters of the list of accounts; sent by GET, so that every list has an address."""

    role = forms.ChoiceField(label=_("Vai trò"), required=False, choices=[("", _("Bất kỳ")), *Role.choices])
    unit = forms.ChoiceField(label=_("Đơn vị"), required=False)
    state = forms.ChoiceField(
        label=_("Tình trạng"), required=False, choices=[("", _("Bất kỳ")), *STATES.items()]
    )

    def __init__(self, scope: Scope, asked: AccountsQuestion) -> None:
        unit = asked.unit.unit if asked.unit else ""
        super().__init__(initial={"role": asked.asked.role, "state": asked.asked.state, "unit": unit})
        _choose(self, "unit", unit_steps(scope.to(Permission.MANAGE_ACCOUNTS), asked.unit, today()))


class TrailForm(forms.Form):
    """The filters of the log."""

    first = day_field(_("Từ ngày"), required=False)
    last = day_field(_("Đến ngày"), required=False)

    def __init__(self, asked: TrailQuestion) -> None:
        super().__init__(initial={"first": asked.asked.first, "last": asked.asked.last})


def role_field() -> forms.ChoiceField:
    """One role."""
    return forms.ChoiceField(
        label=_("Vai trò"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Hãy chọn một vai trò.")},
    )


class EntrustForm(forms.Form):
    """A role from day to day."""

    role = role_field()
    first = day_field(_("Từ ngày"))
    last = day_field(_("Đến hết ngày"), _("Để trống: đến khi có người kết thúc."), required=False)

    def __init__(self, data: Any, roles: Iterable[Role], unit: Unit | None) -> None:
        super().__init__(data, initial={"first": today()})
        _choose(self, "role", role_choices(roles, unit))

    def days(self) -> dict[str, date]:
        """First and last day."""
        known = self.cleaned_data
        return {"first": known["first"], "last": known["last"] or ALWAYS}


class InviteForm(forms.Form):
    """To which role somebody is invited, and how they are called."""

    role = role_field()
    full_name = forms.CharField(
        label=_("Họ và tên người được mời"),
        max_length=200,
        required=False,
        validators=[check_name],
        help_text=_("Để trống thì người nhận tự ghi."),
    )

    def __init__(self, data: Any, roles: Iterable[Role], unit: Unit | None, named: bool) -> None:
        super().__init__(data)
        _choose(self, "role", role_choices(roles, unit))
        if named:
            del self.fields["full_name"]


def role_choices(roles: Iterable[Role], unit: Unit | None) -> list[tuple[str, str]]:
    """The roles in their order; without a unit only those that mean something without one."""
    held = set(roles)
    return [(r.value, str(r.label)) for r in Role if r in held and (unit is not None or r not in NEEDS_UNIT)]


def _choose(form: forms.Form, name: str, choices: list[Any]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices


class IdentityForm(forms.Form):
    """How the sign-in service of the province knows somebody."""

    email = forms.EmailField(label=_("Thư điện tử công vụ"), required=False, max_length=254)
    employee_code = forms.CharField(label=_("Mã nhân viên"), required=False, max_length=60)
