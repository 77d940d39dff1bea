"""A submitted report bears the code of its capsule; a draft bears none."""

from __future__ import annotations

from typing import Any

import pytest

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fonts")]


def test_the_code_leads_to_the_capsule_that_was_kept(district: dict[str, Any]) -> None:
    from nhanlucso.files.reading import whole
    from nhanlucso.indicators.capsules.marks import read_mark, require_mark
    from nhanlucso.indicators.capsules.verdict import judged, require_true
    from nhanlucso.reports.freezing import frozen_of
    from tests.reports.signatories import scope, submitted

    report = submitted(scope("can-bo", "officer", district["p"]), district["d"])
    revision = report.revisions.get()
    held = frozen_of(revision)
    assert held is not None and held.paper.seal is not None and revision.capsule is not None
    verdict = judged(whole(revision.capsule))
    require_true(verdict, mark=read_mark(held.paper.seal.text))
    assert verdict.manifest.revision == "1"
    assert revision.capsule.name.endswith(".nls.zip")
    require_mark(read_mark(f"  {held.paper.seal.text.lower()}\n"), verdict.manifest)


def test_a_draft_has_no_code(district: dict[str, Any]) -> None:
    from nhanlucso.kernel.clock import now
    from nhanlucso.kernel.scope import SYSTEM
    from nhanlucso.reports.compose import compose

    paper = compose(
        SYSTEM,
        kind="nine-month",
        unit=district["d"],
        period="2024-9M",
        calendar="decree",
        tree="then",
        at=now(),
    )
    assert paper.seal is None
