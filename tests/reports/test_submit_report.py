"""A report submitted: kept exactly as it stood."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest

from nhanlucso.kernel.errors import Refused
from tests.reports.conftest import AT

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fonts")]


@pytest.fixture
def officer(district: dict[str, Any]) -> Any:
    from tests.reports.signatories import scope

    return scope("can-bo", "officer", district["p"])


def test_figures_text_and_files_are_kept(district: dict[str, Any], officer: Any, data_folder: Path) -> None:
    from tests.reports.signatories import submitted

    report = submitted(officer, district["d"])
    assert (report.state, report.revision) == ("submitted", 1)
    (revision,) = report.revisions.all()
    rows = {row["indicator"]: row for row in revision.figures}
    assert rows["training.attendances"]["value"] == 46
    assert rows["coverage.basic"] == rows["coverage.basic"] | {"numerator": 6, "denominator": 8}
    assert rows["training.persons"]["qualifier"] == "over"
    assert revision.text["title"].startswith("Báo cáo Kết quả")
    assert any("MOOC" in str(block) for block in revision.text["blocks"])
    for upload in (revision.docx, revision.pdf, revision.xlsx):
        body = (data_folder / "uploads" / upload.stored_name).read_bytes()
        assert (hashlib.sha256(body).hexdigest(), len(body)) == (upload.sha256, upload.size)
    assert [s.verb for s in report.steps.order_by("pk")] == ["begin", "check", "submit"]


def test_shares_of_a_quarter_are_kept_over_the_year_so_far(district: dict[str, Any], officer: Any) -> None:
    from nhanlucso.reports.services.submitting import submit_report
    from tests.reports.signatories import begun, checked

    report = checked(officer, begun(officer, district["d"], "quarter", "2024-Q3"))
    figures = submit_report(report=report, seen=0, by=officer, at=AT).figures
    shares = [row["window"] for row in figures if row["indicator"] == "coverage.basic"]
    assert shares == [["2024-06-15", "2024-09-14"], ["2023-12-15", "2024-09-14"]]


def test_what_waits_cannot_be_submitted_again(district: dict[str, Any], officer: Any) -> None:
    from nhanlucso.reports.models import ReportRevision
    from tests.reports.signatories import submitted

    submitted(officer, district["d"])
    with pytest.raises(Refused) as refusal:
        submitted(officer, district["d"])
    assert refusal.value.code == "already_submitted"
    assert ReportRevision.objects.count() == 1


def test_a_page_that_is_behind_is_told_so(district: dict[str, Any], officer: Any) -> None:
    from nhanlucso.reports.services.submitting import submit_report
    from tests.reports.signatories import checked, decided, scope, submitted

    leader = scope("lanh-dao", "approver", district["p"])
    report = checked(officer, decided(leader, submitted(officer, district["d"]), False, "Sửa"))
    with pytest.raises(Refused) as refusal:
        submit_report(report=report, seen=0, by=officer, at=AT)
    assert refusal.value.code == "overtaken"
    assert "can-bo" in refusal.value.message


def test_a_returned_report_is_submitted_as_the_next_revision(district: dict[str, Any], officer: Any) -> None:
    from tests.reports.signatories import decided, scope, submitted

    approver = scope("lanh-dao", "approver", district["p"])
    decided(approver, submitted(officer, district["d"]), False, "Thiếu lớp tháng 8")
    report = submitted(officer, district["d"])
    assert (report.state, report.revision) == ("submitted", 2)
    verbs = ["begin", "check", "submit", "return", "check", "submit"]
    assert [s.verb for s in report.steps.order_by("pk")] == verbs


def test_a_correction_needs_its_reason_and_leaves_what_was_approved(
    district: dict[str, Any], officer: Any
) -> None:
    from nhanlucso.reports.queries.signing import approved_revision
    from tests.reports.signatories import decided, scope, submitted

    approver = scope("lanh-dao", "approver", district["p"])
    decided(approver, submitted(officer, district["d"]), True)
    with pytest.raises(Refused) as refusal:
        submitted(officer, district["d"])
    assert refusal.value.code == "reason_needed"
    report = submitted(officer, district["d"], "Bổ sung một lớp")
    held = approved_revision(officer, report)
    assert held is not None
    assert (report.revision, held.number) == (2, 1)
    decided(approver, report, True)
    held = approved_revision(officer, report)
    assert held is not None
    assert held.number == 2


def test_who_may_only_approve_does_not_submit(district: dict[str, Any], officer: Any) -> None:
    from nhanlucso.reports.services.submitting import submit_report
    from tests.reports.signatories import begun, checked, scope

    report = checked(officer, begun(officer, district["d"]))
    with pytest.raises(Refused) as refusal:
        submit_report(report=report, seen=0, by=scope("lanh-dao", "approver", district["p"]), at=AT)
    assert refusal.value.code == "not_allowed"


def test_a_report_out_of_reach_is_not_found(district: dict[str, Any], officer: Any) -> None:
    from nhanlucso.reports.models import Report
    from nhanlucso.reports.services.submitting import submit_report
    from tests.reports.signatories import begun, scope

    report = begun(officer, district["d"])
    with pytest.raises(Report.DoesNotExist):
        submit_report(report=report, seen=0, by=scope("khac", "officer", district["x"]), at=AT)


def test_nothing_is_written_where_a_file_cannot_be_made(
    district: dict[str, Any], officer: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from nhanlucso.files.models import Upload
    from tests.reports.signatories import begun, submitted

    monkeypatch.setenv("NHANLUCSO_FONTS", str(tmp_path / "none"))
    with pytest.raises(Refused) as refusal:
        submitted(officer, district["d"])
    assert refusal.value.code == "fonts_missing"
    assert begun(officer, district["d"]).state == "checked"
    assert not Upload.objects.exists()


def test_the_job_submits_and_tells_where(district: dict[str, Any], officer: Any) -> None:
    from nhanlucso.jobs.models import Job
    from nhanlucso.reports.submissions import run_submission, start_submission
    from tests.reports.signatories import begun, checked

    report = checked(officer, begun(officer, district["d"]))
    started = [
        start_submission(report=report, seen=0, comment="Kính trình", title="Trình", by=officer, at=AT)
        for _ in range(2)
    ]
    for job in started:
        run_submission.call(str(job.pk))
    first, second = (Job.objects.get(pk=job.pk) for job in started)
    assert (first.state, first.result) == ("done", {"report": report.pk, "revision": 1})
    assert (second.state, second.result["error"]["code"]) == ("refused", "already_submitted")
    assert report.steps.get(verb="submit").comment == "Kính trình"


def test_the_job_refuses_at_once_what_it_can(district: dict[str, Any], officer: Any) -> None:
    from nhanlucso.jobs.models import Job
    from nhanlucso.reports.submissions import start_submission
    from tests.reports.signatories import submitted

    with pytest.raises(Refused):
        start_submission(
            report=submitted(officer, district["d"]), seen=1, comment="", title="Trình", by=officer, at=AT
        )
    assert not Job.objects.filter(kind="report.submit").exists()
