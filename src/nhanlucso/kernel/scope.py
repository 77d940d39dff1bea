"""Who asks, and how far they reach."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scope:
    """A set of units of today's tree, an account and its roles.

    `unit_ids` are primary keys of units; `everything` is the operator of the installation (command line,
    province administrator without a unit). `can_write` tells whether any assignment allows changes.
    """

    account_id: int | None
    roles: frozenset[str]
    unit_ids: frozenset[int]
    everything: bool = False
    can_write: bool = False

    @property
    def is_empty(self) -> bool:
        return not self.everything and not self.unit_ids


SYSTEM = Scope(
    account_id=None, roles=frozenset({"system"}), unit_ids=frozenset(), everything=True, can_write=True
)
