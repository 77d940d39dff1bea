"""Keeping forms, binding their blanks, filling them in for any unit and period."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.core.files.base import ContentFile
from docx import Document

from nhanlucso.audit.models import Event
from nhanlucso.files.models import Upload
from nhanlucso.forms.models import FormBinding, ReportForm
from nhanlucso.forms.queries.filling import Filling
from nhanlucso.forms.queries.kept import visible_forms
from nhanlucso.forms.services import Choice, accept, bind, fill, keep_form, remove_form, rename_form
from nhanlucso.indicators.queries import ask, figures, pick
from nhanlucso.kernel.clock import now, today
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.periods import parse_period
from nhanlucso.kernel.scope import SYSTEM, Scope
from nhanlucso.orgs.models import Unit
from tests.factories.district import make_district
from tests.factories.forms import document_form, workbook_form
from tests.factories.scopes import officer_of, viewer_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> Any:
    return make_district()


def kept(unit: Unit, body: bytes, name: str = "bieu-01.xlsx", by: Scope = SYSTEM) -> ReportForm:
    return keep_form(file=ContentFile(body, name), unit=unit.pk, by=by, at=now()).form


def filling(unit: Unit, name: str, period: str, tree: str = "then") -> Filling:
    return Filling(unit.pk, name, parse_period(period), "decree", ask(period, "decree", tree), today())


def test_proposals_are_taken_once_and_the_numbers_are_those_of_the_figures(world: Any) -> None:
    form = kept(world.district, workbook_form())
    assert accept(form=form, by=SYSTEM, at=now()) == 18
    assert accept(form=form, by=SYSTEM, at=now()) == 0
    made = fill(form=form, filling=filling(world.district, "Huyện Cũ", "2024-9M"), by=SYSTEM, at=now())
    sheet = openpyxl.load_workbook(BytesIO(made)).active
    asked = ask("2024-9M")
    mine = {
        f.indicator.code: f
        for f in figures(SYSTEM, asked, pick(None), [world.district.pk])[world.district.pk]
    }
    assert sheet["A2"].value == "Đơn vị báo cáo: Huyện Cũ"
    assert sheet["A3"].value == "Kỳ báo cáo: 9 tháng năm 2024"
    assert sheet["D7"].value == mine["staff.headcount"].value
    assert sheet["D8"].value == "khoảng 32"  # never an exact number in place of a qualified one
    assert sheet["D10"].value == pytest.approx(mine["coverage.basic"].value / 100, abs=0.0005)
    assert sheet["F8"].value == 0


def test_what_is_not_known_is_marked_as_the_form_wants_and_never_0(world: Any) -> None:
    form = kept(world.district, workbook_form())
    accept(form=form, by=SYSTEM, at=now())
    made = fill(form=form, filling=filling(world.loc, "Xã Lộc", "2026-9M"), by=SYSTEM, at=now())
    sheet = openpyxl.load_workbook(BytesIO(made)).active
    assert sheet["D10"].value == "–"  # nobody works there: no share
    assert sheet["D7"].value == 0
    rename_form(form=form, title="Biểu", shared=False, unknown="", by=SYSTEM, at=now())
    made = fill(form=form, filling=filling(world.loc, "Xã Lộc", "2026-9M"), by=SYSTEM, at=now())
    assert openpyxl.load_workbook(BytesIO(made)).active["D10"].value is None


def test_one_binding_serves_another_unit_and_period(world: Any) -> None:
    form = kept(world.district, document_form(), "bao-cao.docx")
    accept(form=form, by=SYSTEM, at=now())
    first, second = (
        Document(BytesIO(fill(form=form, filling=filling(unit, name, period), by=SYSTEM, at=now())))
        for unit, name, period in ((world.an, "Xã An", "2024-9M"), (world.hoa, "Xã Hòa", "2026-9M"))
    )
    assert first.paragraphs[0].text.startswith("Đơn vị: Xã An báo cáo: đã có khoảng 32 lượt người dự")
    assert second.paragraphs[0].text.startswith("Đơn vị: Xã Hòa báo cáo: đã có 0 lượt người dự")


def test_the_form_of_the_next_year_takes_over_what_was_said(world: Any) -> None:
    first = kept(world.district, workbook_form(2024))
    accept(form=first, by=SYSTEM, at=now())
    found = keep_form(
        file=ContentFile(workbook_form(2025), "b.xlsx"), unit=world.district.pk, by=SYSTEM, at=now()
    )
    assert found.like == first
    assert found.form.bindings.count() == first.bindings.count()


def test_a_choice_by_hand_of_another_unit_and_part(world: Any) -> None:
    form = kept(world.district, workbook_form())
    choice = Choice("coverage.basic", "missing", "period", world.an.pk)
    bind(form=form, spot="0!D7", choice=choice, by=SYSTEM, at=now())
    made = fill(form=form, filling=filling(world.district, "Huyện Cũ", "2024-9M"), by=SYSTEM, at=now())
    share = figures(SYSTEM, ask("2024-9M"), pick(["coverage.basic"]), [world.an.pk])[world.an.pk][0]
    assert share.denominator is not None and share.numerator is not None
    assert openpyxl.load_workbook(BytesIO(made)).active["D7"].value == share.denominator - share.numerator
    bind(form=form, spot="0!D7", choice=None, by=SYSTEM, at=now())
    assert not FormBinding.objects.exists()


@pytest.mark.parametrize(
    ("spot", "choice", "code"),
    [
        ("0!Z9", Choice("staff.headcount"), "unknown_spot"),
        ("0!D7", Choice("no.such"), "unknown_indicator"),
        ("0!D7", Choice("staff.headcount", "numerator"), "bad_choice"),
        ("0!D7", Choice("staff.headcount", "value", "someday"), "bad_choice"),
    ],
)
def test_what_cannot_stand_in_a_blank_is_refused(world: Any, spot: str, choice: Choice, code: str) -> None:
    form = kept(world.district, workbook_form())
    with pytest.raises(Refused) as refusal:
        if choice.code == "no.such":
            choice = Choice("no.such", "numerator")
        bind(form=form, spot=spot, choice=choice, by=SYSTEM, at=now())
    assert refusal.value.code == code
    assert not FormBinding.objects.exists()


def test_a_file_without_blanks_is_refused_and_nothing_kept(world: Any) -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "Không có ô trống"
    out = BytesIO()
    book.save(out)
    with pytest.raises(Refused) as refusal:
        kept(world.district, out.getvalue())
    assert refusal.value.code == "no_blanks"
    assert not ReportForm.objects.exists()
    assert not Upload.objects.exists()


def test_a_form_is_seen_in_reach_or_where_it_is_shared_and_changed_in_reach_alone(world: Any) -> None:
    hoa, loc = officer_of(world.hoa), officer_of(world.loc)
    form = kept(world.hoa, workbook_form(), by=hoa)
    assert not visible_forms(loc).exists()
    with pytest.raises(ReportForm.DoesNotExist):
        fill(form=form, filling=filling(world.loc, "Xã Lộc", "2026-9M"), by=loc, at=now())
    rename_form(form=form, title="Biểu chung", shared=True, by=hoa, at=now())
    assert visible_forms(loc).get().title == "Biểu chung"
    fill(form=form, filling=filling(world.loc, "Xã Lộc", "2026-9M"), by=loc, at=now())
    with pytest.raises(Unit.DoesNotExist):
        fill(form=form, filling=filling(world.hoa, "Xã Hòa", "2026-9M"), by=loc, at=now())
    with pytest.raises(ReportForm.DoesNotExist):
        accept(form=form, by=loc, at=now())
    with pytest.raises(Refused):
        accept(form=form, by=viewer_of(world.hoa), at=now())
    with pytest.raises(Unit.DoesNotExist):
        kept(world.hoa, workbook_form(), by=loc)


def test_removing_takes_the_file_along_and_all_is_on_record(world: Any) -> None:
    form = kept(world.hoa, workbook_form())
    fill(form=form, filling=filling(world.hoa, "Xã Hòa", "2026-9M"), by=SYSTEM, at=now())
    remove_form(form=form, by=SYSTEM, at=now())
    assert not ReportForm.objects.exists()
    assert not Upload.objects.exists()
    verbs = set(Event.objects.filter(object_type="form").values_list("verb", flat=True))
    assert verbs == {"form.keep", "form.fill", "form.remove"}
