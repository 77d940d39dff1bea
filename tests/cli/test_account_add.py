"""`account add` makes accounts of every role."""

from __future__ import annotations

import argparse
import io
from typing import Any

import pytest

from nhanlucso.access.enums import Role
from nhanlucso.access.rules import NEEDS_UNIT
from nhanlucso.kernel.errors import Refused

pytestmark = pytest.mark.django_db


def add(monkeypatch: pytest.MonkeyPatch, *words: str, password: str = "suối chảy qua bản") -> None:
    from nhanlucso.cli import account_add

    parser = argparse.ArgumentParser()
    account_add.arguments(parser)
    monkeypatch.setattr("sys.stdin", io.StringIO(password + "\n"))
    account_add.run(parser.parse_args(words))


@pytest.fixture
def unit() -> Any:
    from tests.factories import records as r

    return r.make_unit("xa", "Xã")


@pytest.mark.parametrize("role", Role.values)
def test_every_role(monkeypatch: pytest.MonkeyPatch, unit: Any, role: str) -> None:
    from nhanlucso.access.models import Assignment

    for _ in range(2):
        add(monkeypatch, "moi", "--role", role, "--unit", "xa", "--json")
    assert Assignment.objects.get().role == role


@pytest.mark.parametrize("role", sorted(NEEDS_UNIT))
def test_some_roles_need_a_unit(monkeypatch: pytest.MonkeyPatch, unit: Any, role: str) -> None:
    from nhanlucso.access.models import Account

    with pytest.raises(Refused) as refused:
        add(monkeypatch, "moi", "--role", role)
    assert refused.value.code == "unit_needed"
    assert not Account.objects.exists()


def test_a_short_password_is_refused_in_plain_words(monkeypatch: pytest.MonkeyPatch, unit: Any) -> None:
    with pytest.raises(Refused, match="cần ít nhất 10 ký tự"):
        add(monkeypatch, "moi", password="ngan")
