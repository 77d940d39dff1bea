"""Ids as people write them: plain, or with their source where several sources use one."""

from __future__ import annotations

import pytest

from nhanlucso.kernel.errors import Refused
from nhanlucso.orgs.models import Unit
from nhanlucso.orgs.queries import resolve_unit, unit_reference

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("origin", ["", "lao-cai", "https://lao-cai.example:8000", "hà nội", "a:"])
@pytest.mark.parametrize("uid", ["xa", "a:b", ":", 'q"uote', "new\nline", "se;mi", "Đặc biệt", " "])
def test_the_shortest_id_and_the_full_one_name_the_unit(origin: str, uid: str) -> None:
    unit = Unit.objects.create(origin=origin, uid=uid)
    assert unit_reference(unit) == uid
    assert resolve_unit(uid) == resolve_unit(f"{origin}:{uid}") == unit


def test_an_id_of_several_sources_wants_its_source() -> None:
    units = [Unit.objects.create(origin=origin, uid="xa") for origin in ("", "lao-cai", "yen-bai")]
    with pytest.raises(Refused) as caught:
        resolve_unit("xa")
    assert caught.value.code == "ambiguous_unit"
    assert [unit_reference(unit) for unit in units] == [":xa", "lao-cai:xa", "yen-bai:xa"]
    assert [resolve_unit(unit_reference(unit)) for unit in units] == units


@pytest.mark.parametrize("reference", ["", ":", "x", "x:", ":x", ":" * 5_000])
def test_what_names_nothing_is_refused(reference: str) -> None:
    with pytest.raises(Refused) as caught:
        resolve_unit(reference)
    assert caught.value.code == "unknown_unit"
