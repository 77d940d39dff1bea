"""A province of three communes, the first with two villages and a division, on the eve of a resolution."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest


@pytest.fixture
def places(db: None) -> Any:
    from tests.factories import records as r

    province = r.make_unit("tinh", "Tỉnh", "province")
    an = r.make_unit("an", "Xã An", parent=province, code="00101")
    return SimpleNamespace(
        province=province,
        an=an,
        mot=r.make_unit("mot", "Thôn Một", "village", parent=an),
        hai=r.make_unit("hai", "Thôn Hai", "village", parent=an),
        office=r.make_unit("phong", "Phòng Văn hóa", "division", parent=an),
        binh=r.make_unit("binh", "Xã Bình", parent=province),
        chi=r.make_unit("chi", "Xã Chi", parent=province),
    )
