"""A list as a file: a spreadsheet to work on, or a PDF to print. Who takes one is put on record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from nhanlucso.audit.services import record
from nhanlucso.kernel.clock import now
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.text import fold
from nhanlucso.papers.lists import Value, print_list, render_list
from nhanlucso.web.kit.asking import scope_of
from nhanlucso.web.kit.wording import number

TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
}
PRINTED_AT_MOST = 5_000  # rows: what somebody still prints, and what a page of HTML can wait for


@dataclass(frozen=True, slots=True)
class Listing:
    """What stands in the file: a title, notes below it (which unit, which day, which filter), one table.

    `subject` is the kind and id of the record that the list belongs to, for the log.
    """

    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[Value]]
    notes: Sequence[str] = field(default_factory=list)
    subject: tuple[str, str] = ("list", "")


def listing(request: HttpRequest, given: Listing) -> HttpResponse:
    """The file that `format` of the address asks for. Sent by POST, since it is put on record.

    Raises Refused("not_allowed", "bad_format", "list_too_long").
    """
    scope = scope_of(request)
    scope.require(Permission.EXPORT_LISTS)
    suffix = request.GET.get("format", "xlsx")
    if suffix not in TYPES:
        raise Refused("bad_format", _("Chỉ có tệp Excel và PDF."))
    if suffix == "pdf" and len(given.rows) > PRINTED_AT_MOST:
        raise Refused(
            "list_too_long",
            _(
                "Bản in chỉ cho danh sách đến %(most)s dòng, danh sách này có %(count)s. Lọc bớt, hoặc tải Excel."
            )
            % {"most": number(PRINTED_AT_MOST), "count": number(len(given.rows))},
        )
    make = render_list if suffix == "xlsx" else print_list
    content = make(given.title, given.notes, given.head, given.rows)
    kind, uid = given.subject
    with transaction.atomic():
        record(
            verb="list.export",
            object_type=kind,
            object_id=uid,
            by=scope.account_id,
            at=now(),
            count=len(given.rows),
        )
    name = "-".join(fold(given.title).split())[:80] or "danh-sach"
    safe = "".join(letter for letter in name if letter.isascii() and (letter.isalnum() or letter == "-"))
    return HttpResponse(
        content, TYPES[suffix], headers={"Content-Disposition": f'attachment; filename="{safe}.{suffix}"'}
    )
