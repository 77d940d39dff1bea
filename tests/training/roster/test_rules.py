"""What marks say together; which files and which names are taken."""

from __future__ import annotations

import pytest

from nhanlucso.training.enums import PaperKind
from nhanlucso.training.roster.rules import (
    Named,
    Verdict,
    fingerprint,
    judge_mark,
    meant,
    paper_kind,
    standing,
    tally,
    written_names,
)


def test_the_tally_of_a_session() -> None:
    found = tally(["present", "present", "late", "excused", "absent", "", ""])
    assert (found.total, found.marked, found.missing) == (7, 5, 2)
    assert (found.present, found.late, found.away, found.excused) == (3, 1, 2, 1)


@pytest.mark.parametrize(
    ("marks", "attended", "completed", "possible"),
    [
        (["present", "late", "present", "present", "absent"], 4, True, True),
        (["present", "present", "present", "absent", ""], 3, False, True),
        (["present", "present", "present", "absent", "excused"], 3, False, False),
        ([""], 0, False, True),
        (["present"], 1, True, True),
        ([], 0, False, True),
    ],
)
def test_four_of_five_sessions_complete(
    marks: list[str], attended: int, completed: bool, possible: bool
) -> None:
    found = standing(marks)
    assert (found.attended, found.completed, found.possible) == (attended, completed, possible)


@pytest.mark.parametrize(
    ("stands", "wanted", "seen", "verdict"),
    [
        ("", "present", "", Verdict.WRITE),
        ("late", "present", "late", Verdict.WRITE),
        ("present", "present", "", Verdict.SAME),
        ("absent", "present", "", Verdict.CONFLICT),
        ("absent", "present", None, Verdict.WRITE),
        ("", "", "present", Verdict.SAME),
    ],
)
def test_a_mark_is_judged_by_what_was_seen(
    stands: str, wanted: str, seen: str | None, verdict: Verdict
) -> None:
    assert judge_mark(stands, wanted, seen) is verdict


def test_fingerprints_ignore_order_and_blanks() -> None:
    marks = [(1, 2, "present"), (2, 2, "late")]
    assert fingerprint(marks) == fingerprint([(3, 2, ""), *reversed(marks)])
    assert fingerprint(marks) != fingerprint([(1, 2, "present"), (2, 2, "absent")])


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00", PaperKind.JPEG),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", PaperKind.PNG),
        (b"RIFF\x24\x00\x00\x00WEBPVP8 ", PaperKind.WEBP),
        (b"%PDF-1.7\n%abcdefg", PaperKind.PDF),
        (b"RIFF\x24\x00\x00\x00WAVEfmt ", None),
        (b"<svg xmlns='http", None),
        (b"<html><script>al", None),
        (b"GIF89a\x01\x00\x01\x00", None),
        (b"", None),
    ],
)
def test_files_are_what_their_bytes_say(head: bytes, kind: PaperKind | None) -> None:
    assert paper_kind(head) is kind


def test_names_as_people_paste_them() -> None:
    text = "1. Lý Thị Ánh\n2) Trần  Văn Bình\tCông chức\n\n- Lù A Dung\n4\tVàng Seo Chi\tXã An\nLý Thị Ánh\n"
    assert written_names(text) == ["Lý Thị Ánh", "Trần Văn Bình", "Lù A Dung", "Vàng Seo Chi"]


def test_whom_a_name_means() -> None:
    hoa, hoà, hòa = Named(1, "Lê Thị Hoa"), Named(2, "Lê Thị Hoà"), Named(3, "lê thị hoa")
    assert meant("Lê Thị Hoa", [hoa, hoà]) == (hoa,)
    assert meant("Lê Thị Hoa", [hoa, hòa]) == (hoa, hòa)
    assert meant("Le Thi Hoa", [hoa, hoà]) == (hoa, hoà)
    assert meant("Lê Hoa", [hoa]) == ()


def test_a_line_without_a_letter_names_nobody() -> None:
    assert written_names("Lù A Dung\n12345\n0912 345 678\n—") == ["Lù A Dung"]
