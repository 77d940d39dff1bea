from __future__ import annotations

from typing import Any

import pytest


@pytest.fixture
def desk(db: None) -> Any:
    """An officer of a commune at work on one list."""
    from nhanlucso.access.queries import scope_of
    from tests.exchange.lists.desk import Desk
    from tests.factories import records as r

    unit = r.make_unit("xa-an", "Xã An", "commune")
    return Desk(unit, scope_of(r.make_account("can-bo", "officer", unit)))
