"""The code on a paper that leads to the capsule of its figures."""

from __future__ import annotations

from dataclasses import replace

from nhanlucso.indicators.capsules import read_capsule, signing
from nhanlucso.indicators.capsules.marks import mark_of
from nhanlucso.papers.paper import Paper, Seal


def coded(paper: Paper, capsule: bytes | None) -> Paper:
    """The paper with the code of its capsule at the end; without a capsule as it is."""
    if capsule is None:
        return paper
    first = read_capsule(capsule).manifest
    names = (signing.grouped(text[: signing.SHORT]) for text in (first.digest, first.fingerprint))
    words = "Xác minh số liệu: gói {}, khóa {}.".format(*names)
    return replace(paper, seal=Seal(mark_of(first).text, words))
