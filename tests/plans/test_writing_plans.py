"""Plans, programmes and directives written, corrected, removed."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from nhanlucso.kernel.clock import now
from nhanlucso.kernel.errors import Refused

KEY = "abcdefgh2345"


def _verbs() -> list[str]:
    from nhanlucso.audit.models import Event

    return [event.verb for event in Event.objects.exclude(verb="test").order_by("pk")]


def test_a_plan_is_written_once_however_often_it_is_sent(plans: Any) -> None:
    from nhanlucso.audit.queries import open_touches
    from nhanlucso.plans.documents.services.plans import PlanData, add_plan

    before = open_touches()
    data = PlanData(" Kế hoạch   xã ", plans.places.loc)
    first, second = (add_plan(plan=data, key=KEY, by=plans.commune, at=now()) for _ in range(2))
    assert first == second
    assert (first.title, first.number, first.issued_on, first.uid) == ("Kế hoạch xã", "", None, KEY)
    assert _verbs() == ["plan.add"]
    assert open_touches() == before  # plans make no figure older


def test_a_key_of_somebody_elses_plan_makes_a_plan_of_its_own(plans: Any) -> None:
    from nhanlucso.plans.documents.services.plans import PlanData, add_plan

    theirs = add_plan(
        plan=PlanData("Kế hoạch tỉnh", plans.places.province), key=KEY, by=plans.officer, at=now()
    )
    mine = add_plan(plan=PlanData("Kế hoạch xã", plans.places.loc), key=KEY, by=plans.commune, at=now())
    assert mine.pk != theirs.pk


def test_a_plan_is_refused(plans: Any) -> None:
    from nhanlucso.orgs.models import Unit
    from nhanlucso.plans.documents.services.plans import PlanData, add_plan

    place = plans.places.loc
    for data, code in (
        (PlanData(" ", place), "title_missing"),
        (PlanData("a" * 501, place), "title_too_long"),
        (PlanData("Kế hoạch", place, valid_from=date(2026, 2, 1), valid_to=date(2026, 1, 1)), "bad_span"),
    ):
        with pytest.raises(Refused) as refusal:
            add_plan(plan=data, by=plans.commune, at=now())
        assert refusal.value.code == code
    with pytest.raises(Unit.DoesNotExist):
        add_plan(plan=PlanData("Kế hoạch", plans.places.province), by=plans.commune, at=now())
    with pytest.raises(Refused, match="không được làm"):
        add_plan(plan=PlanData("Kế hoạch", plans.places.province), by=plans.viewer, at=now())
    assert _verbs() == []


def test_a_plan_is_corrected(plans: Any) -> None:
    from nhanlucso.plans.documents.services.plans import PlanData, change_plan
    from nhanlucso.plans.models import Plan

    data = PlanData("Kế hoạch khác", plans.places.province, number=" 12/KH-UBND ")
    assert change_plan(plan=plans.plan, data=data, by=plans.officer, at=now()).number == "12/KH-UBND"
    assert _verbs() == ["plan.change"]
    with pytest.raises(Plan.DoesNotExist):
        change_plan(plan=plans.plan, data=data, by=plans.commune, at=now())


def test_a_plan_goes_with_its_targets_and_activities(plans: Any) -> None:
    from nhanlucso.plans.documents.services.plans import remove_plan
    from nhanlucso.plans.models import Activity, Plan

    remove_plan(plan=plans.plan, by=plans.officer, at=now())
    assert not Plan.objects.filter(uid="kh-2026").exists()
    assert not Activity.objects.filter(uid="nv-1").exists()
    assert _verbs() == ["plan.remove"]


def test_a_plan_with_classes_or_directives_stays(plans: Any) -> None:
    from nhanlucso.plans.documents.services.plans import DirectiveData, add_directive, remove_plan
    from tests.factories.records import make_class

    made = make_class("Lớp", plans.places.loc, date(2026, 3, 2), activity=plans.activity)
    with pytest.raises(Refused, match="Có lớp học"):
        remove_plan(plan=plans.plan, by=plans.officer, at=now())
    made.delete()
    add_directive(plan=plans.plan, directive=DirectiveData("Về việc mở lớp"), by=plans.officer, at=now())
    with pytest.raises(Refused, match="văn bản chỉ đạo"):
        remove_plan(plan=plans.plan, by=plans.officer, at=now())


def test_a_programme_is_written_and_kept_while_plans_carry_it_out(plans: Any) -> None:
    from nhanlucso.plans.documents.services.plans import (
        PlanData,
        ProgrammeData,
        add_programme,
        change_plan,
        change_programme,
        remove_programme,
    )
    from nhanlucso.plans.models import Programme

    data = ProgrammeData("Đề án 146", "146/QĐ-TTg", "Thủ tướng Chính phủ", date(2022, 1, 28))
    made, again = (add_programme(programme=data, key=KEY, by=plans.commune, at=now()) for _ in range(2))
    assert made == again
    change_programme(programme=made, data=ProgrammeData("Đề án"), by=plans.commune, at=now())
    bound = PlanData("Kế hoạch", plans.places.province, programme=made)
    change_plan(plan=plans.plan, data=bound, by=plans.officer, at=now())
    with pytest.raises(Programme.DoesNotExist):
        change_programme(programme=made, data=data, by=plans.commune, at=now())
    with pytest.raises(Refused, match="Có kế hoạch thực hiện"):
        remove_programme(programme=made, by=plans.officer, at=now())
    change_plan(plan=plans.plan, data=PlanData("Kế hoạch", plans.places.province), by=plans.officer, at=now())
    remove_programme(programme=made, by=plans.commune, at=now())
    assert _verbs() == ["programme.add", "programme.change", "plan.change", "plan.change", "programme.remove"]


def test_a_directive_is_written_corrected_removed(plans: Any) -> None:
    from nhanlucso.orgs.models import Unit
    from nhanlucso.plans.documents.services.plans import (
        DirectiveData,
        add_directive,
        change_directive,
        remove_directive,
    )
    from nhanlucso.plans.models import Directive, Plan

    data = DirectiveData("Về việc mở lớp", issuer=plans.places.province)
    made, again = (
        add_directive(plan=plans.plan, directive=data, key=KEY, by=plans.officer, at=now()) for _ in range(2)
    )
    assert made == again
    assert made.number == ""
    changed = DirectiveData("Về việc mở lớp", "15/CV", plans.places.province, date(2026, 2, 1))
    assert change_directive(directive=made, data=changed, by=plans.officer, at=now()).number == "15/CV"
    with pytest.raises(Directive.DoesNotExist):
        change_directive(directive=made, data=changed, by=plans.commune, at=now())
    with pytest.raises(Plan.DoesNotExist):
        add_directive(plan=plans.plan, directive=data, by=plans.commune, at=now())
    with pytest.raises(Unit.DoesNotExist):
        own = Plan.objects.create(uid="kh-loc", title="Kế hoạch xã", issuer_unit=plans.places.loc)
        add_directive(plan=own, directive=data, by=plans.commune, at=now())
    remove_directive(directive=made, by=plans.officer, at=now())
    assert _verbs() == ["directive.add", "directive.change", "directive.remove"]
