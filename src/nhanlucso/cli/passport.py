"""`passport`: who is counted in a figure, who is not, and why."""

from __future__ import annotations

import argparse

from nhanlucso.cli.figures import selection
from nhanlucso.cli.output import emit
from nhanlucso.indicators.figures import as_json, sentence
from nhanlucso.indicators.passports import Line, line_ids, line_json, passport_lines
from nhanlucso.indicators.queries import ask, figures, passport, pick
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.scope import SYSTEM
from nhanlucso.orgs.queries import resolve_unit, unit_reference

WORDS = {"counted": "Được tính", "missing": "Chưa", "unallocated": "Chưa rõ thuộc đơn vị", "heads": "Số đếm"}


def arguments(parser: argparse.ArgumentParser) -> None:
    selection(parser)
    parser.add_argument("--indicator", required=True, metavar="CODE")
    parser.add_argument("--limit", type=int, metavar="N", help="nhiều nhất N dòng mỗi nhóm")


def run(options: argparse.Namespace) -> None:
    if options.limit is not None and options.limit < 0:
        raise Refused("bad_arguments", "--limit không được âm.")
    asked = ask(options.period, options.calendar, options.tree)
    indicator = pick([options.indicator], asked.window.b)[0]
    unit = resolve_unit(options.unit)
    figure = figures(SYSTEM, asked, [indicator], [unit.pk])[unit.pk][0]
    held = passport(SYSTEM, asked, indicator, unit.pk)
    sizes = held.sizes()
    lines = {group: passport_lines(SYSTEM, held, group, limit=options.limit) for group in sizes}
    if not options.json:
        print(sentence(figure), str(indicator.definition), sep="\n")
        for group, size in sizes.items():
            print(f"\n{WORDS[group]}: {size}", *map(_words, lines[group]), sep="\n")
        return
    ids = line_ids([line for of_group in lines.values() for line in of_group])
    emit(
        {
            "figure": as_json(figure, unit_reference(unit), options.period),
            "definition": str(indicator.definition),
            "groups": {
                group: {"size": size, "rows": [line_json(line, ids) for line in lines[group]]}
                for group, size in sizes.items()
            },
        }
    )


def _words(line: Line) -> str:
    who = line.name.name if line.name else ""
    what = line.item.title if line.item else ""
    when = line.day.isoformat() if line.day else ""
    amount = str(line.amount) if line.amount != 1 else ""
    return "  " + "  ".join(part for part in (who, what, when, amount) if part)
