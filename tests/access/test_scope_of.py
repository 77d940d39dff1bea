"""What the roles of an account add up to: reading everywhere is no writing everywhere."""

from __future__ import annotations

from datetime import date

import pytest

from nhanlucso.access.models import Assignment
from nhanlucso.access.queries import scope_of
from nhanlucso.kernel.clock import now
from nhanlucso.kernel.errors import Refused
from nhanlucso.orgs.models import Unit
from nhanlucso.orgs.queries import require_everything, writable_unit
from nhanlucso.orgs.services import rename_unit
from tests.factories import records as r

pytestmark = pytest.mark.django_db


def test_one_role_writes_wherever_it_reaches() -> None:
    commune = r.make_unit("xa", "Xã Một")
    scope = scope_of(r.make_account("can-bo", "officer", commune))
    assert scope.unit_ids == {commune.pk}
    assert scope.can_write
    assert scope.writing == scope


def test_a_viewer_writes_nowhere() -> None:
    scope = scope_of(r.make_account("xem", "viewer"))
    assert (scope.everything, scope.can_write) == (True, False)


def test_a_viewer_of_all_who_works_on_one_commune_writes_there_alone() -> None:
    mine, other = r.make_unit("xa", "Xã Một"), r.make_unit("khac", "Xã Hai")
    account = r.make_account("hai-vai", "viewer")
    Assignment.objects.create(account=account, role="officer", unit=mine)
    scope = scope_of(account)
    assert scope.everything
    assert writable_unit(scope, mine.pk) == mine
    with pytest.raises(Unit.DoesNotExist):
        writable_unit(scope, other.pk)
    with pytest.raises(Refused, match="quản trị"):
        require_everything(scope)
    with pytest.raises(Unit.DoesNotExist):
        rename_unit(unit=other, name="Mới", day=date(2024, 1, 1), document="", by=scope, at=now())
