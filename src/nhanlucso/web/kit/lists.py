"""A list as a file: a spreadsheet to work on, or a PDF to print. Who takes one is put on record.

The one place that says how lists leave the house: by whom they are made, and laid out as papers/lists does. A list of
sixty thousand people is read and written in some seconds, so that it is answered at once: a file kept for later
would be personal data lying about.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from nhanlucso.audit.services import record
from nhanlucso.kernel.clock import now, today
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.kernel.text import fold
from nhanlucso.orgs.queries import history
from nhanlucso.papers.lists import ListPaper, Value, print_list, render_list
from nhanlucso.reports.placing import body
from nhanlucso.reports.rules import naming
from nhanlucso.web.kit.asking import scope_of
from nhanlucso.web.kit.limits import limit_export
from nhanlucso.web.kit.wording import number

TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
}
UNSAID = "…"  # for whoever signs to fill in
PRINTED_AT_MOST = 5_000  # rows: what somebody still prints, and what a page of HTML can wait for


@dataclass(frozen=True, slots=True)
class Listing:
    """What stands in the file: a title, notes below it (which unit, which day, which filter), one table.

    `subject` is the kind and id of the record that the list belongs to, for the log. `of_people`: each row is a
    person, a number before the name; the file then has places to sign, and can be imported as it is.
    """

    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[Value]]
    notes: Sequence[str] = field(default_factory=list)
    subject: tuple[str, str] = ("list", "")
    of_people: bool = False


def list_paper(scope: Scope, given: Listing) -> ListPaper:
    """The list with the heading of whoever makes it: the unit that the account works for, left open where it works
    for several."""
    past, on = history(), today()
    scope = scope.to(Permission.EXPORT_LISTS)
    tops = {top.unit for top in past.children(None, on)} if scope.everything else scope.unit_ids
    line = past.closure(on).get(next(iter(tops)), ()) if len(tops) == 1 else ()
    bodies = [body(past, unit, on) for unit in line]
    return ListPaper(
        title=given.title,
        head=given.head,
        rows=given.rows,
        notes=given.notes,
        agency=naming.agency(bodies[0]) if bodies else UNSAID,
        agency_above=naming.agency_above(bodies) if bodies else "",
        place=naming.place(bodies) if bodies else UNSAID,
        day=on,
        of_people=given.of_people,
    )


def listing(request: HttpRequest, given: Listing) -> HttpResponse:
    """The file that `format` of the address asks for. Sent by POST, since it is put on record.

    Raises Refused("not_allowed", "bad_format", "list_too_long"), TooMany.
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
    limit_export(request)
    make = render_list if suffix == "xlsx" else print_list
    content = make(list_paper(scope, given))
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
