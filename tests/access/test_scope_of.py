"""What the roles of an account add up to: reading everywhere is no writing everywhere."""

from __future__ import annotations

from datetime import date

import pytest

from nhanlucso.access.models import Assignment
from nhanlucso.access.queries import scope_of
from nhanlucso.kernel.clock import now
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.permissions import Permission
from nhanlucso.orgs.models import Unit
from nhanlucso.orgs.queries import require_everything, writable_unit
from nhanlucso.orgs.services import rename_unit
from tests.factories import records as r

pytestmark = pytest.mark.django_db


def test_one_role_writes_wherever_it_reaches() -> None:
    commune = r.make_unit("xa", "Xã Một")
    scope = scope_of(r.make_account("can-bo", "officer", commune))
    assert scope.unit_ids == {commune.pk}
    assert scope.may(Permission.EDIT_PEOPLE)
    assert scope.to(Permission.EDIT_PEOPLE) == scope


def test_a_viewer_writes_nowhere() -> None:
    scope = scope_of(r.make_account("xem", "viewer"))
    assert (scope.everything, scope.may(Permission.EDIT_PEOPLE)) == (True, False)
    assert scope.to(Permission.EDIT_PEOPLE).is_empty


def test_a_viewer_of_all_who_works_on_one_commune_writes_there_alone() -> None:
    mine, other = r.make_unit("xa", "Xã Một"), r.make_unit("khac", "Xã Hai")
    account = r.make_account("hai-vai", "viewer")
    Assignment.objects.create(account=account, role="officer", unit=mine)
    scope = scope_of(account)
    assert scope.everything
    assert writable_unit(scope, Permission.EDIT_UNITS, mine.pk) == mine
    with pytest.raises(Unit.DoesNotExist):
        writable_unit(scope, Permission.EDIT_UNITS, other.pk)
    with pytest.raises(Refused, match="Quản trị toàn hệ thống"):
        require_everything(scope)
    with pytest.raises(Unit.DoesNotExist):
        rename_unit(unit=other, name="Mới", day=date(2024, 1, 1), document="", by=scope, at=now())


def test_who_only_adds_own_records_looks_into_no_unit() -> None:
    village = r.make_unit("thon", "Thôn Một", "village")
    scope = scope_of(r.make_account("to-vien", "team_member", village))
    assert scope.is_empty
    assert scope.to(Permission.LOG_ASSISTS).unit_ids == {village.pk}
    assert scope.to(Permission.SEE_PEOPLE).is_empty


def test_a_trainer_sees_classes_but_not_the_register_of_people() -> None:
    commune = r.make_unit("xa", "Xã Một")
    scope = scope_of(r.make_account("giang-vien", "trainer", commune))
    assert scope.to(Permission.SEE_CLASSES).unit_ids == {commune.pk}
    assert scope.to(Permission.SEE_PEOPLE).is_empty
