"""What the list of accounts and the log are asked, from the address; the active filters as chips."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nhanlucso.access.accounts.queries import ACTIVE, IDLE, LOCKED, OFF, UNUSED, AccountsAsked
from nhanlucso.access.enums import Role
from nhanlucso.access.trail.queries import EventsAsked
from nhanlucso.kernel.clock import day_of, today
from nhanlucso.kernel.permissions import Permission
from nhanlucso.orgs.models import Unit
from nhanlucso.orgs.queries import history
from nhanlucso.orgs.rules import Version
from nhanlucso.web.kit.asking import scope_of, unit_or_404
from nhanlucso.web.kit.wording import day

STATES = {
    ACTIVE: gettext_lazy("Đang dùng"),
    OFF: gettext_lazy("Đã khóa"),
    LOCKED: gettext_lazy("Tạm khóa vì nhập sai"),
    IDLE: gettext_lazy("Chưa được giao gì"),
    UNUSED: gettext_lazy("Lâu không vào, sắp bị khóa"),
}


@dataclass(frozen=True, slots=True)
class Chip:
    """An active filter and the address without it."""

    label: str
    url: str


def chips(words: QueryDict, active: Iterator[tuple[str, str]]) -> list[Chip]:
    """The active filters, each with the address that takes it away."""
    return [Chip(label, _without(words, name)) for name, label in active]


def _without(words: QueryDict, name: str) -> str:
    kept = QueryDict(mutable=True)
    for key, value in words.items():
        if value and key not in (name, "page", "format"):
            kept[key] = str(value)
    return "?" + kept.urlencode()


@dataclass(frozen=True, slots=True)
class AccountsQuestion:
    """A checked question of the list of accounts."""

    asked: AccountsAsked
    unit: Version | None
    words: QueryDict

    @property
    def chips(self) -> list[Chip]:
        return chips(self.words, self._active())

    def _active(self) -> Iterator[tuple[str, str]]:
        if self.asked.words:
            yield "q", f"«{self.asked.words}»"
        if self.asked.role:
            yield "role", str(Role(self.asked.role).label)
        if self.unit:
            yield "unit", self.unit.name
        if self.asked.state:
            yield "state", str(STATES[self.asked.state])


def accounts_question(request: HttpRequest) -> AccountsQuestion:
    """Words that say nothing known are left out. Raises Http404 for a unit outside the scope."""
    words = request.GET
    unit = chosen_unit(request)
    asked = AccountsAsked(
        words=words.get("q", "").strip(),
        role=words["role"] if words.get("role") in Role.values else "",
        unit=unit.pk if unit else None,
        state=words["state"] if words.get("state") in STATES else "",
    )
    return AccountsQuestion(asked, history().version_near(unit.pk, today()) if unit else None, words)


def chosen_unit(request: HttpRequest) -> Unit | None:
    """The unit of the address, where accounts may be managed. Raises Http404 outside the scope."""
    text = request.GET.get("unit", "")
    return (
        unit_or_404(scope_of(request).to(Permission.MANAGE_ACCOUNTS), int(text)) if text.isdecimal() else None
    )


@dataclass(frozen=True, slots=True)
class TrailQuestion:
    """A checked question of the log; `name`: of the account asked for."""

    asked: EventsAsked
    name: str
    words: QueryDict

    @property
    def chips(self) -> list[Chip]:
        return chips(self.words, self._active())

    def _active(self) -> Iterator[tuple[str, str]]:
        if self.asked.account is not None:
            yield "account", self.name or _("Tài khoản khác")
        if self.asked.words:
            yield "q", f"«{self.asked.words}»"
        if self.asked.first:
            yield "first", _("Từ ngày %(day)s") % {"day": day(self.asked.first)}
        if self.asked.last:
            yield "last", _("Đến ngày %(day)s") % {"day": day(self.asked.last)}


def events_asked(request: HttpRequest) -> EventsAsked:
    """Days and accounts that cannot be are left out."""
    words = request.GET
    account = words.get("account", "")
    return EventsAsked(
        account=int(account) if account.isdecimal() and len(account) < 18 else None,
        words=words.get("q", "").strip(),
        first=day_of(words.get("first", "")),
        last=day_of(words.get("last", "")),
    )
