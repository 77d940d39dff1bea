"""A province of two communes, one with a village; accounts that administer parts of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest


@dataclass
class Land:
    province: Any
    one: Any
    two: Any
    village: Any


@pytest.fixture
def land(db: None) -> Land:
    from tests.factories import records as r

    province = r.make_unit("tinh", "Tỉnh", "province")
    one = r.make_unit("xa-mot", "Xã Một", parent=province)
    two = r.make_unit("xa-hai", "Xã Hai", parent=province)
    return Land(province, one, two, r.make_unit("thon", "Thôn Đầu", "village", parent=one))


@pytest.fixture
def administrator(land: Land) -> Any:
    """The scope of who administers everything."""
    from nhanlucso.access.queries import scope_of
    from tests.factories import records as r

    return scope_of(r.make_account("quan-tri", "administrator"))


@pytest.fixture
def officer(land: Land) -> Any:
    """The scope of the officer of xã Một."""
    from nhanlucso.access.queries import scope_of
    from tests.factories import records as r

    return scope_of(r.make_account("can-bo-mot", "officer", land.one))
