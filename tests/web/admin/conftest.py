"""Signed-in administrators and auditors of the district of tests/factories/district.py."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client


@pytest.fixture
def administrator(world: Any, signed_in: Any) -> Client:
    from tests.factories import records as r

    return signed_in(r.make_account("quan-tri", "administrator"))


@pytest.fixture
def auditor(world: Any, signed_in: Any) -> Client:
    from tests.factories import records as r

    return signed_in(r.make_account("kiem-tra", "auditor", world.province))
