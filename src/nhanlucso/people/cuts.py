"""Lists that are read from the database a cut at a time."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import TypeVar, overload

Row = TypeVar("Row")


class Cut(Sequence[Row]):
    """A list whose rows are read when a slice of it is taken; negative positions are not for it."""

    @abstractmethod
    def read(self, span: slice) -> list[Row]:
        """The rows of a slice."""

    @overload
    def __getitem__(self, place: int) -> Row: ...

    @overload
    def __getitem__(self, place: slice) -> list[Row]: ...

    def __getitem__(self, place: int | slice) -> Row | list[Row]:
        return self.read(place) if isinstance(place, slice) else self.read(slice(place, place + 1))[0]
