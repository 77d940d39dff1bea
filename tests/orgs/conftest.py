"""A province with two communes, as it stands since ever."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest


@pytest.fixture
def places(db: None) -> Any:
    """A province with xã An (thôn Một below it) and xã Bình."""
    from tests.factories import records as r

    province = r.make_unit("tinh", "Tỉnh", "province")
    an = r.make_unit("an", "Xã An", parent=province, code="00101")
    return SimpleNamespace(
        province=province,
        an=an,
        village=r.make_unit("mot", "Thôn Một", "village", parent=an),
        binh=r.make_unit("binh", "Xã Bình", parent=province),
    )
