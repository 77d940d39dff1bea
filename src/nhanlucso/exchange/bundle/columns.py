"""What a file of a bundle is declared with: columns, keys, and where its facts belong."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db.models import Model

from nhanlucso.exchange.bundle.cells import Cell, Day, Id, Ref, SpanEnd, SpanStart, Whole


@dataclass(frozen=True, slots=True)
class Column:
    """A column; `required`: the column must be there and its cells filled."""

    name: str
    cell: Cell
    required: bool = False


@dataclass(frozen=True, slots=True)
class Placed:
    """The unit, team or class that a fact belongs to, and the columns that say when (first and last day)."""

    column: str
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class FileSpec:
    """One file. `owner` is the model that the ids of the file name, where that is not `model` itself.

    `whole`: read and checked as one, since its rows depend on each other. `in_order`: pairs of columns of which
    the second should not lie before the first.
    """

    name: str
    model: type[Model]
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    owner: type[Model] | None = None
    placed: Placed | None = None
    in_order: tuple[tuple[str, str], ...] = ()
    whole: bool = False
    by_name: dict[str, Column] = field(init=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_name", {column.name: column for column in self.columns})

    @property
    def file(self) -> str:
        return f"{self.name}.csv"

    @property
    def identified(self) -> type[Model]:
        """The model whose records the ids of this file name."""
        return self.owner or self.model


def id_column() -> Column:
    return Column("id", Id(("origin", "uid")), required=True)


def ref_column(name: str, field_name: str, target: str, *, required: bool = False) -> Column:
    return Column(name, Ref((f"{field_name}_id",), target), required)


def text_column(name: str, field_name: str = "") -> Column:
    return Column(name, Cell((field_name or name,)))


def day_column(name: str, *, required: bool = False) -> Column:
    return Column(name, Day((name,)), required)


def whole_column(name: str, **bounds: int) -> Column:
    return Column(name, Whole((name,), **bounds))


VALID = (Column("valid_from", SpanStart(("valid_from",))), Column("valid_to", SpanEnd(("valid_to",))))
VALIDITY = ("valid_from", "valid_to")
