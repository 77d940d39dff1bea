"""The district of tests/factories/district.py, and classes planned in it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from nhanlucso.kernel.clock import ZONE, now
from nhanlucso.kernel.scope import Scope

STARTS = datetime(2025, 9, 1, 8, tzinfo=ZONE)


@pytest.fixture
def world(db: None) -> Any:
    from tests.factories.district import make_district

    return make_district()


@pytest.fixture
def plan() -> Callable[..., Any]:
    """Plans a class with one session that begins at STARTS."""
    from nhanlucso.training.services.classes import ClassData, create_class
    from nhanlucso.training.sessions import SessionData

    def make(by: Scope, sessions: Any = None, **fields: Any) -> Any:
        extra = {name: fields.pop(name) for name in ("uid", "new_course") if name in fields}
        data = ClassData(**{"form": "class", "title": "Lớp", **fields})
        return create_class(
            data=data,
            sessions=[SessionData(STARTS)] if sessions is None else sessions,
            by=by,
            at=now(),
            **extra,
        )

    return make
