"""What somebody has shown that they can do: plain values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from nhanlucso.kernel.text import clean, fold

CLASS, RESULT = "class", "result"


@dataclass(frozen=True, slots=True)
class Proof:
    """What counts for skills (values of CountsFor): a completed class or a passed result, with its id, and the day
    on which it was reached."""

    counts_for: frozenset[str]
    kind: str
    id: int
    title: str
    day: date


@dataclass(frozen=True, slots=True)
class Skill:
    """A skill (value of CountsFor) with what proves it, oldest first; not reached without proof."""

    counts_for: str
    proofs: tuple[Proof, ...]

    @property
    def first(self) -> Proof | None:
        """The proof since which it is reached."""
        return self.proofs[0] if self.proofs else None

    @property
    def latest(self) -> Proof | None:
        """The newest proof, where there are several: plans ask for training every year."""
        return self.proofs[-1] if len(self.proofs) > 1 else None


def skills(proofs: Iterable[Proof], wanted: Iterable[str], on: date) -> list[Skill]:
    """The skills in the order wanted, as far as they were reached by a day."""
    known = sorted((proof for proof in proofs if proof.day <= on), key=lambda p: (p.day, p.kind, p.id))
    return [Skill(one, tuple(proof for proof in known if one in proof.counts_for)) for one in wanted]


def topics_of(text: str) -> list[str]:
    """The topics of a course one by one: «chuyển đổi số; dịch vụ công» are two."""
    return [topic for part in text.split(";") if (topic := clean(part))]


def topic_keys(text: str) -> list[str]:
    """The matching keys of the topics of a course, each once."""
    return list(dict.fromkeys(fold(topic) for topic in topics_of(text)))
