"""Forms with a row for every commune: one choice fills a column, whatever the communes of whoever fills it in."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nhanlucso.forms.models import ReportForm
from nhanlucso.forms.queries.filling import Filling, filled
from nhanlucso.forms.queries.kept import layout_of
from nhanlucso.forms.services import Choice, accept, bind, fill, keep_form
from nhanlucso.indicators.queries import ask
from nhanlucso.kernel.clock import now, today
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.periods import parse_period
from nhanlucso.kernel.scope import SYSTEM
from nhanlucso.orgs.models import Unit
from tests.factories import records as r
from tests.factories.scopes import officer_of

pytestmark = pytest.mark.django_db
ROWS = 120


def form_of(names: list[str]) -> bytes:
    """Heads in row 1, one row for each name; persons, attendances and teams; numbers of last time in the first row."""
    out = BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet, lined = book.add_worksheet("Biểu 01"), book.add_format({"border": 1})
        heads = (
            "STT",
            "Tên xã",
            "Tổng số cán bộ, công chức, viên chức",
            "Số tổ công nghệ số cộng đồng",
            "Ghi chú",
        )
        sheet.write_row(0, 0, heads, lined)
        for row, name in enumerate(names, 1):
            sheet.write_row(row, 0, [row, name], lined)
            for column in (2, 3, 4):
                sheet.write_blank(row, column, None, lined)
        sheet.write_number("C2", 999, lined)
    return out.getvalue()


@pytest.fixture
def province() -> Unit:
    province = r.make_unit("tinh", "Tỉnh Nhiều Xã", "province")
    communes = [r.make_unit(f"xa-{n}", f"Xã Số {n}", parent=province) for n in range(ROWS)]
    for n in (0, 0, 1, 7):
        r.make_person("Lý Thị Ánh", communes[n])
    r.facts_changed()
    return province


def kept(unit: Unit, names: list[str]) -> ReportForm:
    file = ContentFile(form_of(names), "bieu.xlsx")
    return keep_form(file=file, unit=unit.pk, by=SYSTEM, at=now()).form


def filling(unit: Unit, name: str) -> Filling:
    return Filling(unit.pk, name, parse_period("2026-9M"), "decree", ask("2026-9M"), today())


def sheet_of(body: bytes) -> Any:
    return openpyxl.load_workbook(BytesIO(body)).active


def test_proposals_name_the_unit_of_the_row_and_the_whole_stands_for_whoever_fills_it_in(
    province: Unit,
) -> None:
    form = kept(province, ["Toàn tỉnh", "Xã Số 0", "UBND xã Số 1", "Số 7", "Xã Mất Tích"])
    assert accept(form=form, by=SYSTEM, at=now()) == 10
    sheet = sheet_of(fill(form=form, filling=filling(province, "Tỉnh Nhiều Xã"), by=SYSTEM, at=now()))
    assert [sheet.cell(row, 3).value for row in range(2, 7)] == [4, 2, 1, 1, 4]


def test_a_name_that_is_nobodys_is_told_and_nothing_of_last_time_stays_beside_it(province: Unit) -> None:
    form = kept(province, ["Xã Mất Tích", "Xã Số 0"])
    choice = Choice("staff.headcount", named=True)
    assert bind(form=form, spot="0!C3", choice=choice, whole_line=True, by=SYSTEM, at=now()) == 1
    bind(form=form, spot="0!C2", choice=choice, by=SYSTEM, at=now())
    asked = filling(province, "Tỉnh Nhiều Xã")
    assert filled(SYSTEM, form, layout_of(form), asked)["0!C2"].lost == "Xã Mất Tích"
    sheet = sheet_of(fill(form=form, filling=asked, by=SYSTEM, at=now()))
    assert [sheet["C2"].value, sheet["C3"].value] == [None, 2]


def test_a_commune_fills_its_own_row_alone(province: Unit) -> None:
    form = kept(province, ["Xã Số 0", "Xã Số 1"])
    accept(form=form, by=SYSTEM, at=now())
    ReportForm.objects.update(shared=True)
    mine = Unit.objects.get(uid="xa-1")
    sheet = sheet_of(fill(form=form, filling=filling(mine, "Xã Số 1"), by=officer_of(mine), at=now()))
    assert [sheet["C2"].value, sheet["C3"].value] == [None, 1]


def test_one_choice_fills_the_column_of_120_communes_and_costs_as_many_queries_as_two(province: Unit) -> None:
    small, large = (kept(province, [f"Xã Số {n}" for n in range(rows)]) for rows in (2, ROWS))
    choice = Choice("staff.headcount", named=True)
    assert bind(form=large, spot="0!C9", choice=choice, whole_line=True, by=SYSTEM, at=now()) == ROWS
    bind(form=small, spot="0!C2", choice=choice, whole_line=True, by=SYSTEM, at=now())
    asked, counts = filling(province, "Tỉnh Nhiều Xã"), []
    fill(form=small, filling=asked, by=SYSTEM, at=now())
    for form in (small, large):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            made = fill(form=form, filling=asked, by=SYSTEM, at=now())
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert [sheet_of(made).cell(row, 3).value for row in (2, 3, 9, 121)] == [2, 1, 1, 0]
    assert bind(form=large, spot="0!C9", choice=None, whole_line=True, by=SYSTEM, at=now()) == ROWS
    assert not large.bindings.exists()


@pytest.mark.parametrize(
    "choice", [Choice("text.unit", named=True), Choice("staff.headcount", unit=1, named=True)]
)
def test_a_choice_of_two_units_or_of_a_text_for_a_row_is_refused(province: Unit, choice: Choice) -> None:
    form = kept(province, ["Xã Số 0"])
    with pytest.raises(Refused) as refusal:
        bind(form=form, spot="0!C2", choice=choice, by=SYSTEM, at=now())
    assert refusal.value.code == "bad_choice"
