"""Choosing what a row of a resolution is about: what is chosen stands in the address, so that it works everywhere."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nhanlucso.kernel.permissions import Permission
from nhanlucso.orgs.browsing.queries import Choice, choices
from nhanlucso.orgs.queries import history, may_change, reach
from nhanlucso.orgs.restructuring.rules import Ref
from nhanlucso.orgs.rules import Version, may_stand_below, may_take_over
from nhanlucso.reform.models import Resolution
from nhanlucso.reform.queries.lines import planned_units
from nhanlucso.reform.rules.draft import ONE_DAY, NewUnit, Row
from nhanlucso.web.kit.asking import scope_of
from nhanlucso.web.reform.forms import NewUnitForm

FOUND = 20


@dataclass(frozen=True, slots=True)
class Shape:
    """What a kind of row asks for: a title, what to call both sides ("" where there is none), how many of each, and
    fields of a new unit."""

    title: str | Promise
    olds: str | Promise = ""
    heirs: str | Promise = ""
    many_olds: bool = False
    many_heirs: bool = False
    fields: tuple[str, ...] = ()


SHAPES = {
    "merge": Shape(
        gettext_lazy("Nhập vào một đơn vị"),
        olds=gettext_lazy("Những đơn vị nhập lại"),
        heirs=gettext_lazy("Nhập vào"),
        many_olds=True,
        fields=("name", "code", "parent"),
    ),
    "split": Shape(
        gettext_lazy("Chia thành nhiều đơn vị"),
        olds=gettext_lazy("Đơn vị bị chia"),
        heirs=gettext_lazy("Chia vào"),
        many_heirs=True,
        fields=("names", "parent"),
    ),
    "rename": Shape(
        gettext_lazy("Đổi tên, đổi mã"), olds=gettext_lazy("Đơn vị đổi tên"), fields=("name", "code")
    ),
    "move": Shape(
        gettext_lazy("Chuyển về cấp trên khác"),
        olds=gettext_lazy("Những đơn vị chuyển"),
        heirs=gettext_lazy("Về dưới"),
        many_olds=True,
    ),
    "create": Shape(
        gettext_lazy("Thành lập đơn vị mới"), heirs=gettext_lazy("Thuộc"), fields=("name", "kind", "code")
    ),
    "abolish": Shape(gettext_lazy("Giải thể"), olds=gettext_lazy("Những đơn vị giải thể"), many_olds=True),
}


class Builder:
    """What the address has chosen so far, what may be chosen further, and the rows that come of it."""

    def __init__(self, request: HttpRequest, held: Resolution, kind: str) -> None:
        self.request, self.kind, self.shape = request, kind, SHAPES[kind]
        self.scope = scope_of(request).to(Permission.EDIT_UNITS)
        self.uid, self.day, self.last = held.uid, held.date, held.date - ONE_DAY
        self.olds = self._chosen("from") if self.shape.olds else []
        self.heirs = self._chosen("to") if self.shape.heirs else []
        self.new = planned_units(self.scope, held.uid) if self.shape.heirs else []
        self.stays = self.kind == "split" and request.GET.get("stay") == "1"

    def _chosen(self, name: str) -> list[Version]:
        inside, past = reach(self.scope), history()
        asked = [int(text) for text in self.request.GET.getlist(name) if text.isdecimal()]
        return [v for u in dict.fromkeys(asked) if inside.holds(u) and (v := past.version(u, self.last))]

    # -- choosing ----------------------------------------------------------------------------------------------

    def sides(self) -> list[dict[str, object]]:
        """Both sides as the page shows them: what is chosen, with addresses without it; what words have found."""
        return [
            self._side(name, label, chosen, many)
            for name, label, chosen, many in (
                ("from", self.shape.olds, self.olds, self.shape.many_olds),
                ("to", self.shape.heirs, self.heirs, self.shape.many_heirs),
            )
            if label and (name == "from" or self.olds or not self.shape.olds)
        ]

    def _side(self, name: str, label: str | Promise, chosen: list[Version], many: bool) -> dict[str, object]:
        words = self.request.GET.get(f"q-{name}", "").strip()
        full = bool(chosen) and not many
        return {
            "name": name,
            "label": label,
            "chosen": [(v, self._address(name, without=v.unit)) for v in chosen],
            "full": full,
            "q": words,
            "found": [(c.version, self._address(name, also=c.version.unit)) for c in self._found(name, words)]
            if not full
            else [],
            "kept": [
                (k, v)
                for k, values in self.request.GET.lists()
                for v in values
                if k in ("from", "to", "stay")
            ],
        }

    def _found(self, name: str, words: str) -> list[Choice]:
        held = {v.unit for v in (*self.olds, *self.heirs)}
        below = None if words else self._beside(name)
        suits = partial(self._suits, name)
        found = choices(self.scope, words, below, self.last, suits)
        return [c for c in found if c.suits and c.version.unit not in held][:FOUND]

    def _beside(self, name: str) -> int | None:
        """Where there are no words yet, what stands beside the first unit chosen is offered."""
        first = next(iter(self.olds), None)
        parent = first.parent if first else None
        inside = reach(self.scope)
        return parent if parent is not None and inside.holds(parent) else None

    def _suits(self, name: str, version: Version) -> bool:
        first = next(iter(self.olds), None)
        if name == "from":
            same = first is None or first.kind == version.kind
            return same and may_change(self.scope, version.unit)
        if self.kind == "create":
            return version.kind != "village"
        if first is None:
            return False
        if self.kind == "move":
            return may_stand_below(first.kind, version.kind)
        return may_take_over(version.kind, first.kind)

    def _address(self, name: str, also: int | None = None, without: int | None = None) -> str:
        asked = QueryDict(mutable=True)
        for key in ("from", "to", "stay"):
            values = self.request.GET.getlist(key)
            if key == name:
                values = [v for v in values if v != str(without)] + ([str(also)] if also else [])
            asked.setlist(key, values)
        return f"?{asked.urlencode()}"

    # -- what comes of it --------------------------------------------------------------------------------------

    def form(self) -> NewUnitForm:
        fields = () if self.kind == "merge" and self.heirs else self.shape.fields
        above = self._above()
        first = next(iter(self.heirs), None)
        data = self.request.POST if self.request.method == "POST" else None
        initial = {"parent": above[0][0]} if above else {}
        return NewUnitForm(
            data, fields=fields, above=above, kind=first.kind if first else "", initial=initial
        )

    def _above(self) -> list[tuple[int, str]]:
        """Where new units may stand: above the first old one, the nearest first."""
        first = next(iter(self.olds), None)
        if first is None:
            return []
        past, inside = history(), reach(self.scope)
        line = past.closure(self.last).get(first.unit, ())[1:]
        held = [v for u in line if inside.holds(u) and (v := past.version(u, self.last))]
        return [(v.unit, v.name) for v in held if may_stand_below(first.kind, v.kind)]

    def is_whole(self, form: NewUnitForm) -> bool:
        """Whether enough was chosen; says what is missing otherwise."""
        missing = ""
        names = self._names(form)
        planned = self._planned()
        if self.shape.olds and not self.olds:
            missing = _("Chưa chọn đơn vị cũ.")
        elif self.kind == "merge" and not (self.heirs or planned or names):
            missing = _("Chọn đơn vị nhận, hoặc ghi tên đơn vị mới.")
        elif self.kind == "split" and len(self.heirs) + len(planned) + len(names) + self.stays < 2:
            missing = _("Chia thì phải có ít nhất hai nơi nhận: chọn thêm, hoặc ghi tên đơn vị mới.")
        elif self.kind in ("move", "create") and not (self.heirs or planned):
            missing = _("Chưa chọn cấp trên.")
        elif self.kind == "rename" and not (names or form.cleaned_data["code"]):
            missing = _("Ghi tên mới hoặc mã mới.")
        elif self.kind == "create" and not names:
            missing = _("Ghi tên đơn vị mới.")
        if missing:
            form.add_error(None, missing)
        return not missing

    def _names(self, form: NewUnitForm) -> list[str]:
        known = form.cleaned_data
        return [
            line.strip() for line in known.get("names", known.get("name", "")).splitlines() if line.strip()
        ]

    def _planned(self) -> list[str]:
        """New units of this resolution that were ticked."""
        known = {key for key, _unit in self.new}
        return [key for key in self.request.POST.getlist("planned") if key in known]

    def rows(self, form: NewUnitForm) -> tuple[list[NewUnit], list[Row]]:
        """The rows of this change, with the units that they make."""
        known, names, planned = form.cleaned_data, self._names(form), self._planned()
        if self.kind == "rename":
            own = self.olds[0].unit
            return [], [Row(0, "rename", own, own, name=known["name"], code=known["code"])]
        if self.kind == "abolish":
            return [], [Row(0, "abolish", v.unit) for v in self.olds]
        places: list[Ref] = [*(v.unit for v in self.heirs), *planned]
        if self.kind == "move":
            return [], [Row(0, "move", v.unit, v.unit, parent=places[0]) for v in self.olds]
        units = self._new_units(known, names, places)
        if self.kind == "create":
            return units, [Row(0, "create", None, unit.key) for unit in units]
        heirs: list[Ref] = [
            *places,
            *(unit.key for unit in units),
            *([self.olds[0].unit] if self.stays else []),
        ]
        if self.kind == "merge":
            return units, [Row(0, "merge", v.unit, heirs[0]) for v in self.olds]
        return units, [Row(0, "split", self.olds[0].unit, heir) for heir in heirs]

    def _new_units(self, known: dict[str, Any], names: list[str], places: list[Ref]) -> list[NewUnit]:
        if self.kind == "merge" and places:
            return []
        kind = str(known.get("kind") or "") or (self.olds[0].kind if self.olds else "")
        parent = places[0] if self.kind == "create" else known.get("parent")
        assert parent is None or isinstance(parent, int | str)
        code = str(known.get("code") or "")
        return [NewUnit(f"new-{n}", name, kind, code, parent) for n, name in enumerate(names)]
