"""A capsule of the example case, made once, that tests read and spoil copies of."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="session")
def district(django_db_setup: None, django_db_blocker: Any) -> bytes:
    """The signed capsule of the district of the examples with its children, nine months 2024; the records it comes from
    are gone again."""
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        made = _made()
        transaction.set_rollback(True)
    return made


@pytest.fixture
def records(db: None) -> bytes:
    """The same capsule with the records that it comes from."""
    return _made()


def _made() -> bytes:
    from nhanlucso.exchange.bundle.importing import import_bundle
    from nhanlucso.kernel.clock import now
    from nhanlucso.orgs.queries import resolve_unit
    from tests.indicators.capsules.making import capsule_of

    import_bundle(ROOT / "examples" / "bao-thang-2024", dry_run=False, by=None, at=now())
    return capsule_of(resolve_unit("bao-thang").pk, "2024-9M")
