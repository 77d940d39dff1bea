"""Records by the ids that people and programs write: `ID`, or `source:ID` where several sources use the id."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from nhanlucso.kernel.batches import parts
from nhanlucso.kernel.errors import Detail, Refused
from nhanlucso.orgs.models import Sourced, named

_Record = TypeVar("_Record", bound=Sourced)


def found_by(rows: QuerySet[_Record], reference: str) -> _Record:
    """The one of the rows that the id names. Raises its DoesNotExist, Refused("ambiguous_id")."""
    found = list(rows.filter(named(reference))[:2])
    if not found:
        raise rows.model.DoesNotExist
    if len(found) > 1:
        raise _ambiguous(reference)
    return found[0]


def found_among(rows: QuerySet[_Record], references: Iterable[str]) -> dict[str, int]:
    """Those of the rows (primary keys) that the ids name, in a few queries for all of them.

    Raises Refused("unknown_id", "ambiguous_id"); the first tells all that are not there.
    """
    wanted = dict.fromkeys(references)
    uids = {text[at + 1 :] for text in wanted for at in _colons(text)} | set(wanted)
    known: dict[str, set[int]] = {}
    for part in parts(sorted(uids)):
        for pk, origin, uid in rows.filter(uid__in=part).values_list("pk", "origin", "uid"):
            known.setdefault(uid, set()).add(pk)
            known.setdefault(f"{origin}:{uid}", set()).add(pk)
    if missing := [text for text in wanted if text not in known]:
        raise Refused(
            "unknown_id",
            _("Không có bản ghi này, hoặc ngoài phạm vi được xem."),
            [Detail(f"«{text}»") for text in missing[:100]],
        )
    for text in wanted:
        if len(known[text]) > 1:
            raise _ambiguous(text)
    return {text: next(iter(known[text])) for text in wanted}


def _colons(text: str) -> list[int]:
    return [at for at, letter in enumerate(text) if letter == ":"]


def _ambiguous(reference: str) -> Refused:
    words = _("Có nhiều bản ghi mang mã «%(id)s»; viết đủ nguồn: NGUỒN:%(id)s.")
    return Refused("ambiguous_id", words % {"id": reference})
