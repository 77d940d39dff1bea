"""Real units, from the national catalogue that ships with the product, put into a bundle."""

from __future__ import annotations

import unicodedata
from datetime import date, timedelta

from making.tables import Bundle
from nhanlucso.orgs import catalogue

REFORM = date(2025, 7, 1)
EVE = REFORM - timedelta(days=1)
PROVINCES_ACT = "202/2025/QH15"
DISTRICTS_ACT = "203/2025/QH15"
KIND_WORDS = ("Tỉnh", "Thành phố", "Huyện", "Thị trấn", "Phường", "Xã")


def slug(name: str) -> str:
    """«Xã Phú Nhuận» -> phu-nhuan."""
    for word in KIND_WORDS:
        name = name.removeprefix(word + " ")
    plain = unicodedata.normalize("NFD", name.lower().replace("đ", "d"))
    letters = "".join(
        letter if letter.isalnum() else " " for letter in plain if not unicodedata.combining(letter)
    )
    return "-".join(letters.split())


class Places:
    """The units of one bundle: catalogue entries under the bundle's own ids, and bodies added by hand."""

    def __init__(self, bundle: Bundle) -> None:
        self.bundle = bundle
        self.id_of: dict[str, str] = {}  # catalogue key -> id
        self.became: dict[str, list[str]] = {}  # id -> ids on 1 July 2025, once known
        self.names: dict[str, str] = {}  # id -> latest name

    def unit(
        self,
        id: str,
        name: str,
        kind: str,
        parent: str = "",
        begin: date | None = None,
        end: date | None = None,
        code: str = "",
        key: str = "",
    ) -> str:
        self.bundle.add(
            "units",
            id=id,
            code=code,
            name=name,
            kind=kind,
            parent_id=parent,
            valid_from=begin,
            valid_to=end,
            catalogue_key=key,
        )
        self.names[id] = name
        return id

    def entry(self, key: str, id: str, parent: str = "") -> str:
        """Adopts one entry of the catalogue under the given id."""
        found = catalogue.entry(key)
        self.id_of[key] = id
        return self.unit(
            id, found.name, found.kind, parent, found.valid_from, found.valid_to, found.code, key
        )

    def change(self, id: str, kind: str, day: date, origin: str, target: str, document: str = "") -> None:
        self.bundle.add(
            "unit_changes", id=id, kind=kind, date=day, from_id=origin, to_id=target, document=document
        )

    def moved(
        self, id: str, parent_then: str, parent_now: str, kind: str, name: str, document: str = ""
    ) -> str:
        """A body that goes on under another parent from 1 July 2025: two versions and a move."""
        self.unit(id, name, kind, parent_then, None, EVE)
        self.unit(id, name, kind, parent_now, REFORM, None)
        self.change(f"move-{id}", "move", REFORM, id, id, document)
        self.became[id] = [id]
        return id

    def ended(self, id: str, heir: str, document: str = DISTRICTS_ACT) -> None:
        """The past of a body that ended on 30 June 2025 goes to its heir."""
        self.change(f"end-{id}", "merge", REFORM, id, heir, document)
        self.became[id] = [heir]
