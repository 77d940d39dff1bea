"""Who asks, and how far they reach."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scope:
    """A set of units of today's tree, an account and its roles.

    `unit_ids` are primary keys of units; `everything` is the operator of the installation (command line,
    province administrator without a unit). `can_write` tells whether any assignment allows changes; `written` is
    what those assignments alone reach, where others reach more (None: all that is reached may be changed).
    """

    account_id: int | None
    roles: frozenset[str]
    unit_ids: frozenset[int]
    everything: bool = False
    can_write: bool = False
    written: Scope | None = None

    @property
    def writing(self) -> Scope:
        """What may be changed: looking at a province and writing in one commune is no writing in the province."""
        return self.written or self

    @property
    def is_empty(self) -> bool:
        return not self.everything and not self.unit_ids


SYSTEM = Scope(
    account_id=None, roles=frozenset({"system"}), unit_ids=frozenset(), everything=True, can_write=True
)
