"""Spans of days, masks and ids as the interface tells them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from nhanlucso.kernel.clock import ALWAYS, EVER
from nhanlucso.orgs.models import Sourced
from nhanlucso.orgs.queries import record_references
from nhanlucso.people.identity import masked


def since(day: date) -> date | None:
    """The first day of a span; since ever is None."""
    return None if day == EVER else day


def until(day: date) -> date | None:
    """The last day of a span; still is None."""
    return None if day == ALWAYS else day


def ids(model: type[Sourced], keys: Iterable[int | None]) -> dict[int | None, str]:
    """The written ids of records by primary key, in two queries however many they are; of no record none."""
    wanted = sorted({key for key in keys if key is not None})
    found: dict[int | None, str] = {}
    found.update(record_references(model, wanted).items())
    return found


def masked_mail(address: str) -> str:
    """lan.nguyen@laocai.gov.vn → l•••@laocai.gov.vn."""
    name, at, host = address.partition("@")
    return f"{name[:1]}•••{at}{host}" if at else masked(address)
