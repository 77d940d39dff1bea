"""The photographed lists of sessions; for whoever reaches a host, since they hold everybody's names."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.training.models import PaperList
from nhanlucso.training.queries.classes import hosted_classes


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper as a page shows it. `is_image`: shown on the page; a PDF opens by itself. `may_type`, `may_remove`:
    whether the scope may say that it is typed, and take it away."""

    held: PaperList
    is_image: bool
    who: str
    may_type: bool
    may_remove: bool


def visible_papers(scope: Scope) -> QuerySet[PaperList]:
    """Papers of classes that the scope hosts, without those taken away."""
    hosted = hosted_classes(scope).order_by().values("pk")
    papers = PaperList.objects.filter(session__training_class__in=hosted, removed_at__isnull=True)
    return papers.select_related("upload", "session__training_class", "added_by")


def visible_paper(scope: Scope, paper_id: int) -> PaperList:
    """Raises PaperList.DoesNotExist for one taken away, or outside the scope."""
    return visible_papers(scope).get(pk=paper_id)


def session_papers(scope: Scope, session_id: int) -> list[Paper]:
    """The papers of a session, those not typed yet first; none for who does not reach a host."""
    papers = list(visible_papers(scope).filter(session=session_id).order_by("pk"))
    if not papers:
        return []
    writing = scope.to(Permission.RECORD_ATTENDANCE)
    hosts = scope.may(Permission.RECORD_ATTENDANCE) and (
        writing == scope or hosted_classes(writing).filter(sessions=session_id).exists()
    )
    found = [
        Paper(
            held=paper,
            is_image=paper.kind.startswith("image/"),
            who=paper.added_by.get_full_name() if paper.added_by else "",
            may_type=hosts and paper.typed_at is None,
            may_remove=hosts,
        )
        for paper in papers
    ]
    return sorted(found, key=lambda one: one.held.typed_at is not None)


def untyped_papers(scope: Scope) -> QuerySet[PaperList]:
    """Papers that wait to be typed by this account, the oldest first; with their session and class."""
    if not scope.may(Permission.RECORD_ATTENDANCE):
        return PaperList.objects.none()
    waiting = visible_papers(scope.to(Permission.RECORD_ATTENDANCE)).filter(typed_at__isnull=True)
    return waiting.order_by("added_at", "pk")
