"""What an account no longer reaches does not stand in readings made before."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from nhanlucso.access.models import Account, Assignment
from nhanlucso.exchange.models import ListImport
from nhanlucso.kernel.sealing import encrypt, match_hash
from nhanlucso.people.models import Person
from tests.factories import records as r
from tests.web.imports.conftest import Office, workbook

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("vietnamese")]
HEAD = ["STT", "Họ và tên", "Ngày sinh", "Chức vụ", "Số định danh"]
NUMBER = "010090001234"


@pytest.fixture
def both(office: Office) -> Assignment:
    """The officer's second role, over the other commune as well; two people there with one identity number."""
    for person in (office.people["far"], r.make_person("Hạng Thị Xa", office.other)):
        Person.objects.filter(pk=person.pk).update(
            full_name="Hạng Thị Xa", national_id_hash=match_hash(NUMBER), national_id_cipher=encrypt(NUMBER)
        )
    account = Account.objects.get(username="can-bo-xa")
    return Assignment.objects.create(
        account=account, role="officer", unit=office.other, valid_from=date(2020, 1, 1)
    )


def listed(office: Office, both: Assignment) -> str:
    row: list[Any] = ["Hạng Thị Xá", "1990", "Kế toán", NUMBER]
    answer = office.upload(workbook(row, head=HEAD), unit=office.unit)
    office.work()
    office.send(f"{answer.headers['Location']}doc/", kind="staff", go="1")
    return answer.headers["Location"]


def test_a_reading_is_made_again_before_it_is_shown(office: Office, both: Assignment) -> None:
    address = listed(office, both)
    assert "Hạng Thị Xa" in office.page(f"{address}hoi/")
    both.delete()
    assert "Hạng Thị Xa" not in office.page(f"{address}hoi/")
    assert "tệp được đọc lại" in office.page(f"{address}doc/")
    assert office.client.get(f"{address}tep-loi/").status_code == 404
    assert "Hạng Thị Xa" not in office.send(f"{address}doc/lai/")
    assert "Hạng Thị Xa" not in office.page(f"{address}hoi/")


def test_nothing_is_written_from_it(office: Office, both: Assignment) -> None:
    address = listed(office, both)
    both.delete()
    office.client.post(f"{address}xong/")
    office.work()
    assert ListImport.objects.get().written_at is None
