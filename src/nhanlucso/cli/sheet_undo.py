"""`sheet undo`: all that an import wrote is taken back, or it is told what stands in the way."""

from __future__ import annotations

import argparse

from nhanlucso.cli.output import emit
from nhanlucso.exchange.sheets.undoing import IMPORTED, undo_import
from nhanlucso.journal.models import Act
from nhanlucso.journal.queries import Changes, act_named, changes
from nhanlucso.kernel.clock import now
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.scope import SYSTEM


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("act", metavar="ACT", help="mã mà sheet import in ra khi ghi («act»)")
    parser.add_argument("--dry-run", action="store_true", help="chỉ cho biết sẽ trả lại những gì")
    parser.add_argument("--json", action="store_true")


def run(options: argparse.Namespace) -> None:
    """Taken back already, nothing happens: `rows` is 0."""
    act = _import_named(options.act)
    told = changes(SYSTEM, act)
    if not options.dry_run:
        undo_import(act=act, by=SYSTEM, at=now())
    rows = 0 if act.undone_at is not None else told.total
    if options.json:
        emit(_as_json(told, rows, options.dry_run))
    else:
        words = f"{'Sẽ' if options.dry_run else 'Đã'} trả lại như cũ: {rows} dòng."
        print(
            "\n".join(
                [words, *(f"! {one['table']} {one['row']}: {one['kind']}" for one in _in_the_way(told))]
            )
        )


def _import_named(uid: str) -> Act:
    try:
        act = act_named(SYSTEM, uid)
    except Act.DoesNotExist:
        act = None
    if act is None or act.kind != IMPORTED:
        raise Refused("unknown_act", f"Không có lần nhập «{uid}».")
    return act


def _as_json(told: Changes, rows: int, dry_run: bool) -> dict[str, object]:
    counts = [{"table": count.table, "change": count.kind.value, "rows": count.rows} for count in told.counts]
    return {
        "act": told.act.uid,
        "dry_run": dry_run,
        "rows": rows,
        "counts": counts,
        "conflicts": _in_the_way(told),
    }


def _in_the_way(told: Changes) -> list[dict[str, str]]:
    return [{"table": one.table, "row": one.row, "kind": one.kind.value} for one in told.conflicts]
