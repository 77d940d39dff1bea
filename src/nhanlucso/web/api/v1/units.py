"""Units."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from django.utils.translation import gettext_lazy as _

from nhanlucso.kernel.clock import today
from nhanlucso.kernel.permissions import Permission as P
from nhanlucso.kernel.scope import Scope
from nhanlucso.kernel.text import fold
from nhanlucso.orgs.models import Unit
from nhanlucso.orgs.queries import history, reach
from nhanlucso.orgs.references import found_by
from nhanlucso.orgs.rules import Version
from nhanlucso.web.api.v1.operations import Asked, Operation, Param, operation
from nhanlucso.web.api.v1.paging import PAGED, Page, paged_list
from nhanlucso.web.api.v1.rows import Text, UnitFile, UnitKind, UnitRow, UnitVersionRow
from nhanlucso.web.api.v1.shapes import Says
from nhanlucso.web.api.v1.telling import ids, since, until

_ANY = (P.SEE_FIGURES, P.SEE_PLANS, P.SEE_PEOPLE, P.SEE_CLASSES, P.SEE_TEAMS)


def unit_asked(scope: Scope, asked: Asked, name: str = "unit") -> int | None:
    """The unit that a parameter names, if the scope reaches it. Raises Unit.DoesNotExist."""
    if asked[name] is None:
        return None
    found = found_by(Unit.objects.all(), asked[name])
    if not reach(scope).holds(found.pk):
        raise Unit.DoesNotExist
    return found.pk


@operation(
    Operation(
        "list_units", "units", _("Đơn vị trong phạm vi, như của một ngày."), _ANY, UnitRow,
        (
            Param("on", date, _("Ngày của cây đơn vị; để trống: hôm nay.")),
            Param("kind", UnitKind, _("Loại đơn vị.")),
            Param("below", Text, _("Chỉ đơn vị này và các đơn vị bên dưới.")),
            Param("q", Annotated[str, Says(most=100)], _("Một phần của tên, có dấu hay không.")),
            *PAGED,
        ),
    )
)  # fmt: skip
def units(scope: Scope, asked: Asked) -> Page:
    past, inside, day = history(), reach(scope), asked["on"] or today()
    below = unit_asked(scope, asked, "below")
    among = past.versions if below is None else past.subtree(below, day)
    words = fold(asked["q"] or "")
    found = {
        unit: version
        for unit in among
        if inside.holds(unit)
        and (version := past.version(unit, day)) is not None
        and asked["kind"] in (None, version.kind)
        and words in fold(version.name)
    }
    return paged_list(asked, list(found), lambda keys: _rows([found[key] for key in keys]))


@operation(Operation("get_unit", "units", _("Một đơn vị qua các giai đoạn."), _ANY, UnitFile))
def unit(scope: Scope, asked: Asked) -> UnitFile:
    found = found_by(Unit.objects.all(), asked.path["unit_id"])
    if not reach(scope).holds(found.pk):
        raise Unit.DoesNotExist
    versions = sorted(history().versions.get(found.pk, ()), key=lambda version: version.valid_from)
    names = ids(Unit, [found.pk, *(version.parent for version in versions)])
    return UnitFile(
        names[found.pk],
        [
            UnitVersionRow(
                v.code, v.name, v.kind, names.get(v.parent), since(v.valid_from), until(v.valid_to)  # type: ignore[arg-type]
            )
            for v in versions
        ],
    )  # fmt: skip


def _rows(versions: list[Version]) -> list[UnitRow]:
    names = ids(Unit, [key for version in versions for key in (version.unit, version.parent)])
    return [
        UnitRow(
            names[v.unit], v.code, v.name, v.kind, names.get(v.parent), since(v.valid_from), until(v.valid_to)  # type: ignore[arg-type]
        )
        for v in versions
    ]  # fmt: skip
