"""A list of a commune on its way, without pages: begun, read, confirmed; what a worker would do is done by hand."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from nhanlucso.exchange.lists import services
from nhanlucso.exchange.lists.services import Said
from nhanlucso.exchange.lists.work import run_read, run_undo, run_write
from nhanlucso.exchange.models import ListImport
from nhanlucso.jobs import progress
from nhanlucso.jobs.models import Job
from nhanlucso.kernel.clock import now

TASKS = {"import.read": run_read, "import.write": run_write, "import.undo": run_undo}
HEAD = ["STT", "Họ và tên", "Ngày sinh", "Chức vụ", "Điện thoại"]


def newcomer(number: int) -> list[Any]:
    """Somebody nobody knows, unlike all others."""
    names = ("Sáng", "Páo", "Mỷ", "Súa", "Dợ", "Chu", "Vư", "Lử")
    family, given = names[number % 8], names[number // 8 % 8]
    born = f"{1 + number % 28:02d}/{1 + number // 28 % 12:02d}/{1960 + number // 336 % 40}"
    return [f"Giàng {family} {given}", born, "Công chức", f"09{number:08d}"]


def workbook(rows: list[list[Any]], head: list[str] = HEAD) -> bytes:
    target = BytesIO()
    with xlsxwriter.Workbook(target) as book:
        sheet = book.add_worksheet("Danh sách")
        for number, row in enumerate([head, *([place, *row] for place, row in enumerate(rows, start=1))]):
            sheet.write_row(number, 0, row)
    return target.getvalue()


@dataclass
class Desk:
    """An officer at work on one list."""

    unit: Any
    by: Any
    uid: Any = None

    @property
    def item(self) -> ListImport:
        return ListImport.objects.select_related("job", "upload").get(uid=self.uid)

    def begin(self, rows: list[list[Any]], name: str = "ds.xlsx") -> ListImport:
        file = SimpleUploadedFile(name, workbook(rows))
        self.uid = services.begin(file=file, unit=self.unit, by=self.by, at=now()).uid
        return self.item

    def work(self) -> None:
        while job := Job.objects.filter(state="waiting").order_by("created_at").first():
            TASKS[job.kind].call(str(job.pk))

    def work_once(self) -> None:
        job = Job.objects.get(state="waiting")
        TASKS[job.kind].call(str(job.pk))

    def confirmed(self, rows: list[list[Any]]) -> ListImport:
        """A list that only has to be written."""
        self.begin(rows)
        self.work()
        services.correct(uid=self.uid, said=Said("auto", {}), by=self.by, at=now())
        services.confirm(uid=self.uid, by=self.by, at=now())
        return self.item

    def written(self, rows: list[list[Any]]) -> ListImport:
        self.confirmed(rows)
        services.write(uid=self.uid, by=self.by, at=now())
        self.work()
        return self.item


@contextmanager
def stopped_at(beginning: str) -> Iterator[None]:
    """Asks the work that waits to stop as soon as it sends a statement that begins so."""
    job = Job.objects.get(state="waiting")

    def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith(beginning):
            progress.ask_to_stop(job.pk)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield
    assert Job.objects.get(pk=job.pk).state == "cancelled"
