"""Which build figures are read from."""

from __future__ import annotations

import pytest

from nhanlucso.indicators.builds import current_build, facts_folder
from nhanlucso.indicators.models import FactsBuild
from nhanlucso.kernel.clock import now
from nhanlucso.kernel.steady import forget
from tests.factories.district import make_district

pytestmark = pytest.mark.django_db


def test_a_build_stands_until_something_changes() -> None:
    make_district()
    first = current_build(now())
    forget("build")
    assert current_build(now()) == first


def test_a_build_of_an_earlier_release_is_made_anew() -> None:
    make_district()
    first = current_build(now())
    old = f"20240101T000000-{first.name.rpartition('-')[2]}"
    (facts_folder() / first.name).rename(facts_folder() / old)
    FactsBuild.objects.filter(pk=first.pk).update(name=old)
    forget("build")
    assert current_build(now()).pk != first.pk


def test_a_build_whose_files_are_gone_is_made_anew() -> None:
    make_district()
    first = current_build(now())
    (facts_folder() / first.name).rename(facts_folder() / "elsewhere")
    forget("build")
    assert current_build(now()).pk != first.pk
