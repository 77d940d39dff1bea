"""The photographed lists of a session: sending, looking, saying that they are typed, taking away."""

from __future__ import annotations

from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from nhanlucso.kernel.clock import now
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.permissions import Permission
from nhanlucso.training.enums import PaperKind
from nhanlucso.training.models import PaperList
from nhanlucso.training.queries.classes import hosted_class
from nhanlucso.training.roster.queries.papers import visible_paper
from nhanlucso.training.roster.services.papers import add_papers, paper_typed, remove_paper, show_paper
from nhanlucso.web.classes.attending.words import session_words
from nhanlucso.web.kit.asking import scope_of
from nhanlucso.web.kit.doors import needs
from nhanlucso.web.kit.wording import number


@needs(Permission.RECORD_ATTENDANCE)
@require_POST
def add(request: HttpRequest, class_id: int, session_id: int) -> HttpResponse:
    """Keeps the pictures sent. What is no picture or PDF is refused, and nothing of the rest kept."""
    hosted_class(scope_of(request), class_id).sessions.get(pk=session_id)
    added = add_papers(
        session_id=session_id, files=request.FILES.getlist("files"), by=scope_of(request), at=now()
    )
    words = ngettext("Đã giữ %(count)s ảnh danh sách.", "Đã giữ %(count)s ảnh danh sách.", len(added))
    messages.success(
        request, words % {"count": number(len(added))} if added else _("Ảnh này đã có, không giữ hai lần.")
    )
    return redirect("attendance", class_id, session_id)


@needs(Permission.SEE_CLASSES)
@require_GET
def paper(request: HttpRequest, paper_id: int) -> HttpResponseBase:
    """The file itself, as what its bytes said it is and nothing else; not kept by anything on the way."""
    held = show_paper(paper_id=paper_id, by=scope_of(request), at=now())
    upload = held.upload
    if upload is None or not default_storage.exists(upload.stored_name):
        raise Http404
    name = f"danh-sach-{held.pk}.{PaperKind(held.kind).name.lower()}"
    answer = FileResponse(default_storage.open(upload.stored_name), content_type=held.kind)
    answer["Content-Disposition"] = f'inline; filename="{name}"'
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    # A picture runs nothing. The reader of PDFs in the browser draws itself as a plug-in with styles of its own.
    picture = held.kind != PaperKind.PDF
    answer["Content-Security-Policy"] = (
        "default-src 'none'; sandbox"
        if picture
        else "default-src 'none'; object-src 'self'; style-src 'self' 'unsafe-inline'"
    )
    return answer


@needs(Permission.RECORD_ATTENDANCE)
@require_POST
def typed(request: HttpRequest, paper_id: int) -> HttpResponse:
    """Says that the paper is typed."""
    held = paper_typed(paper_id=paper_id, by=scope_of(request), at=now())
    messages.success(request, _("Ảnh đã đánh dấu là đã nhập. Không cần nữa thì nên bỏ ảnh."))
    return redirect("attendance", held.session.training_class_id, held.session_id)


@needs(Permission.RECORD_ATTENDANCE)
@require_http_methods(["GET", "POST"])
def remove(request: HttpRequest, paper_id: int) -> HttpResponse:
    """Taking a paper away, with the reason."""
    held = visible_paper(scope_of(request), paper_id)
    problem = ""
    if request.method == "POST":
        reason = request.POST.get("reason", "")
        try:
            remove_paper(paper_id=paper_id, reason=reason, by=scope_of(request), at=now())
        except Refused as refusal:
            if refusal.code != "reason_missing":
                raise
            problem = refusal.message
        else:
            messages.success(request, _("Đã bỏ ảnh."))
            return redirect("attendance", held.session.training_class_id, held.session_id)
    return render(request, "classes/paper_remove.html", _removal(held, problem))


def _removal(held: PaperList, problem: str) -> dict[str, object]:
    reasons = [_("Đã nhập xong, không cần giữ"), _("Chụp mờ, đã chụp lại"), _("Nhầm buổi, nhầm lớp")]
    return {
        "title": _("Bỏ ảnh danh sách giấy"),
        "paper": held,
        "when": session_words(held.session),
        "problem": problem,
        "reasons": reasons,
    }
