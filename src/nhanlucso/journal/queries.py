"""Reading acts, and what taking one back would do."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.db.models import BooleanField, ExpressionWrapper, Min, Q
from django.db.models import Count as Counted

from nhanlucso.journal.conflicts import Conflict, conflicts_of, conflicts_told, held_rows
from nhanlucso.journal.enums import ChangeKind
from nhanlucso.journal.models import Act, RowChange
from nhanlucso.journal.rows import Row, model_of, restored
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope

LISTED = 200


@dataclass(frozen=True, slots=True)
class Change:
    """A row of a table («people.person»), its columns before and after the act; None where there was no row."""

    kind: ChangeKind
    table: str
    row: str
    before: Row | None
    after: Row | None

    @property
    def columns(self) -> list[str]:
        """The columns that differ; all of them where a row came or went."""
        if self.before is None or self.after is None:
            return list(self.after or self.before or {})
        return [name for name, value in self.after.items() if self.before.get(name) != value]

    @property
    def values(self) -> Row:
        """The row as the act left it, or as it was before the act removed it."""
        return self.after if self.after is not None else self.before or {}


@dataclass(frozen=True, slots=True)
class Count:
    """How many rows of a table an act created, changed or removed."""

    table: str
    kind: ChangeKind
    rows: int


@dataclass(frozen=True, slots=True)
class Changes:
    """What taking an act back would do: counts by table, the first rows, and everything that stands in the way;
    `looked`: whether that was looked for."""

    act: Act
    counts: tuple[Count, ...]
    first: tuple[Change, ...]
    conflicts: tuple[Conflict, ...]
    looked: bool = True

    @property
    def total(self) -> int:
        return sum(count.rows for count in self.counts)

    @property
    def may_be_undone(self) -> bool:
        return self.act.undone_at is None and not self.conflicts


def act_named(scope: Scope, uid: str) -> Act:
    """The act, if the scope may take such acts back. Whether it reaches the subject is for the caller to ask.

    Raises Act.DoesNotExist.
    """
    act = Act.objects.get(uid=uid)
    if not scope.may(Permission(act.permission)):
        raise Act.DoesNotExist
    return act


def last_act(scope: Scope, kind: str, subject: str) -> Act | None:
    """The newest act of a kind on a subject that is not taken back, if the scope may take such acts back."""
    acts = Act.objects.filter(kind=kind, subject=subject, undone_at__isnull=True)
    found = acts.order_by("-at", "-pk").first()
    return found if found is not None and scope.may(Permission(found.permission)) else None


def changes(scope: Scope, act: Act, *, listed: int = LISTED, most: int | None = None) -> Changes:
    """What taking the act back would do now. Raises Act.DoesNotExist where the scope may not.

    Of an act that was taken back there are no conflicts. Those of an act of more than `most` rows are not looked for,
    which takes a while: taking it back does that anyway, and refuses.
    """
    act = act_named(scope, act.uid)
    counts = tuple(_counts(act))
    looked = most is None or sum(count.rows for count in counts) <= most
    wanted = looked and act.undone_at is None
    found = tuple(conflicts_of(act, held_rows(act))) if wanted else ()
    return Changes(act, counts, tuple(first_changes(scope, act, listed)), found, looked)


def told_conflicts(scope: Scope, act: Act, details: Iterable[str]) -> list[Conflict]:
    """The conflicts that a refused undo of the act has told in its details, with their rows as they are now."""
    return conflicts_told(act_named(scope, act.uid), details)


def first_changes(scope: Scope, act: Act, most: int | None = None) -> Iterator[Change]:
    """The rows of an act that the scope may take back, in the order in which they were kept."""
    act = act_named(scope, act.uid)
    for change in act.rows.order_by("number")[:most].iterator():
        yield _change(change)


def changes_to(
    scope: Scope, rows: Mapping[str, Collection[int]], most: int, permission: Permission
) -> list[tuple[Act, Change]]:
    """What acts did to rows (table → primary keys), newest first; nothing for who lacks the permission. Whether the
    rows lie in the reach of the scope is for the caller to ask."""
    if not scope.may(permission):
        return []
    asked = Q(pk__in=())
    for table, keys in rows.items():
        asked |= Q(table=table, row__in=[str(key) for key in keys])
    found = RowChange.objects.filter(asked).select_related("act").order_by("-act__at", "-pk")[:most]
    return [(change.act, _change(change)) for change in found]


def _change(change: RowChange) -> Change:
    model = model_of(change.table)
    before, after = (
        None if kept is None else restored(model, kept) for kept in (change.before, change.after)
    )
    return Change(change.kind, change.table, change.row, before, after)


def _counts(act: Act) -> Iterator[Count]:
    """Table by table, in the order in which they were kept."""
    came, went = (
        ExpressionWrapper(Q(**{f"{name}__isnull": True}), output_field=BooleanField())
        for name in ("before", "after")
    )
    rows = act.rows.annotate(came=came, went=went).values_list("table", "came", "went")
    for table, created, removed, count in (
        rows.annotate(count=Counted("pk"), first=Min("number"))
        .order_by("first")
        .values_list("table", "came", "went", "count")
    ):
        kind = ChangeKind.CREATED if created else ChangeKind.REMOVED if removed else ChangeKind.CHANGED
        yield Count(table, kind, count)
