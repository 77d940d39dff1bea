"""The description of an official paper, from which every format is rendered.

Text is given plain: no markup is read in it, a line break ("\\n") is kept, control and invisible
characters are dropped. Names of agencies are given in ordinary case ("Ủy ban nhân dân huyện Bảo Thắng");
the layout puts capitals where the decree asks for them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

Align = Literal["left", "center", "right"]


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with words around it: Amount(1000, before="hơn") reads "hơn 1.000".

    In a spreadsheet it stays a real number, the words are part of its format. `decimals` None: the
    column decides.
    """

    value: int | float | Decimal
    decimals: int | None = None
    before: str = ""
    after: str = ""


Cell = str | int | float | Decimal | date | Amount | None
"""None is unknown and printed as a dash; 0 is 0."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table. `width` in millimetres, None shares what is left; neighbours with the same
    `group` stand under one common heading; `decimals` holds for the plain numbers of the column."""

    title: str
    align: Align = "left"
    width: float | None = None
    decimals: int | None = None
    group: str = ""


@dataclass(frozen=True, slots=True)
class Band:
    """A row across all columns that names the rows below it ("I. Ủy ban nhân dân xã Phú Nhuận")."""

    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table. The caption gets its number ("Bảng 1. …") in the order of the paper."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...] | Band, ...]
    total_row: tuple[Cell, ...] | None = None
    note: str = ""

    def __post_init__(self) -> None:
        full = [row for row in self.rows if not isinstance(row, Band)]
        for row in [*full, *([self.total_row] if self.total_row is not None else [])]:
            if len(row) != len(self.columns):
                raise ValueError(f"A row of {len(row)} cells in a table of {len(self.columns)} columns.")
        if not self.columns:
            raise ValueError("A table needs columns.")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 3, numbered I., 1., a) by the layout unless `numbered` is False."""

    level: Literal[1, 2, 3]
    text: str
    numbered: bool = True


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; `lead` is printed bold before the text."""

    text: str
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list, each item behind a dash."""

    items: tuple[str, ...]


Block = Heading | Paragraph | Bullets | Table


@dataclass(frozen=True, slots=True)
class Dated:
    """The date of issue as far as it is known; what is None is left open for the clerk."""

    year: int | None = None
    month: int | None = None
    day: int | None = None

    @classmethod
    def on(cls, day: date) -> Dated:
        return cls(day.year, day.month, day.day)


@dataclass(frozen=True, slots=True)
class Signing:
    """Who signs: form "TM. ỦY BAN NHÂN DÂN" (several lines by "\\n"), position "CHỦ TỊCH".

    The name stays empty unless the caller knows the signer; nothing here signs anything.
    """

    form: str
    position: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Annex:
    """An annex on pages of its own after the signature, across the page if `landscape`."""

    title: str
    blocks: tuple[Block, ...]
    landscape: bool = False


@dataclass(frozen=True, slots=True)
class Seal:
    """A QR code at the end of a paper: the text in it, and one line of words beside it."""

    text: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """An official paper. `symbol` ("BC-UBND") stands after the number, which is always left blank."""

    agency: str
    place: str
    symbol: str
    kind_title: str
    subject: str
    blocks: tuple[Block, ...]
    signing: Signing
    made_at: datetime
    agency_above: str = ""
    dated: Dated = Dated()
    addressees: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    annexes: tuple[Annex, ...] = ()
    footer_note: str = ""
    draft: bool = False
    seal: Seal | None = None

    def __post_init__(self) -> None:
        if self.made_at.tzinfo is None:
            raise ValueError("made_at needs a time zone.")
