"""Who reads a plan: whom it binds or names; who changes it: where its issuer may be written for."""

from __future__ import annotations

from typing import Any

import pytest

from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.scope import SYSTEM


def test_a_plan_is_read_by_everyone_below_its_issuer(plans: Any) -> None:
    from nhanlucso.plans.documents.queries import plan_view, visible_plan

    for scope in (SYSTEM, plans.officer, plans.viewer, plans.commune):
        assert visible_plan(scope, plans.plan.pk) == plans.plan
    assert plan_view(plans.officer, plans.plan.pk).editable
    assert not plan_view(plans.commune, plans.plan.pk).editable
    assert not plan_view(plans.viewer, plans.plan.pk).editable


def test_a_plan_of_a_neighbour_is_not_found_unless_it_names_one(plans: Any) -> None:
    from nhanlucso.plans.documents.queries import visible_plan
    from nhanlucso.plans.models import Activity, Plan

    own = Plan.objects.create(uid="kh-hoa", title="Kế hoạch xã Hòa", issuer_unit=plans.places.hoa)
    with pytest.raises(Plan.DoesNotExist):
        visible_plan(plans.commune, own.pk)
    activity = Activity.objects.create(uid="nv-hoa", plan=own, title="Mở lớp chung")
    activity.partner_units.add(plans.places.loc)
    assert visible_plan(plans.commune, own.pk) == own


def test_a_plan_of_another_that_binds_what_stands_above_is_read(plans: Any) -> None:
    from nhanlucso.plans.documents.queries import visible_plan
    from nhanlucso.plans.models import Plan, Target

    other = Plan.objects.create(uid="kh-hoa", title="Kế hoạch xã Hòa", issuer_unit=plans.places.hoa)
    Target.objects.create(
        uid="ct", plan=other, indicator="coverage.basic", unit=plans.places.province, year=2026, value=9
    )
    assert visible_plan(plans.commune, other.pk) == other


def test_the_plan_of_an_old_district_is_read_from_the_communes_that_stood_below_it(plans: Any) -> None:
    from nhanlucso.plans.documents.queries import visible_plan
    from nhanlucso.plans.models import Plan
    from tests.factories.scopes import officer_of

    old = Plan.objects.get(targets__indicator="training.attendances")
    assert visible_plan(officer_of(plans.places.hoa), old.pk) == old


def test_a_plan_is_changed_only_where_its_issuer_lies(plans: Any) -> None:
    from nhanlucso.plans.documents.queries import writable_activity, writable_plan
    from nhanlucso.plans.models import Activity, Plan

    assert writable_plan(plans.officer, plans.plan.pk) == plans.plan
    with pytest.raises(Plan.DoesNotExist):
        writable_plan(plans.commune, plans.plan.pk)
    with pytest.raises(Activity.DoesNotExist):
        writable_activity(plans.commune, plans.activity.pk)
    with pytest.raises(Refused, match="không được làm"):
        writable_plan(plans.viewer, plans.plan.pk)


def test_a_plan_without_issuer_belongs_to_who_reaches_everything(plans: Any) -> None:
    from nhanlucso.plans.documents.queries import visible_plan, writable_plan
    from nhanlucso.plans.models import Plan

    nobody = Plan.objects.create(uid="kh-0", title="Kế hoạch không rõ")
    assert writable_plan(SYSTEM, nobody.pk) == nobody
    for scope in (plans.officer, plans.commune):
        with pytest.raises(Plan.DoesNotExist):
            visible_plan(scope, nobody.pk)


def test_partners_are_found_in_the_whole_tree(plans: Any) -> None:
    from nhanlucso.plans.documents.queries import partner_choices

    assert [v.name for v in partner_choices(plans.commune, "hoa")] == ["Xã Hòa"]
    became = [v.name for v in partner_choices(plans.commune, "an")]
    assert became == ["Xã Hòa"], "a name of old finds what the unit became"
    assert partner_choices(plans.commune, " ") == []
    assert partner_choices(plans.viewer, "hoa") == []


def test_programmes_and_who_may_change_them(plans: Any) -> None:
    from nhanlucso.plans.documents.queries import programme_lines, writable_programme
    from nhanlucso.plans.models import Programme

    used, free = (Programme.objects.create(uid=uid, title=uid) for uid in ("de-an-a", "de-an-b"))
    plans.plan.programme = used
    plans.plan.save()
    lines = {line.programme: (line.plans, line.editable) for line in programme_lines(plans.commune)}
    assert lines == {used: (1, False), free: (0, True)}
    assert all(line.editable for line in programme_lines(plans.officer))
    assert not any(line.editable for line in programme_lines(plans.viewer))
    with pytest.raises(Programme.DoesNotExist):
        writable_programme(plans.commune, used.pk)
