"""The example accounts: one for every role, each with something to do; made once."""

from __future__ import annotations

from nhanlucso.access.enums import Role
from nhanlucso.access.rules import LIGHT, NEEDS_UNIT
from nhanlucso.cli.demo import ACCOUNTS, ENTERPRISE, PERSONS
from tests.installation import Installation

COUNTS = """
from nhanlucso.access.models import Account, Assignment
from nhanlucso.orgs.models import Unit
from nhanlucso.people.models import Person, PersonAccount, Post
print([m.objects.count() for m in (Account, Assignment, Unit, Person, Post, PersonAccount)])
print(sorted(Assignment.objects.values_list("role", flat=True).distinct()))
"""


def test_there_is_an_account_for_every_role() -> None:
    assert {role for _, _, role, _ in ACCOUNTS} == set(Role.values)
    assert all(unit for _, _, role, unit in ACCOUNTS if role in NEEDS_UNIT)
    assert {role for name, _, role, _ in ACCOUNTS if name in PERSONS} >= LIGHT


def test_a_second_demo_makes_nothing_more(demo_copy: Installation) -> None:
    before = demo_copy.must("manage", "shell", "-c", COUNTS, "-v", "0").out
    said = demo_copy.must("demo").out
    assert demo_copy.must("manage", "shell", "-c", COUNTS, "-v", "0").out == before
    assert "team_member" in before
    assert ENTERPRISE in said
    assert "Người học, Xã Tằng Loỏng" in said
