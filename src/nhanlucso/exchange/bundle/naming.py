"""How ids are written in one bundle: plain for its own source, `source:id` for the sources it names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from django.utils.translation import gettext as _

from nhanlucso.kernel.errors import Refused

SEPARATOR = ":"
Key = tuple[str, str]  # (origin, uid) as records carry them


@dataclass(frozen=True, slots=True)
class Naming:
    """`qualified` are the sources written before their ids, longest first."""

    source: str = ""
    qualified: tuple[str, ...] = ()

    @classmethod
    def make(cls, source: str, qualified: Iterable[str]) -> Self:
        return cls(source, tuple(sorted(set(qualified), key=lambda name: (-len(name), name))))

    @property
    def origins(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((self.source, *self.qualified)))

    def key(self, text: str) -> Key:
        for origin in self.qualified:
            if text.startswith(origin + SEPARATOR) and len(text) > len(origin) + 1:
                return origin, text[len(origin) + 1 :]
        return self.source, text

    def text(self, key: Key) -> str:
        origin, uid = key
        return f"{origin}{SEPARATOR}{uid}" if origin in self.qualified else uid


def naming_for(keys: Iterable[Key]) -> Naming:
    """The plainest naming in which every one of these keys can be read back.

    One source: plain ids. Several: the source "" with qualified ids; where an id of "" would then read as one of
    another source, ids of "" are qualified too. Raises Refused("ambiguous_ids") where the names of two sources
    begin alike so that even this does not help.
    """
    keys = list(keys)
    origins = {origin for origin, _uid in keys}
    if len(origins) <= 1:
        return Naming(origins.pop() if origins else "")
    for qualified in (origins - {""}, origins):
        naming = Naming.make("", qualified)
        if all(naming.key(naming.text(key)) == key for key in keys):
            return naming
    raise Refused(
        "ambiguous_ids",
        _("Tên của hai nguồn dữ liệu bắt đầu giống nhau nên không viết được mã của chúng trong một gói."),
    )
