"""Which record an id of the bundle stands for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeVar

from django.db.models import Model

from nhanlucso.exchange.bundle.naming import Naming
from nhanlucso.journal.rows import label_of
from nhanlucso.people.models import FormerId

CHUNK = 2_000  # rows per step; also keeps queries below the number of parameters that SQLite takes
Item = TypeVar("Item")


def chunked(items: Iterable[Item], size: int = CHUNK) -> Iterator[list[Item]]:
    chunk: list[Item] = []
    for item in items:
        chunk.append(item)
        if len(chunk) >= size:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def by_origin(texts: Iterable[str], naming: Naming) -> dict[str, list[str]]:
    """The uids of these ids under their sources."""
    uids: dict[str, list[str]] = defaultdict(list)
    for text in texts:
        origin, uid = naming.key(text)
        uids[origin].append(uid)
    return uids


class Index:
    """Ids of one model as this bundle writes them → primary key.

    Ids that the bundle brings are negative numbers until their records are stored. What the database has is looked
    up as it is asked for, in chunks, so that a small bundle costs little in a large database.
    """

    def __init__(self, model: type[Model], naming: Naming) -> None:
        self._objects: Any = model._default_manager
        self._naming = naming
        self._numbers: dict[str, int] = {}
        self._former: set[str] = set()
        self._joined = FormerId.objects.filter(table=label_of(model))
        self._any_joined = self._joined.exists()
        self._asked: set[str] = set()

    def __getitem__(self, text: str) -> int | None:
        return self._numbers.get(text)

    def is_former(self, text: str) -> bool:
        """Whether this is the id of a record that was joined with another; it then stands for the one that stays."""
        return text in self._former

    def plan(self, text: str) -> int:
        """The number of an id that the bundle brings; call after `look_up`."""
        return self._numbers.setdefault(text, -1 - len(self._numbers))

    def stored(self, texts: Iterable[str]) -> None:
        """Tells that the records of these planned ids are in the database now."""
        self._fetch(list(texts))

    def look_up(self, texts: Iterable[str]) -> None:
        """Makes sure that the database was asked about these ids."""
        new = [text for text in dict.fromkeys(texts) if text not in self._numbers and text not in self._asked]
        self._fetch(new)
        self._asked.update(text for text in new if text not in self._numbers)

    def _fetch(self, texts: list[str]) -> None:
        for chunk in chunked(texts):
            for origin, uids in by_origin(chunk, self._naming).items():
                found: Sequence[tuple[int, str]] = self._objects.filter(
                    origin=origin, uid__in=uids
                ).values_list("pk", "uid")
                for pk, uid in found:
                    self._numbers[self._naming.text((origin, uid))] = pk
                self._fetch_former(origin, uids)

    def look_up_former(self, texts: Iterable[str]) -> None:
        """As `look_up`, for ids to which nothing refers: only whether they are those of joined records."""
        for chunk in chunked(texts if self._any_joined else ()):
            for origin, uids in by_origin(chunk, self._naming).items():
                self._fetch_former(origin, uids)

    def _fetch_former(self, origin: str, uids: list[str]) -> None:
        """Ids of records that were joined with others lead to those, as long as they are there."""
        if not self._any_joined:
            return
        rows = dict(self._joined.filter(origin=origin, uid__in=uids).values_list("uid", "row"))
        there = (
            set(self._objects.filter(pk__in=rows.values()).values_list("pk", flat=True)) if rows else set()
        )
        for uid, row in rows.items():
            text = self._naming.text((origin, uid))
            if row in there and text not in self._numbers:
                self._numbers[text] = row
                self._former.add(text)
