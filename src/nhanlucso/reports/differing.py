"""The note of differences: what an approved revision says, what the records say now, who makes the difference, why."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from nhanlucso.indicators.behind import Key, behind
from nhanlucso.indicators.behind import Row as BehindRow
from nhanlucso.indicators.catalogue import Indicator
from nhanlucso.indicators.definitions import definition
from nhanlucso.indicators.engine.passport import HEADS
from nhanlucso.indicators.figures import QUALIFIER_WORDS
from nhanlucso.indicators.queries import Ask, figures, open_store
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.numbers import vi_number
from nhanlucso.kernel.scope import SYSTEM
from nhanlucso.reports.compose import Question
from nhanlucso.reports.freezing import Frozen, frozen_of
from nhanlucso.reports.models import ReportRevision
from nhanlucso.reports.queries.reasons import Reasons
from nhanlucso.reports.rules.notes import DEFINITION, KINDS, Move, by_person, moves
from nhanlucso.reports.rules.signing import Difference, Row, differences, table_of

MOST = 2_000  # moves that a note keeps of one figure; all of them are counted


def difference_note(
    revision: ReportRevision, question: Question, rows: Sequence[Row], reason: str
) -> dict[str, Any]:
    """What differs between an approved revision and figures of now, as plain values:

    {"of": number, "reason", "figures": [{"window", "before", "after": figures of the exchange contract or None,
    "said": both as short text, "records": the figure of now by the old definition where that changed, "redefined",
    "known": whether the old identities were kept, "came", "left": how many, "moves": [{"person", "item", "kind",
    "day", "before", "after", "why": [{"code", …}]}]}]}

    Public: it holds keys of persons, no names.
    """
    held = frozen_of(revision)
    found = differences(revision.figures, rows)
    return {
        "of": revision.number,
        "reason": reason,
        "figures": [_entry(one, question, held, revision) for one in found],
    }


def _entry(
    one: Difference, question: Question, held: Frozen | None, revision: ReportRevision
) -> dict[str, Any]:
    old, new = _indicator(one.before), _indicator(one.after)
    asked = _asked(question, one.row)
    redefined = bool(one.before and one.after) and _version(one.before) != _version(one.after)
    known = held is not None and old is not None and one.before is not None
    entry: dict[str, Any] = {
        "window": list(one.row["window"]),
        "before": one.before,
        "after": one.after,
        "said": [_said(one.before), _said(one.after)],
        "records": _by(old, asked, question.unit) if redefined and old else None,
        "redefined": redefined,
        "known": known,
        "came": 0,
        "left": 0,
        "moves": [],
    }
    if held is None or old is None or not known:
        return entry
    then = held.behind(old.code, (asked.window.a, asked.window.b))
    people = {row[1] for row in then if row[1] is not None}
    by_old = _now(old, asked, question.unit, people)
    told = [*_told(old, then, by_old, revision)]
    if redefined and new is not None:
        changed = moves(new.relation, by_old, _now(new, asked, question.unit, people))
        told += [(move, _plain(move, new.relation, [{"code": DEFINITION}])) for move in changed]
    entry["came"] = sum(move.came for move, _ in told)
    entry["left"] = sum(_fell_out(move) for move, _ in told)
    entry["moves"] = [row for _, row in told[:MOST]]
    return entry


def _told(
    indicator: Indicator, then: Sequence[BehindRow], now: Sequence[BehindRow], revision: ReportRevision
) -> list[tuple[Move, dict[str, Any]]]:
    found = moves(indicator.relation, then, now)
    reasons = Reasons({move.person for move in found if move.person is not None}, revision.as_of)
    old, new = by_person(then), by_person(now)
    return [
        (
            move,
            _plain(
                move,
                indicator.relation,
                reasons.of(
                    indicator.relation, move, old.get(move.person or 0, ()), new.get(move.person or 0, ())
                ),
            ),
        )
        for move in found
    ]


def _fell_out(move: Move) -> bool:
    back = Move(move.person, move.item, move.day, move.after, move.before, (move.amounts[1], move.amounts[0]))
    return back.came


def _plain(move: Move, relation: str, why: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "person": move.person,
        "item": move.item,
        "kind": "class" if HEADS in (move.before, move.after) else KINDS.get(relation, ""),
        "day": move.day.isoformat() if move.day else None,
        "before": move.before,
        "after": move.after,
        "amounts": list(move.amounts),
        "why": [{name: value for name, value in reason.items() if value is not None} for reason in why],
    }


def _indicator(row: Row | None) -> Indicator | None:
    """The definition by which a figure was computed; None where it is gone."""
    if row is None:
        return None
    try:
        return definition(row["indicator"], version=row["definition_version"])
    except Refused:
        return None


def _version(row: Row | None) -> int | None:
    return row["definition_version"] if row else None


def _asked(question: Question, row: Row) -> Ask:
    """The question whose window the figure has: the period, or the year so far."""
    window = tuple(date.fromisoformat(day) for day in row["window"])
    own = (question.asked.window.a, question.asked.window.b)
    return question.asked if window == own else question.so_far


def _by(indicator: Indicator, asked: Ask, unit: int) -> Mapping[str, object]:
    found = figures(SYSTEM, asked, [indicator], [unit])[unit][0]
    return table_of({found.indicator.code: found}, {})[0]


def _now(indicator: Indicator, asked: Ask, unit: int, people: Collection[int]) -> list[BehindRow]:
    store, _stamp = open_store()
    key: Key = (indicator.code, asked.window.a, asked.window.b)
    return behind(store, [indicator], asked, unit, people)[key]


def _said(row: Row | None) -> str | None:
    """«hơn 1.037», «93,4 % (171/183)»; None where there is no value."""
    if row is None or row["value"] is None:
        return None
    if row["unit"] == "%":
        return f"{vi_number(row['value'], 1)} % ({row['numerator']}/{row['denominator']})"
    return f"{QUALIFIER_WORDS[row['qualifier']]}{vi_number(row['value'])}"
