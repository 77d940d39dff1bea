"""Two communes with people and one course."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest


@pytest.fixture
def places(db: None) -> Any:
    """Xã An with Ánh and Bình, xã Lộc with Chi; a course of self-paced study."""
    from tests.factories import records as r

    province = r.make_unit("tinh", "Tỉnh", "province")
    an, loc = (r.make_unit(uid, name, parent=province) for uid, name in (("an", "Xã An"), ("loc", "Xã Lộc")))
    return SimpleNamespace(
        province=province,
        an=an,
        loc=loc,
        anh=r.make_person("Lý Thị Ánh", an),
        binh=r.make_person("Trần Văn Bình", an),
        chi=r.make_person("Vàng Seo Chi", loc),
        course=r.make_course("An toàn thông tin", delivery="self_paced"),
    )
