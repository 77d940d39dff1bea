"""Forms of the teams."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nhanlucso.kernel.clock import ALWAYS, EVER, today
from nhanlucso.kernel.ids import new_uid
from nhanlucso.orgs.rules import Version
from nhanlucso.people.services import PersonData
from nhanlucso.teams.enums import SHORT_OUTCOMES, ServiceField, TeamRole
from nhanlucso.teams.models import Assist, Team, TeamMember
from nhanlucso.teams.rules import MOST_PEOPLE
from nhanlucso.teams.services.assists import AssistData
from nhanlucso.teams.services.members import SeatData
from nhanlucso.teams.services.teams import TeamData
from nhanlucso.web.kit.filling import day_field, known_day, whole_field
from nhanlucso.web.kit.naming import WhoForm


class DecisionForm(forms.Form):
    """What a decision says of one team or of many."""

    decision = forms.CharField(
        label=_("Quyết định"),
        required=False,
        max_length=200,
        help_text=_("Số và ngày, ví dụ 45/QĐ-UBND ngày 03/03/2025. Chưa có thì để trống."),
    )
    valid_from = day_field(_("Từ ngày"), _("Không rõ thì để trống: tính từ trước đến nay."), required=False)

    def team(self) -> TeamData:
        """What was written."""
        known = self.cleaned_data
        return TeamData(
            name=known.get("name", ""),
            decision=known["decision"],
            valid_from=known["valid_from"] or EVER,
            valid_to=known.get("valid_to") or ALWAYS,
        )


class TeamForm(DecisionForm):
    """A new team."""

    name = forms.CharField(
        label=_("Tên tổ"), max_length=300, error_messages={"required": _("Hãy ghi tên tổ.")}
    )
    field_order = ["name", "decision", "valid_from"]

    def __init__(self, data: Any = None, name: str = "") -> None:
        super().__init__(data, initial={"name": name, "valid_from": today()})


class ChangeForm(TeamForm):
    """Corrections to a team."""

    valid_to = day_field(_("Đến ngày"), _("Tổ còn hoạt động thì để trống."), required=False)
    field_order = ["name", "decision", "valid_from", "valid_to"]

    def __init__(self, data: Any, team: Team) -> None:
        super().__init__(data)
        self.initial = {
            "name": team.name,
            "decision": team.decision,
            "valid_from": known_day(team.valid_from),
            "valid_to": known_day(team.valid_to),
        }


class ManyForm(DecisionForm):
    """Teams for several villages at once."""

    units = forms.MultipleChoiceField(
        label=_("Thôn chưa có tổ"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Hãy chọn ít nhất một thôn.")},
    )
    field_order = ["decision", "valid_from", "units"]

    def __init__(self, data: Any, villages: Sequence[Version]) -> None:
        chosen = [str(village.unit) for village in villages]
        super().__init__(data, initial={"valid_from": today(), "units": chosen})
        field = self.fields["units"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(str(village.unit), village.name) for village in villages]


class EndForm(forms.Form):
    """The last day of a team."""

    last_day = day_field(_("Ngày hoạt động cuối cùng"))

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"last_day": today()})


class SeatForm(forms.Form):
    """What somebody is on a team, from when to when."""

    role = forms.ChoiceField(
        label=_("Vai trò"),
        choices=TeamRole.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Hãy chọn một vai trò.")},
    )
    valid_from = day_field(_("Từ ngày"), _("Không rõ thì để trống: tính từ trước đến nay."), required=False)
    valid_to = day_field(_("Đến ngày"), _("Còn trong tổ thì để trống."), required=False)

    def __init__(
        self, data: Any = None, seat: TeamMember | None = None, first: datetime.date | None = None
    ) -> None:
        initial: dict[str, Any] = {"role": TeamRole.MEMBER, "valid_from": first}
        if seat is not None:
            span = {"valid_from": known_day(seat.valid_from), "valid_to": known_day(seat.valid_to)}
            initial = {"role": seat.role, **span}
        super().__init__(data, initial=initial)

    def seat(self) -> SeatData:
        """What was written."""
        known = self.cleaned_data
        return SeatData(known["role"], known["valid_from"] or EVER, known["valid_to"] or ALWAYS)


class NewcomerForm(SeatForm, WhoForm):
    """Somebody who is not in the register yet, with their place on the team."""

    field_order = ["full_name", "birth", "sex", "phone", "role", "valid_from", "valid_to"]

    def __init__(self, data: Any, name: str, first: datetime.date | None) -> None:
        super().__init__(data, first=first)
        self.initial["full_name"] = name

    def person(self) -> PersonData:
        """Who it is."""
        known = self.cleaned_data
        return PersonData(known["full_name"], known["birth"], known["sex"], known["phone"])


class AssistForm(forms.Form):
    """One visit: field, outcome, how many times, when. The nonce makes sending it twice harmless."""

    nonce = forms.CharField(widget=forms.HiddenInput, max_length=60)
    field = forms.ChoiceField(
        label=_("Lĩnh vực"),
        choices=ServiceField.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Hãy chọn một lĩnh vực.")},
    )
    outcome = forms.ChoiceField(
        label=_("Kết quả"),
        choices=[(outcome.value, words) for outcome, words in SHORT_OUTCOMES.items()],
        widget=forms.RadioSelect,
        error_messages={"required": _("Hãy chọn một kết quả.")},
    )
    people = whole_field(
        _("Số lượt"),
        1,
        MOST_PEOPLE,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        words={
            "required": _("Hãy ghi số lượt."),
            "invalid": _("Ghi một số, ví dụ 1."),
            "min_value": _("Ít nhất 1 lượt."),
        },
    )
    date = day_field(_("Ngày"))

    def __init__(
        self, data: Any = None, entry: Assist | None = None, on: datetime.date | None = None
    ) -> None:
        initial: dict[str, Any] = {"nonce": new_uid("visit"), "people": 1, "date": on or today()}
        if entry is not None:
            initial |= {"field": entry.field, "outcome": entry.outcome}
            initial |= {"people": entry.people, "date": entry.date}
        super().__init__(data, initial=initial)

    def entry(self) -> AssistData:
        """What was written."""
        known = self.cleaned_data
        return AssistData(known["field"], known["outcome"], known["people"], known["date"])
