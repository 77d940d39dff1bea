"""Each step: what it shows, what may be said, in any order and twice; nobody else's list; few queries."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from nhanlucso.audit.models import Event
from nhanlucso.exchange.lists.kept import folder_of
from nhanlucso.exchange.models import ListImport, ListShape
from nhanlucso.jobs.models import Job
from nhanlucso.people.models import Person, Post
from nhanlucso.web.imports import writing
from nhanlucso.web.imports.words import meanings
from tests.web.imports.conftest import HEAD, Office, workbook

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("vietnamese")]
LAN = ["Lê Thị Lan", "01/02/1980", "Chủ tịch UBND", "Kinh", "0912345678"]
SI = ["Lù A Sì", "", "Kế toán", "Mông", ""]
NEW = ["Bàn Thị Mới", "03/04/1990", "Chuyên viên", "Dao", ""]
ODD = [*HEAD[:-1], "Liên lạc"]


def confirmed(office: Office, *rows: list[Any], **more: Any) -> str:
    address = office.begun(workbook(*rows, **more))
    office.send(f"{address}doc/", kind="staff", go="1")
    return address


# -- the file --------------------------------------------------------------------------------------------------


def test_one_unit_is_not_asked_for(office: Office) -> None:
    assert 'name="unit"' not in office.page("/nhap-lieu/")


def test_the_same_file_sent_twice_is_one_import(office: Office) -> None:
    body = workbook(LAN)
    first, second = (office.upload(body).headers["Location"] for _ in range(2))
    assert first == second
    assert ListImport.objects.count() == 1


def test_a_file_that_is_no_list_is_told_and_given_up(office: Office) -> None:
    address = office.begun(b"nothing that is a list", "ghi-chu.txt")
    page = office.page(address)
    assert "Chưa xong; chưa ghi gì" in page
    assert "Không tìm thấy" in page or "không" in page
    office.client.post(f"{address}bo/")
    assert not ListImport.objects.exists()
    assert office.client.get(f"{address}doc/").status_code == 404


def test_giving_up_leaves_no_file_and_no_reading(office: Office, settings: Any) -> None:
    address = office.begun(workbook(LAN))
    item = ListImport.objects.get()
    assert folder_of(item.uid).is_dir()
    office.client.post(f"{address}bo/")
    assert not folder_of(item.uid).exists()


# -- what was understood ---------------------------------------------------------------------------------------


def test_a_column_is_corrected_and_remembered_for_the_next_list(office: Office) -> None:
    address = office.begun(workbook(LAN, head=ODD))
    column = {"column-4": "phone"}
    page = office.send(f"{address}doc/", kind="staff", stay="1", **column)
    assert '<option value="phone" selected>' in page
    office.send(f"{address}doc/", kind="staff", go="1", **column)
    assert ListShape.objects.get().corrections == {"Liên lạc": "phone"}
    after = office.page(office.begun(workbook(LAN, NEW, head=ODD), "thang-sau.xlsx"))
    assert "Nghĩa của cột đã nhớ từ lần trước" in after
    assert '<option value="phone" selected>' in after


def test_what_is_remembered_can_be_forgotten(office: Office) -> None:
    address = office.begun(workbook(LAN, head=ODD))
    office.send(f"{address}doc/", kind="staff", stay="1", **{"column-4": "phone"})
    office.send(f"{address}doc/", kind="staff", go="1")
    page = office.send(f"{address}doc/quen/")
    assert not ListShape.objects.exists()
    assert '<option value="phone" selected>' not in page


def test_a_column_that_cannot_be_is_refused(office: Office) -> None:
    address = office.begun(workbook(LAN, head=ODD))
    answer = office.client.post(f"{address}doc/", {"kind": "staff", "column-4": "password", "stay": "1"})
    assert answer.status_code == 400


def test_the_part_that_changes_equals_the_page(office: Office) -> None:
    address = confirmed(office, LAN, SI)
    for step in ("doc/", "hoi/", "hoi/chac-chan/", "xong/"):
        full = office.client.get(address + step).content.decode()
        part = office.client.get(address + step, headers={"HX-Request": "true"}).content.decode()
        assert part.split("csrfmiddlewaretoken")[0].strip() in full


def test_while_it_is_read_the_page_says_so_and_it_can_be_stopped(office: Office) -> None:
    address = office.upload(workbook(LAN)).headers["Location"]
    assert 'hx-trigger="every 1s"' in office.page(address)
    page = office.send(f"{address}dung/")
    assert "Đã dừng" in page
    assert "Danh sách cán bộ" in office.send(f"{address}doc/lai/")


def lose(item: ListImport) -> None:
    """What a restored copy of the installation lacks."""
    shutil.rmtree(folder_of(item.uid))


def test_a_reading_that_was_lost_can_be_made_again(office: Office) -> None:
    address = confirmed(office, LAN)
    lose(ListImport.objects.get())
    page = office.page(f"{address}xong/")
    assert f'hx-post="{address}doc/lai/" hx-trigger="load"' in page  # by itself; by hand without script
    assert "Đọc lại" in page
    office.send(f"{address}doc/lai/")
    assert "Danh sách cán bộ" in office.page(f"{address}doc/")


def test_without_its_reading_a_written_list_is_still_taken_back(office: Office) -> None:
    address = confirmed(office, NEW)
    office.send(f"{address}xong/")
    lose(ListImport.objects.get())
    assert "Hoàn tác lần nhập này" in office.page(f"{address}xong/")
    assert "Xóa hồ sơ cán bộ đã thêm" in office.page(f"{address}hoan-tac/")
    assert "Đã hoàn tác" in office.send(f"{address}hoan-tac/")


def test_what_stands_in_the_way_of_a_long_list_is_told_once_it_was_tried(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page of a long list does not look through all of it; the work does, and then the page names the rows."""
    address = confirmed(office, NEW, LAN)
    office.send(f"{address}xong/")
    monkeypatch.setattr(writing, "LOOKED", 1)
    page = office.page(f"{address}hoan-tac/")
    assert "Xóa hồ sơ cán bộ đã thêm" in page
    assert "từng dòng được kiểm tra trước" in page
    Person.objects.filter(full_name="Bàn Thị Mới").update(phone="0987654321")
    page = office.send(f"{address}hoan-tac/")
    assert "Chưa hoàn tác được" in page
    assert "Xem các dòng ấy" in page
    page = office.page(f"{address}hoan-tac/")
    assert "hồ sơ cán bộ của Bàn Thị Mới" in page
    assert "đã sửa sau đó" in page
    Person.objects.filter(full_name="Bàn Thị Mới").update(phone="")
    assert "Đã hoàn tác" in office.send(f"{address}hoan-tac/")


def test_writing_that_was_stopped_is_told_with_ways_on(office: Office) -> None:
    address = confirmed(office, NEW)
    office.client.post(f"{address}xong/")
    page = office.send(f"{address}dung/")
    assert "Đã dừng" in page
    assert "Lần này chưa ghi gì vào hệ thống" in page
    assert "Ghi vào hệ thống</button>" in page
    assert f"{address}bo/" in page


def test_names_of_units_are_asked_some_on_a_page(office: Office) -> None:
    rows = [[f"Giàng Thị {name}", "", "Kế toán", "", ""] for name in "ABCDEFGHIKLMNOPQRSTUVXY"]
    head = [*HEAD[:4], "Đơn vị công tác", "Điện thoại"]
    named = [[*row[:3], f"Phòng Lạ {place}", ""] for place, row in enumerate(rows * 2)]
    address = confirmed(office, *named, head=head)
    page = office.page(f"{address}hoi/")
    assert (page.count('name="name"'), "Có 46 tên" in page) == (30, True)
    second = office.page(f"{address}hoi/?trang=2")
    assert second.count('name="name"') == 16
    assert "Phòng Lạ 45" in office.page(f"{address}hoi/?ten=Ph%C3%B2ng+L%E1%BA%A1+45")
    page = office.send(f"{address}hoi/don-vi/", name="Phòng Lạ 45", **{"unit-0": "skip"})
    assert "Có 45 tên" in page


def test_a_line_of_title_runs_over_the_columns(office: Office) -> None:
    address = office.begun(workbook(LAN))
    assert f'<td colspan="{len(HEAD)}">DANH SÁCH CÁN BỘ</td>' in office.page(f"{address}doc/")


def test_the_rows_of_an_outcome_as_a_file(office: Office) -> None:
    address = confirmed(office, LAN, SI, NEW)
    asked = {"chac-chan": "Lê Thị Lan", "nguoi-moi": "Bàn Thị Mới", "da-hoi": "Lù A Sì"}
    for name, person in asked.items():
        assert f"{address}hoi/{name}/tep/?format=xlsx" in office.page(f"{address}hoi/{name}/")
        answer = office.client.post(f"{address}hoi/{name}/tep/?format=xlsx")
        cells = [cell for row in load_workbook(BytesIO(answer.content)).active.values for cell in row]
        assert person in cells
    assert "chưa quyết định" in cells
    assert Event.objects.filter(verb="list.export", object_type="list").count() == len(asked)
    assert office.client.post(f"{address}hoi/nothing/tep/").status_code == 404
    assert office.client.get(f"{address}hoi/da-hoi/tep/").status_code == 405


def test_who_takes_the_commented_file_is_put_on_record(office: Office) -> None:
    address = confirmed(office, LAN, SI)
    answer = office.client.get(f"{address}tep-loi/")
    answer.close()
    assert answer.status_code == 200
    assert Event.objects.filter(verb="list.comment").count() == 1


def test_the_work_on_a_list_leads_to_the_list(office: Office) -> None:
    address = office.begun(workbook(LAN))
    job = Job.objects.get()
    assert office.client.get(f"/viec/{job.pk}/").headers["Location"] == address
    office.client.post(f"{address}bo/")
    assert office.client.get(f"/viec/{job.pk}/").status_code == 200


# -- doubts ----------------------------------------------------------------------------------------------------


def test_decisions_are_changed_and_taken_back(office: Office) -> None:
    address = confirmed(office, SI)
    row = {"sheet": "Danh sách", "row": "4"}
    office.send(f"{address}hoi/quyet-dinh/", **row, choice="new")
    office.send(f"{address}hoi/quyet-dinh/", **row, choice="skip")
    assert ListImport.objects.get().decisions == [["Danh sách", 4, "skip"]]
    assert "Còn 1/1" in office.send(f"{address}hoi/quyet-dinh/", back="1")
    assert ListImport.objects.get().decisions == []


@pytest.mark.parametrize("choice", ["far", "nobody"])
def test_only_who_is_offered_can_be_chosen(office: Office, choice: str) -> None:
    address = confirmed(office, SI)
    uid = office.people[choice].uid if choice in office.people else choice
    given = {"sheet": "Danh sách", "row": "4", "choice": uid}
    assert office.client.post(f"{address}hoi/quyet-dinh/", given).status_code == 400


def test_a_name_of_a_unit_is_answered_once(office: Office) -> None:
    head = [*HEAD, "Đơn vị"]
    address = confirmed(office, [*NEW, "Xã Ăng"], [*LAN, "Xã Ăng"], head=head)
    assert "Tên đơn vị chưa rõ" in office.page(f"{address}hoi/")
    found = office.page(f"{address}hoi/?ten=Xã+Ăng&tim=xa+an")
    assert "Thấy 1 đơn vị" in found
    page = office.send(f"{address}hoi/don-vi/", name="Xã Ăng", **{"unit-0": office.unit.uid})
    assert "Không có gì phải hỏi" in page
    page = office.send(f"{address}hoi/don-vi/", name="Xã Ăng", **{"unit-0": "ask"})
    assert "Tên đơn vị chưa rõ" in page


def test_a_unit_out_of_reach_cannot_be_meant(office: Office) -> None:
    address = confirmed(office, [*NEW, "Xã Ăng"], head=[*HEAD, "Đơn vị"])
    given = {"name": "Xã Ăng", "unit-0": office.other.uid}
    assert office.client.post(f"{address}hoi/don-vi/", given).status_code == 400


# -- writing ---------------------------------------------------------------------------------------------------


def test_sent_twice_it_is_written_once(office: Office) -> None:
    address = confirmed(office, LAN, NEW)
    before = Person.objects.count()
    for _ in range(2):
        office.client.post(f"{address}xong/")
    assert Job.objects.filter(kind="import.write").count() == 1
    office.work()
    office.send(f"{address}xong/")
    assert Person.objects.count() == before + 1


def test_what_was_left_is_decided_and_written_later(office: Office) -> None:
    address = confirmed(office, LAN, SI, NEW)
    before = Person.objects.count()
    page = office.send(f"{address}xong/")
    assert "Còn 1 dòng chưa quyết định" in page
    office.send(f"{address}hoi/quyet-dinh/", sheet="Danh sách", row="5", choice="new")
    page = office.send(f"{address}hoi/xong/")
    assert "Ghi vào hệ thống" in page
    office.send(f"{address}xong/")
    assert Person.objects.count() == before + 2
    office.send(f"{address}hoan-tac/")
    assert Person.objects.count() == before


def test_after_writing_nothing_can_be_said_any_more(office: Office) -> None:
    address = confirmed(office, NEW)
    office.send(f"{address}xong/")
    answer = office.client.post(f"{address}doc/", {"kind": "results", "go": "1"})
    assert answer.status_code == 400
    assert "hoàn tác trước" in answer.content.decode()


def test_new_people_hold_their_posts_from_a_day_on(office: Office) -> None:
    address = office.begun(workbook(NEW))
    office.send(f"{address}doc/", kind="staff", since="2025-07-01", go="1")
    page = office.send(f"{address}doc/", kind="staff", since="2025-07-01", go="1")
    assert "Số liệu các kỳ đã qua cũng thay đổi" not in page
    office.send(f"{address}xong/")
    assert str(Post.objects.get(person__full_name="Bàn Thị Mới").valid_from) == "2025-07-01"


def test_what_was_changed_since_stands_in_the_way_of_undoing(office: Office) -> None:
    address = confirmed(office, NEW)
    office.send(f"{address}xong/")
    Person.objects.filter(full_name="Bàn Thị Mới").update(phone="0987654321")
    page = office.page(f"{address}hoan-tac/")
    assert "Chưa hoàn tác được" in page
    assert "Bàn Thị Mới" in page
    office.send(f"{address}hoan-tac/")
    assert Person.objects.filter(full_name="Bàn Thị Mới").exists()


def test_the_file_comes_back_with_comments(office: Office) -> None:
    address = confirmed(office, ["Bàn Thị Mới", "31/02/1990", "Chuyên viên", "Dao", ""])
    answer = office.client.get(f"{address}tep-loi/")
    assert b"".join(answer.streaming_content)[:2] == b"PK"  # type: ignore[attr-defined]
    assert "attachment" in answer.headers["Content-Disposition"]


# -- whose -----------------------------------------------------------------------------------------------------


def test_nobody_sees_the_list_of_another(office: Office, signed_in: Callable[[Any], Client]) -> None:
    from tests.factories import records as r

    address = confirmed(office, SI)
    for name, role, unit in (("khac", "officer", office.unit), ("kiem-tra", "auditor", None)):
        other = signed_in(r.make_account(name, role, unit))
        for step in ("", "doc/", "hoi/", "hoi/chac-chan/", "xong/", "tep-loi/", "hoan-tac/"):
            assert other.get(address + step).status_code in (403, 404)
        assert other.post(f"{address}xong/").status_code in (403, 404)


def test_the_auditor_sees_that_it_was_imported_and_no_name(
    office: Office, signed_in: Callable[[Any], Client]
) -> None:
    from tests.factories import records as r

    confirmed(office, SI)
    page = signed_in(r.make_account("kiem-tra", "auditor")).get("/nhap-lieu/tat-ca/").content.decode()
    assert "ds.xlsx" in page
    assert "Lù A Sì" not in page


def test_home_reminds_of_a_list_that_is_not_finished(office: Office) -> None:
    confirmed(office, SI)
    assert "Danh sách đang nhập dở: ds.xlsx" in office.page("/")


def test_a_long_list_costs_no_more_queries(office: Office, django_assert_max_num_queries: Any) -> None:
    for count in (3, 400):
        rows = [[f"Bàn Thị {chr(65 + n % 26)}{n}", "", "Chuyên viên", "", ""] for n in range(count)]
        address = confirmed(office, SI, *rows)
        for step in ("doc/", "doc/?trang=9", "hoi/", "hoi/nguoi-moi/?trang=2", "hoi/da-hoi/", "xong/"):
            with django_assert_max_num_queries(22):
                office.client.get(address + step)
        office.send(f"{address}xong/")
        for step in ("xong/", "hoan-tac/"):
            with django_assert_max_num_queries(34):
                office.client.get(address + step)


# -- what a form sends back unchanged changes nothing -----------------------------------------------------------


def sent_back(page: str) -> dict[str, str]:
    """What a browser sends for the columns of the form when nothing is touched."""
    selects = re.findall(r'<select id="\S+" name="(column-\d+)">(.*?)</select>', page, re.DOTALL)
    chosen = {}
    for name, options in selects:
        values = re.findall(r'<option value="([^"]*)"( selected)?>', options)
        chosen[name] = next((value for value, selected in values if selected), values[0][0])
    return chosen


def test_birth_dates_under_nam_and_nu_stay_when_all_is_right(office: Office) -> None:
    head = ["STT", "Họ và tên", "Năm sinh nam", "Năm sinh nữ", "Chức vụ"]
    address = office.begun(workbook(["Bàn Thị Mới", "", "03/04/1990", "Chuyên viên"], head=head))
    page = office.page(f"{address}doc/")
    office.send(f"{address}doc/", kind="staff", go="1", **sent_back(page))
    item = ListImport.objects.get()
    assert item.corrections == {}
    assert "03/04/1990" in office.page(f"{address}doc/")


def test_every_meaning_of_a_column_has_words() -> None:
    assert not [(value, words) for value, words in meanings() if value and words == value]


def test_a_file_with_a_password_is_not_read_again(office: Office) -> None:
    locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000) + "EncryptedPackage".encode("utf-16-le")
    page = office.page(office.begun(locked + bytes(200), "luong.xlsx"))
    assert "mật khẩu" in page
    assert "Đọc lại" not in page
    assert "Bỏ tệp này, chọn tệp khác" in page
