"""Who asks, and how far they reach."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.language import say as _
from nhanlucso.kernel.permissions import NAMES, READING, Permission


@dataclass(frozen=True, slots=True)
class Grant:
    """What one assignment allows: a role's permissions below a unit (primary key); None: everywhere."""

    role: str
    permissions: frozenset[Permission]
    unit_id: int | None


@dataclass(frozen=True, slots=True)
class Scope:
    """A set of units of today's tree, an account with the person behind it, its roles.

    `unit_ids` and `everything` are what the scope may look into; `to(permission)` is the part of it where one
    thing may be done: looking at a province and writing in one commune is no writing in the province. Without
    `grants` all `permissions` hold wherever the scope reaches.
    """

    account_id: int | None
    roles: frozenset[str]
    unit_ids: frozenset[int]
    everything: bool = False
    permissions: frozenset[Permission] = frozenset()
    person_id: int | None = None
    grants: tuple[Grant, ...] = ()

    def may(self, permission: Permission) -> bool:
        """Whether this may be done somewhere."""
        return permission in self.permissions

    def to(self, permission: Permission) -> Scope:
        """The part of the scope where this may be done; empty if nowhere."""
        if not self.grants and self.may(permission):
            return self
        held = [grant for grant in self.grants if permission in grant.permissions]
        return granted(self.account_id, held, self.person_id, also=permission)

    def require(self, permission: Permission) -> Scope:
        """As `to`. Raises Refused("not_allowed") where that is nowhere."""
        if not self.may(permission):
            raise Refused(
                "not_allowed",
                _("Tài khoản này không được làm việc này: %(what)s.") % {"what": _(NAMES[permission])},
            )
        return self.to(permission)

    @property
    def is_empty(self) -> bool:
        return not self.everything and not self.unit_ids


def granted(
    account_id: int | None,
    grants: Iterable[Grant],
    person_id: int | None = None,
    *,
    also: Permission | None = None,
) -> Scope:
    """The scope that grants add up to. It looks into the units of those grants that allow looking, or allow `also`:
    who may only add own records sees nobody else's."""
    held = tuple(grants)
    looking = READING | {also} if also else READING
    open_ = [grant for grant in held if grant.permissions & looking]
    return Scope(
        account_id=account_id,
        roles=frozenset(grant.role for grant in held),
        unit_ids=frozenset(grant.unit_id for grant in open_ if grant.unit_id is not None),
        everything=any(grant.unit_id is None for grant in open_),
        permissions=frozenset().union(*(grant.permissions for grant in held)),
        person_id=person_id,
        grants=held,
    )


SYSTEM = Scope(
    account_id=None,
    roles=frozenset({"system"}),
    unit_ids=frozenset(),
    everything=True,
    permissions=frozenset(Permission),
)
