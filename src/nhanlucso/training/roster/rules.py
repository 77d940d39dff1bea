"""What marks say together, whether one may be written, which person a written name means; plain values."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from nhanlucso.kernel.text import clean, fold, has_letters
from nhanlucso.training.enums import ATTENDED, Mark, PaperKind

ENOUGH = (4, 5)  # the share of the sessions that completes a class
_NUMBERING = re.compile(r"^\s*(?:\d+\s*[.)\-:]?\s+|\d+[.)\-:]\s*|[-–•*+]\s*)")


class Verdict(StrEnum):
    """What becomes of a mark that somebody sends."""

    WRITE = "write"
    SAME = "same"  # it stands already: sent twice, or two agree
    CONFLICT = "conflict"  # another mark came between


def judge_mark(stands: str, wanted: str, seen: str | None) -> Verdict:
    """`stands`: the mark now; `seen`: the one that the sender's page showed (None: they did not look)."""
    if stands == wanted:
        return Verdict.SAME
    return Verdict.WRITE if seen is None or seen == stands else Verdict.CONFLICT


@dataclass(frozen=True, slots=True)
class Tally:
    """How many of a roster are marked, and as what. `present` holds the late, `away` the excused."""

    total: int
    marked: int
    present: int
    late: int
    away: int
    excused: int

    @property
    def missing(self) -> int:
        return self.total - self.marked


def tally(marks: Iterable[str]) -> Tally:
    """The tally of one session; "" where nothing is recorded."""
    counts = Counter(marks)
    late, excused = counts[Mark.LATE], counts[Mark.EXCUSED]
    present, away = counts[Mark.PRESENT] + late, counts[Mark.ABSENT] + excused
    return Tally(counts.total(), present + away, present, late, away, excused)


@dataclass(frozen=True, slots=True)
class Standing:
    """How far somebody is with a class: came to `attended` of `sessions`; `short` more are needed.

    `completed`; or still `possible` in the sessions that nothing is recorded of; or neither.
    """

    attended: int
    sessions: int
    short: int
    possible: bool

    @property
    def completed(self) -> bool:
        return self.sessions > 0 and self.short == 0


def standing(marks: Sequence[str]) -> Standing:
    """From the marks of one person in all sessions of a class."""
    attended = sum(mark in ATTENDED for mark in marks)
    needed = -(-len(marks) * ENOUGH[0] // ENOUGH[1])
    short = max(0, needed - attended)
    return Standing(attended, len(marks), short, short <= sum(not mark for mark in marks))


def fingerprint(marks: Iterable[tuple[int, int, str]]) -> str:
    """What stays equal as long as no mark of (session, person, mark) changes; blank ones do not matter."""
    lines = sorted(f"{session}:{person}:{mark}" for session, person, mark in marks if mark)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def paper_kind(head: bytes) -> PaperKind | None:
    """What a file is by its first bytes (12 at least), whatever its name says; None for what is not taken."""
    if head.startswith(b"\xff\xd8\xff"):
        return PaperKind.JPEG
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return PaperKind.PNG
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return PaperKind.WEBP
    return PaperKind.PDF if head.startswith(b"%PDF-") else None


def written_names(text: str) -> list[str]:
    """The names of a pasted list, one a line, each once; numbering and what stands after a tab or ; goes."""
    found: dict[str, None] = {}
    for line in text.splitlines():
        cells = [cell for cell in re.split(r"[\t;]", line) if not cell.strip().isdecimal()]
        name = clean(_NUMBERING.sub("", next((cell for cell in cells if cell.strip()), "")))
        if has_letters(name):
            found[name] = None
    return list(found)


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody whom a written name may mean."""

    person: int
    name: str


def meant(written: str, known: Sequence[Named]) -> tuple[Named, ...]:
    """Whom of those with this name, marks aside, the written one means: one is a match, several are to be chosen
    from. Spelled alike goes before marks aside, but a single other spelling is no match by itself."""
    alike = [one for one in known if fold(one.name) == fold(written)]
    exact = [one for one in alike if clean(one.name).casefold() == clean(written).casefold()]
    return tuple(exact or alike)


def spelled_alike(written: str, one: Named) -> bool:
    """Whether the name is the written one, capitals aside."""
    return clean(one.name).casefold() == clean(written).casefold()
