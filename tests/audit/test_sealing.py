"""The chain over the events: whatever was changed, taken away or put in is found and named."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction

from nhanlucso.audit import rules
from nhanlucso.audit.chain import Anchor, Fault, Harm, examine_chain, holds, newest_anchor
from nhanlucso.audit.models import Event, Seal
from nhanlucso.audit.sealing import seal_all, unsealed
from nhanlucso.audit.services import record
from nhanlucso.kernel.signing import sign

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 22, 3, 4, 5, 678901, tzinfo=UTC)


def happened(count: int = 1) -> list[int]:
    before = set(Event.objects.values_list("pk", flat=True))
    for number in range(count):
        record(verb="person.change", object_type="person", object_id=f"cán-bộ-{number}", by=None, at=AT)
    return sorted(set(Event.objects.values_list("pk", flat=True)) - before)


def unguarded(table: str, statement: str) -> None:
    """As somebody who may change tables."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_update")
            cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_delete")
        else:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(statement)


def faults() -> list[Fault]:
    return list(examine_chain().faults)


def test_all_events_are_sealed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "MOST_SEALED", 3)
    happened(7)
    assert unsealed() == 7
    assert (seal_all(AT), seal_all(AT), unsealed()) == (7, 0, 0)
    happened(2)
    seal_all(AT + timedelta(hours=1))
    chain = examine_chain()
    assert (chain.seals, chain.events, chain.faults) == (4, 9, ())
    assert chain.anchor == newest_anchor()
    assert holds(chain.anchor)
    assert not holds(Anchor(chain.anchor.number, "0" * 64))


def test_nothing_is_well() -> None:
    assert (seal_all(AT), faults(), newest_anchor()) == (0, [], None)


@pytest.mark.parametrize(
    "change",
    [
        "verb = 'person.view'",
        "count = 7",
        "account_id = 3",
        "at = '2026-11-22 03:04:05.678900+00:00'",
        "object_id = ''",
    ],
)
def test_a_changed_event_is_named(change: str) -> None:
    ids = happened(5)
    seal_all(AT)
    unguarded("audit_event", f"UPDATE audit_event SET {change} WHERE id = {ids[2]}")
    assert faults() == [Fault(Harm.CHANGED, ids[2])]


def test_a_removed_event_is_named() -> None:
    ids = happened(5)
    seal_all(AT)
    unguarded("audit_event", f"DELETE FROM audit_event WHERE id = {ids[4]}")
    assert faults() == [Fault(Harm.REMOVED, ids[4])]


def test_an_inserted_event_is_named() -> None:
    ids = happened(5)
    hole = Event.objects.get(pk=ids[1])
    unguarded("audit_event", f"DELETE FROM audit_event WHERE id = {ids[1]}")  # as if rolled back
    seal_all(AT)
    happened(1)
    seal_all(AT + 2 * rules.LATE)
    assert faults() == []
    hole.save(force_insert=True)
    assert seal_all(AT + 3 * rules.LATE) == 0
    assert faults() == [Fault(Harm.INSERTED, ids[1])]


def test_an_event_that_commits_late_is_sealed_and_no_fault() -> None:
    """Where several write at once an id may come after higher ones; with one writer at a time it cannot."""
    ids = happened(3)
    late = Event.objects.get(pk=ids[1])
    unguarded("audit_event", f"DELETE FROM audit_event WHERE id = {ids[1]}")  # not there yet
    seal_all(AT)
    late.save(force_insert=True)
    several = connection.vendor == "postgresql"
    assert unsealed() == several
    assert seal_all(AT + timedelta(hours=2)) == several
    assert faults() == ([] if several else [Fault(Harm.INSERTED, ids[1])])


def test_a_removed_seal_and_a_changed_one_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "MOST_SEALED", 2)
    happened(8)
    seal_all(AT)
    unguarded("audit_seal", "DELETE FROM audit_seal WHERE number = 2")
    unguarded("audit_seal", "UPDATE audit_seal SET count = 2, previous = digest WHERE number = 3")
    named = {(fault.harm, fault.id) for fault in faults()}
    assert (Harm.SEAL_GONE, 2) in named
    assert (Harm.SEAL_CHANGED, 3) in named
    assert not any(fault.harm == Harm.CHANGED for fault in faults())


def test_who_changes_an_event_with_its_seal_has_no_key() -> None:
    ids = happened(2)
    seal_all(AT)
    unguarded("audit_event", f"UPDATE audit_event SET verb = 'x.y' WHERE id = {ids[0]}")
    seal = Seal.objects.get()
    rows = Event.objects.order_by("pk").values_list(*rules.COLUMNS)
    hashes = [rules.event_hash(row) for row in rows]
    digest = rules.chain_digest(1, "", seal.ids, hashes)
    unguarded("audit_seal", f"UPDATE audit_seal SET digest = '{digest}'")
    assert Fault(Harm.SEAL_CHANGED, 1) in faults()
    kept, settings.SIGN_KEY = settings.SIGN_KEY, "of another installation"
    try:
        assert sign(b"x") != b""
        assert Fault(Harm.SEAL_CHANGED, 1) in faults()
    finally:
        settings.SIGN_KEY = kept


@pytest.mark.parametrize("statement", ["UPDATE audit_seal SET count = 0", "DELETE FROM audit_seal"])
def test_seals_can_only_be_inserted(statement: str) -> None:
    happened()
    seal_all(AT)
    guarded = pytest.raises(DatabaseError, match="only be inserted")
    with guarded, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_spans_are_written_short_and_read_back() -> None:
    ids = [1, 2, 3, 5, 8, 9]
    assert rules.as_spans(ids) == "1-3 5 8-9"
    assert rules.ids_of("1-3 5 8-9") == ids
    assert list(rules.outside([0, 1, 4, 9, 10], rules.spans_of("1-3 5 8-9"))) == [0, 4, 10]
