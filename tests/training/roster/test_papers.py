"""Photographed lists: what is kept, who sees it, how it goes."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from nhanlucso.kernel.clock import now
from nhanlucso.kernel.errors import Refused

pytestmark = pytest.mark.django_db

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40
PDF = b"%PDF-1.7\n" + b"0" * 40


def add(room: Any, by: Any, *contents: bytes, name: str = "anh.txt") -> Any:
    from nhanlucso.training.roster.services.papers import add_papers

    files = [ContentFile(content, name=name) for content in contents]
    return add_papers(session_id=room.last.pk, files=files, by=by, at=now())


def test_papers_are_kept_by_what_they_are_and_once(room: Any) -> None:
    from nhanlucso.files.models import Upload
    from nhanlucso.training.roster.queries.papers import session_papers, untyped_papers

    first = add(room, room.trainer, PNG, PDF)
    assert [paper.kind for paper in first] == ["image/png", "application/pdf"]
    assert add(room, room.host, PNG) == []
    assert Upload.objects.count() == 2
    found = session_papers(room.host, room.last.pk)
    assert [(one.is_image, one.who, one.may_type) for one in found] == [
        (True, "giang-vien", True),
        (False, "giang-vien", True),
    ]
    assert untyped_papers(room.host).count() == 2


def test_typed_papers_wait_no_longer(room: Any) -> None:
    from nhanlucso.audit.models import Event
    from nhanlucso.training.roster.queries.papers import untyped_papers
    from nhanlucso.training.roster.services.papers import paper_typed

    (paper,) = add(room, room.host, PNG)
    for _twice in range(2):
        paper_typed(paper_id=paper.pk, by=room.trainer, at=now())
    assert list(untyped_papers(room.host)) == []
    assert Event.objects.filter(verb="paper.typed").count() == 1


def test_a_paper_goes_with_its_file_and_the_reason_stays(
    room: Any, django_capture_on_commit_callbacks: Any
) -> None:
    from nhanlucso.files.models import Upload
    from nhanlucso.training.models import PaperList
    from nhanlucso.training.roster.services.papers import remove_paper

    (paper,) = add(room, room.host, PNG)
    stored = paper.upload.stored_name
    assert default_storage.exists(stored)
    with django_capture_on_commit_callbacks(execute=True):
        remove_paper(paper_id=paper.pk, reason="Chụp mờ", by=room.host, at=now())
    assert not default_storage.exists(stored)
    assert not Upload.objects.exists()
    assert PaperList.objects.get().reason == "Chụp mờ"
    with pytest.raises(PaperList.DoesNotExist):
        remove_paper(paper_id=paper.pk, reason="Chụp mờ", by=room.host, at=now())


def test_bytes_that_another_upload_brought_too_stay(
    room: Any, django_capture_on_commit_callbacks: Any
) -> None:
    from nhanlucso.training.roster.services.papers import add_papers, remove_paper

    (paper,) = add(room, room.host, PNG)
    other = room.sessions[0].pk
    add_papers(session_id=other, files=[ContentFile(PNG, name="a.png")], by=room.host, at=now())
    with django_capture_on_commit_callbacks(execute=True):
        remove_paper(paper_id=paper.pk, reason="Nhầm buổi", by=room.host, at=now())
    assert default_storage.exists(paper.session.papers.model.objects.get(session=other).upload.stored_name)


@pytest.mark.parametrize(
    ("contents", "code"),
    [
        ((), "no_file"),
        ((b"<html><script>alert(1)</script>",), "bad_file"),
        ((PNG, b"GIF89a"), "bad_file"),
        ((PNG + b"\0" * 15 * 1024 * 1024,), "file_too_large"),
        ((PNG,) * 21, "too_many_files"),
    ],
)
def test_refusals_keep_nothing(room: Any, contents: tuple[bytes, ...], code: str) -> None:
    from nhanlucso.files.models import Upload

    with pytest.raises(Refused) as refusal:
        add(room, room.host, *contents, name="anh.jpg")
    assert refusal.value.code == code
    assert not Upload.objects.exists()


def test_removal_needs_a_reason(room: Any) -> None:
    from nhanlucso.training.roster.services.papers import remove_paper

    (paper,) = add(room, room.host, PNG)
    with pytest.raises(Refused) as refusal:
        remove_paper(paper_id=paper.pk, reason=" ", by=room.host, at=now())
    assert refusal.value.code == "reason_missing"


def test_only_hosts_have_papers(room: Any) -> None:
    from nhanlucso.training.models import ClassSession, PaperList
    from nhanlucso.training.roster.queries.papers import session_papers, untyped_papers, visible_paper

    (paper,) = add(room, room.host, PNG)
    with pytest.raises(ClassSession.DoesNotExist):
        add(room, room.hoa, PNG)
    with pytest.raises(Refused):
        add(room, room.viewer, PNG)
    with pytest.raises(PaperList.DoesNotExist):
        visible_paper(room.hoa, paper.pk)
    assert session_papers(room.hoa, room.last.pk) == []
    assert list(untyped_papers(room.viewer)) == []
    assert [one.may_type for one in session_papers(room.viewer, room.last.pk)] == [False]


def test_who_looked_is_on_record(room: Any) -> None:
    from nhanlucso.audit.models import Event
    from nhanlucso.training.models import PaperList
    from nhanlucso.training.roster.services.papers import show_paper

    (paper,) = add(room, room.host, PNG)
    assert show_paper(paper_id=paper.pk, by=room.trainer, at=now()) == paper
    event = Event.objects.get(verb="paper.view")
    assert (event.account_id, event.object_id) == (room.accounts["trainer"].pk, room.last.uid)
    with pytest.raises(PaperList.DoesNotExist):
        show_paper(paper_id=paper.pk, by=room.loc, at=now())
