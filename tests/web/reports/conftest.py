"""Who writes and who signs the report of the district, and the worker that does what they began."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse


@pytest.fixture
def leader(world: Any, signed_in: Callable[[Any], Client]) -> Client:
    from tests.factories.records import make_account

    return signed_in(make_account("lanh-dao", "approver"))


@pytest.fixture
def draft(world: Any, officer: Client) -> str:
    """The address of a begun report of nine months."""
    words = f"?unit={world.district.pk}&period=2024-9M"
    return str(officer.post(reverse("report-begin") + words).headers["Location"])


@pytest.fixture
def check(officer: Client) -> Callable[..., Any]:
    """Confirms that the figures of a report were gone through, as its page of the check asks for."""

    def act(address: str) -> Any:
        html = officer.get(f"{address}kiem-tra/").content.decode()
        fields = dict(re.findall(r'name="(seen|figures)" value="([^"]*)"', html))
        return officer.post(f"{address}kiem-tra/", fields, follow=True)

    return act


@pytest.fixture
def submit(officer: Client, check: Callable[..., Any]) -> Callable[..., Any]:
    """Checks and submits a report and does the work of the job; returns the page of the job. What was approved is
    opened for correction first."""

    def act(address: str, seen: int = 0, comment: str = "") -> Any:
        from nhanlucso.jobs.models import Job
        from nhanlucso.reports.submissions import run_submission

        if seen:
            officer.post(f"{address}dinh-chinh/", {"seen": seen, "reason": comment})
        check(address)
        answer = officer.post(f"{address}trinh/", {"seen": seen, "comment": comment})
        for job in Job.objects.filter(state="waiting", kind="report.submit"):
            run_submission.call(str(job.pk))
        return officer.get(answer.headers["Location"])

    return act


@pytest.fixture
def decide(leader: Client) -> Callable[..., Any]:
    def act(address: str, decision: str, seen: int = 1, comment: str = "") -> Any:
        words = {"seen": seen, "decision": decision, "comment": comment}
        return leader.post(f"{address}duyet/", words, follow=True)

    return act
