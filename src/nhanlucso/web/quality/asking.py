"""What the pages of this room are asked: unit, period, state, from the address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest, QueryDict
from django.utils.translation import gettext as _

from nhanlucso.indicators.quality.declared import RULES
from nhanlucso.indicators.quality.queries import ACCEPTED, OPEN, Asked
from nhanlucso.indicators.quality.rule import Rule
from nhanlucso.kernel.clock import today
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.periods import Period, parse_period
from nhanlucso.kernel.permissions import Permission
from nhanlucso.orgs.queries import history, reach
from nhanlucso.orgs.rules import Version
from nhanlucso.web.kit.asking import own_unit, running_period, scope_of
from nhanlucso.web.kit.choices import Option, OptionGroup, in_order, period_groups

NOWHERE = "none"
_UNITS_AT_MOST = 200


@dataclass(frozen=True, slots=True)
class Place:
    """A unit that is asked about: as it stands today, or last stood. `unit` None: what no unit holds."""

    unit: int | None
    version: Version | None

    @property
    def word(self) -> str:
        return NOWHERE if self.unit is None else str(self.unit)

    @property
    def name(self) -> str:
        return self.version.name if self.version else _("Không thuộc đơn vị nào")

    @property
    def became(self) -> list[tuple[str, int]]:
        """What a unit that has ended has become by today."""
        if self.unit is None or history().version(self.unit, today()):
            return []
        return [(version.name, version.unit) for version in history().standing([self.unit], today())]


def place_asked(request: HttpRequest) -> Place | None:
    """The unit of the address, else that of the account; None if the scope holds none. Raises Http404 outside it."""
    scope, text = scope_of(request).to(Permission.SEE_FIGURES), request.GET.get("unit", "")
    if text == NOWHERE and scope.everything:
        return Place(None, None)
    if text and not text.isdecimal():
        raise Http404
    unit = int(text) if text else own_unit(scope)
    if unit is None:
        return None
    past = history()
    version = past.version(unit, today()) or past.last_version(unit)
    if version is None or not reach(scope).holds(unit):
        raise Http404
    return Place(unit, version)


def rule_or_404(code: str) -> Rule:
    if code not in RULES:
        raise Http404
    return RULES[code]


@dataclass(frozen=True, slots=True)
class RuleQuestion:
    """A checked question of the page of a rule."""

    rule: Rule
    place: Place
    period: Period | None
    state: str

    @property
    def asked(self) -> Asked:
        first: date | None = None
        last: date | None = None
        if self.period is not None:
            first, last = self.period.window()
        return Asked(self.rule.code, first, last, self.state)

    @property
    def query(self) -> str:
        """The question as a query string."""
        words = QueryDict(mutable=True)
        words["unit"] = self.place.word
        if self.period is not None:
            words["period"] = self.period.text
        if self.state != OPEN:
            words["state"] = self.state
        return words.urlencode()


def rule_question(request: HttpRequest, code: str) -> RuleQuestion:
    """The question of a rule's page. Raises Http404 outside the scope; a period nobody understands is left out."""
    place = place_asked(request)
    if place is None:
        raise Http404
    state = request.GET.get("state", OPEN)
    return RuleQuestion(rule_or_404(code), place, _period(request), ACCEPTED if state == ACCEPTED else OPEN)


def _period(request: HttpRequest) -> Period | None:
    try:
        return parse_period(request.GET.get("period", ""))
    except Refused:
        return None


def unit_options(request: HttpRequest, place: Place) -> list[OptionGroup]:
    """The units around one, for the choice on the page."""
    scope = scope_of(request).to(Permission.SEE_FIGURES)
    past, inside, on, own = history(), reach(scope), today(), own_unit(scope)
    line = past.closure(on).get(place.unit or 0, ())
    below = in_order(past.children(place.unit, on)) if place.unit else []
    groups = (
        (_("Đang xem"), [place.unit]),
        (_("Đơn vị của tôi"), [] if own in (None, *line) else [own]),
        (_("Cấp trên"), [unit for unit in line[1:] if inside.holds(unit)]),
        (_("Trực thuộc"), [v.unit for v in below if inside.holds(v.unit)][:_UNITS_AT_MOST]),
    )
    found = [
        OptionGroup(label, [_option(unit, unit == place.unit) for unit in units])
        for label, units in groups
        if units
    ]
    if scope.everything and place.unit is not None:
        found.append(OptionGroup(_("Khác"), [Option(NOWHERE, _("Không thuộc đơn vị nào"))]))
    return found


def _option(unit: int | None, selected: bool) -> Option:
    if unit is None:
        return Option(NOWHERE, _("Không thuộc đơn vị nào"), selected)
    return Option(str(unit), history().name(unit, today()) or str(unit), selected)


def period_options(period: Period | None) -> list[OptionGroup]:
    """All days, and the periods around the one that is asked for."""
    shown = period or parse_period(running_period(today()))
    every = Option("", _("Mọi lúc"), period is None)
    groups = period_groups(shown)
    if period is None:
        groups = [
            OptionGroup(group.label, [Option(one.value, one.label) for one in group.options])
            for group in groups
        ]
    return [OptionGroup(_("Tất cả"), [every]), *groups]
