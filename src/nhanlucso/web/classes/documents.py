"""Papers of a class: who is invited, a sheet to sign, who completed it."""

from __future__ import annotations

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from nhanlucso.audit.services import record
from nhanlucso.kernel.clock import now
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.permissions import Permission
from nhanlucso.papers.lists import Value
from nhanlucso.papers.sign_sheet import SignSheet, print_sign_sheet
from nhanlucso.training.models import ClassSession
from nhanlucso.training.queries.class_view import ClassView, class_view
from nhanlucso.web.classes.rows import class_page, said_session
from nhanlucso.web.kit.asking import scope_of
from nhanlucso.web.kit.doors import needs
from nhanlucso.web.kit.lists import Listing, listing

EMPTY_LINES = 10  # for those who come without being asked


@needs(Permission.EXPORT_LISTS)
@require_POST
def invitations(request: HttpRequest, class_id: int) -> HttpResponse:
    """The invitation list as a file. Raises Refused("nobody_invited")."""
    held = class_view(scope_of(request), class_id)
    invited = [one.person for one in held.people if one.invited]
    if not invited:
        raise Refused("nobody_invited", _("Lớp này chưa mời ai trong phạm vi của tài khoản."))
    head = [_("STT"), _("Họ và tên"), _("Chức danh"), _("Đơn vị"), _("Ghi chú")]
    rows: list[list[Value]] = [
        [place, person.name, person.title, person.unit, ""] for place, person in enumerate(invited, 1)
    ]
    title = _("Danh sách mời: %(title)s") % {"title": held.training_class.title}
    return listing(request, Listing(title, head, rows, _when(held), _subject(held), of_people=True))


@needs(Permission.EXPORT_LISTS)
@require_POST
def results(request: HttpRequest, class_id: int) -> HttpResponse:
    """Who came how often, and who completed the class, as a file. Raises Refused("nobody_there")."""
    held = class_view(scope_of(request), class_id)
    if not any(one.marks and any(one.marks) for one in held.people):
        raise Refused("nobody_there", _("Lớp này chưa ghi điểm danh ai trong phạm vi của tài khoản."))
    head = [
        _("STT"), _("Họ và tên"), _("Chức danh"), _("Đơn vị"), _("Số buổi dự"), _("Số buổi"), _("Kết quả"),
    ]  # fmt: skip
    rows: list[list[Value]] = [
        [
            place,
            one.person.name,
            one.person.title,
            one.person.unit,
            one.standing.attended,
            len(held.sessions),
            _("Hoàn thành") if one.standing.completed else _("Chưa hoàn thành"),
        ]
        for place, one in enumerate(held.people, 1)
    ]
    title = _("Kết quả: %(title)s") % {"title": held.training_class.title}
    notes = [*_when(held), _("Hoàn thành: dự từ 80 % số buổi trở lên.")]
    return listing(request, Listing(title, head, rows, notes, _subject(held), of_people=True))


@needs(Permission.RECORD_ATTENDANCE, Permission.EXPORT_LISTS)
@require_POST
def sign_sheet(request: HttpRequest, class_id: int, session_id: int) -> HttpResponse:
    """The list of a session on paper, to be signed by who comes. Who printed it is put on record.

    Raises ClassSession.DoesNotExist for a session of another class.
    """
    scope = scope_of(request)
    held = class_view(scope, class_id)
    session = next((one for one in held.sessions if one.pk == session_id), None)
    if session is None:
        raise ClassSession.DoesNotExist
    page = class_page(held, "")
    content = print_sign_sheet(
        SignSheet(
            agency=page.host.name if page.host else "",
            title=held.training_class.title,
            when=said_session(session),
            place=session.place,
            people=[(row.name, row.post) for row in page.people],
            empty_lines=EMPTY_LINES,
        )
    )
    with transaction.atomic():
        record(
            verb="sign_sheet.print",
            object_type="class_session",
            object_id=session.uid,
            by=scope.account_id,
            at=now(),
            count=len(page.people),
        )
    name = f"danh-sach-ky-{class_id}-{session_id}.pdf"
    return HttpResponse(
        content, "application/pdf", headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


def _when(held: ClassView) -> list[str]:
    said = [", ".join(filter(None, (said_session(one), one.place))) for one in held.sessions]
    return said[:3] if len(said) <= 3 else [*said[:2], _("và %(n)s buổi khác") % {"n": len(said) - 2}]


def _subject(held: ClassView) -> tuple[str, str]:
    return "training_class", held.training_class.uid
