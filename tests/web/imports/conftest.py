"""A commune with people, three of them of one name; lists of it as files; the officer who imports them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

HEAD = ["STT", "Họ và tên", "Ngày sinh", "Chức vụ", "Dân tộc", "Điện thoại"]


def workbook(*rows: list[Any], head: list[str] = HEAD) -> bytes:
    """A list as people make them: two lines of title, headings, rows, a line for signing."""
    import xlsxwriter

    target = BytesIO()
    with xlsxwriter.Workbook(target) as book:
        sheet = book.add_worksheet("Danh sách")
        title = [["UBND XÃ AN"], ["DANH SÁCH CÁN BỘ"], head]
        numbered = [[number, *row] for number, row in enumerate(rows, start=1)]
        for number, row in enumerate([*title, *numbered, [], ["", "Người lập biểu"]]):
            sheet.write_row(number, 0, row)
    return target.getvalue()


@dataclass
class Office:
    """The officer's browser, and what they do with it. `work` does what a worker would."""

    client: Client
    unit: Any
    other: Any
    people: dict[str, Any]

    def upload(self, body: bytes, name: str = "ds.xlsx", unit: Any = None) -> HttpResponse:
        given = {"file": SimpleUploadedFile(name, body)} | ({"unit": unit.pk} if unit else {})
        return self.client.post("/nhap-lieu/", given)

    def begun(self, body: bytes, name: str = "ds.xlsx") -> str:
        """The address of a new import that has been read."""
        answer = self.upload(body, name)
        self.work()
        return answer.headers["Location"]

    def work(self) -> None:
        from nhanlucso.exchange.lists.work import run_read, run_undo, run_write
        from nhanlucso.jobs.models import Job

        tasks = {"import.read": run_read, "import.write": run_write, "import.undo": run_undo}
        while job := Job.objects.filter(state="waiting", kind__in=tasks).order_by("created_at").first():
            tasks[job.kind].call(str(job.pk))

    def page(self, address: str) -> str:
        return self.client.get(address, follow=True).content.decode()

    def send(self, address: str, **given: Any) -> str:
        """Posts, lets the work be done, and gives the page that this leads to."""
        answer = self.client.post(address, given, follow=True)
        self.work()
        return self.page(answer.redirect_chain[-1][0] if answer.redirect_chain else address)


@pytest.fixture
def office(db: None, signed_in: Callable[[Any], Client]) -> Office:
    from tests.factories import records as r

    def born(name: str, unit: Any, birth: str) -> Any:
        person = r.make_person(name, unit)
        person.birth = birth
        person.save()
        return person

    unit, other = r.make_unit("xa-an", "Xã An", "commune"), r.make_unit("xa-bac", "Xã Bắc", "commune")
    people = {
        "lan": born("Lê Thị Lan", unit, "1980-02-01"),
        "si-1975": born("Lù A Sì", unit, "1975"),
        "si-1982": born("Lù A Sì", unit, "1982"),
        "khoa": born("Vàng Seo Khoa", unit, ""),
        "far": born("Lù A Sì", other, "1990"),
    }
    return Office(signed_in(r.make_account("can-bo-xa", "officer", unit)), unit, other, people)
