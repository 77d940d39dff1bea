"""A capsule of the example case, made once, that tests read and spoil copies of."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def district(db: None) -> bytes:
    """The signed capsule of the district of the examples with its children, nine months 2024."""
    from nhanlucso.exchange.bundle.importing import import_bundle
    from nhanlucso.kernel.clock import now
    from nhanlucso.orgs.queries import resolve_unit
    from tests.indicators.capsules.making import capsule_of

    import_bundle(ROOT / "examples" / "bao-thang-2024", dry_run=False, by=None, at=now())
    return capsule_of(resolve_unit("bao-thang").pk, "2024-9M")
