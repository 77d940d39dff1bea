"""Who counts, who does not, and why."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

pytestmark = pytest.mark.django_db


def page(client: Client, code: str, unit: Any, **words: str) -> str:
    response = client.get(f"/chi-so/{code}/ho-chieu/", {"unit": unit.pk, "period": "2024-9M", **words})
    assert response.status_code == 200
    return response.content.decode()


def test_who_counts_and_by_what(world: Any, officer: Client) -> None:
    html = page(officer, "coverage.basic", world.district)
    assert "Lý Thị Ánh" in html
    assert "Hoàn thành lớp «Lớp kỹ năng số» ngày 08/03/2024, dự 5/5 buổi" in html
    assert "Đạt khóa «Kỹ năng số trên mạng» ngày 06/05/2024" in html
    assert f"/lop-hoc/{world.training_class.pk}/" in html


def test_who_does_not_and_why(world: Any, officer: Client) -> None:
    html = page(officer, "coverage.basic", world.district, group="missing")
    assert "Mới dự 3/5 buổi lớp «Lớp kỹ năng số»" in html
    assert "Chưa đạt khóa «Kỹ năng số trên mạng»" in html
    assert "Chưa ghi nhận lớp hay khóa nào" in html
    assert "Lập danh sách mời vào lớp" in html


def test_what_was_done_outside_the_window_is_said_so(world: Any, officer: Client) -> None:
    html = page(officer, "coverage.basic", world.district, period="2024-Q3", group="missing")
    assert "Hoàn thành lớp «Lớp kỹ năng số» ngày 08/03/2024, ngoài kỳ" in html
    assert "Đạt khóa «Kỹ năng số trên mạng» ngày 06/05/2024, ngoài kỳ" in html


def test_the_undecided_have_a_tab_with_the_reason(world: Any, officer: Client) -> None:
    html = page(officer, "coverage.basic", world.hoa, tree="now", group="unallocated")
    assert "Nguyễn Thị Em" in html
    assert "chia tách" in html


def test_head_counts_have_no_names(world: Any, officer: Client) -> None:
    html = page(officer, "training.attendances", world.district, group="heads")
    assert "khoảng 30" in html
    assert "Lý Thị Ánh" not in html


def test_a_viewer_sees_names_but_no_action(world: Any, viewer: Client) -> None:
    html = page(viewer, "coverage.basic", world.district, group="missing")
    assert "Lù A Dung" in html
    assert "Lập danh sách mời vào lớp" not in html


def test_names_outside_the_scope_are_not_given(world: Any, signed_in: Any) -> None:
    """Em's post of before the split is not wholly inside xã Hòa, so her name is not for xã Hòa."""
    from tests.factories.records import make_account

    client = signed_in(make_account("xa-hoa", "officer", world.hoa))
    html = page(client, "coverage.basic", world.hoa, tree="now", group="unallocated")
    assert "Nguyễn Thị Em" not in html
    assert "Ngoài phạm vi" in html


def test_outside_the_scope_is_not_found(world: Any, neighbour: Client) -> None:
    response = neighbour.get("/chi-so/coverage.basic/ho-chieu/", {"unit": world.an.pk, "period": "2024"})
    assert response.status_code == 404


def test_a_unit_that_is_gone_leads_on(world: Any, officer: Client) -> None:
    assert "Xem ở Xã Hòa" in page(officer, "coverage.basic", world.an, tree="2025-07-01")


def test_fifty_stand_on_a_page(world: Any, officer: Client, django_assert_max_num_queries: Any) -> None:
    from tests.factories.records import facts_changed, make_person

    for number in range(60):
        make_person(f"Hoàng Văn {number}", world.an)
    facts_changed()
    first = page(officer, "staff.headcount", world.district)
    with django_assert_max_num_queries(29):
        second = page(officer, "staff.headcount", world.district, page="2")
    assert first.count("<tr>") == 51
    assert second.count("<tr>") == 16


@pytest.mark.parametrize(
    "code",
    [
        "training.classes",
        "training.rounds",
        "mooc.learners",
        "teams.count",
        "teams.village_coverage",
        "outreach.items",
    ],
)
def test_every_kind_of_figure_has_a_passport(world: Any, officer: Client, code: str) -> None:
    assert "Được tính" in page(officer, code, world.district)


def test_the_list_goes_into_a_spreadsheet_and_on_record(world: Any, officer: Client) -> None:
    from nhanlucso.audit.models import Event
    from tests.factories.records import facts_changed, make_person

    make_person("=HYPERLINK(1)", world.an)
    facts_changed()
    response = officer.post(
        f"/chi-so/coverage.basic/ho-chieu/xlsx/?unit={world.district.pk}&period=2024-9M&group=missing"
    )
    assert response.status_code == 200
    assert "coverage.basic-2024-9M-missing.xlsx" in response["Content-Disposition"]
    sheet = load_workbook(BytesIO(response.content)).active
    cells = {cell.value: cell for row in sheet.iter_rows() for cell in row}
    assert cells["Trần Văn Bình"].data_type == "s"
    assert cells["=HYPERLINK(1)"].data_type == "s"
    assert cells["=HYPERLINK(1)"].quotePrefix
    event = Event.objects.get(verb="passport.export")
    assert (event.count, event.account_id) == (4, world.officer.pk)


def test_a_spreadsheet_is_asked_for_by_post(world: Any, officer: Client) -> None:
    address = f"/chi-so/coverage.basic/ho-chieu/xlsx/?unit={world.district.pk}&period=2024"
    assert officer.get(address).status_code == 405


def test_a_spreadsheet_outside_the_scope_is_not_found(world: Any, neighbour: Client) -> None:
    address = f"/chi-so/coverage.basic/ho-chieu/xlsx/?unit={world.an.pk}&period=2024"
    assert neighbour.post(address).status_code == 404


def test_the_page_speaks_english(world: Any, officer: Client) -> None:
    officer.cookies["django_language"] = "en"
    html = page(officer, "coverage.basic", world.district, group="missing")
    assert "Attended only 3/5 sessions of the class “Lớp kỹ năng số”" in html
    assert "Nothing recorded" in html
