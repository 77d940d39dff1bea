"""A unit with its people and classes as a package for learning platforms."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from nhanlucso.exchange.oneroster.exporting import packed_roster
from nhanlucso.kernel.clock import now, today
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.orgs.queries import history, reach
from nhanlucso.web.kit.asking import scope_of, unit_or_404
from nhanlucso.web.kit.doors import needs
from nhanlucso.web.kit.sending import attachment
from nhanlucso.web.kit.wording import day


def may_take_roster(scope: Scope, unit: int) -> bool:
    """Whether somebody sees the people of a unit and may take lists of them away."""
    return all(reach(scope.to(one)).holds(unit) for one in (Permission.EXPORT_LISTS, Permission.SEE_PEOPLE))


@needs(Permission.EXPORT_LISTS)
@require_POST
def roster(request: HttpRequest, pk: int) -> HttpResponse:
    """The package, with whose copy it is in the comment of the archive."""
    scope = scope_of(request)
    found = unit_or_404(scope.to(Permission.EXPORT_LISTS), pk)
    name = request.user.get_username()
    notice = _("Bản của tài khoản %(name)s, tải ngày %(day)s") % {"name": name, "day": day(today())}
    body = packed_roster(unit=found, by=scope, at=now(), notice=notice)
    return attachment(body, f"oneroster {history().name(found.pk, today())}", "zip", f"{today():%Y-%m-%d}")
