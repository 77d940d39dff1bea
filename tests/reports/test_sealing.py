"""A submitted report bears the code of its capsule; a draft bears none."""

from __future__ import annotations

import json
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


def test_the_year_so_far_left_out_is_missed(district: dict[str, Any]) -> None:
    from nhanlucso.files.reading import whole
    from nhanlucso.indicators.capsules.verdict import judged, require_true
    from nhanlucso.kernel.errors import Refused
    from tests.indicators.capsules import spoiling
    from tests.reports.signatories import scope, submitted

    officer = scope("can-bo", "officer", district["p"])
    revision = submitted(officer, district["d"], kind="quarter", period="2024-Q3").revisions.get()
    assert revision.capsule is not None
    capsule = whole(revision.capsule)
    require_true(judged(capsule))
    figures = json.loads(spoiling.members_of(capsule)["figures.json"])
    kept = [row for row in figures if row["period"] == "2024-Q3"]
    with pytest.raises(Refused) as found:
        require_true(
            judged(spoiling.resigned(spoiling.rehashed(capsule, figures_json=spoiling.text_of(kept))))
        )
    assert found.value.code == "figures_missing"
    assert [detail.message for detail in found.value.details] == [
        f"d · 2023-12-15..2024-09-14: không có số liệu nào, phải có {len(figures) - len(kept)}"
    ]


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
