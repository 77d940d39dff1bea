"""`catalogue find`: entries of the shipped national catalogue."""

from __future__ import annotations

import argparse

from nhanlucso.cli.days import day_given
from nhanlucso.cli.output import emit
from nhanlucso.orgs import catalogue


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("text", nargs="+", metavar="TEXT")
    parser.add_argument("--on", metavar="DATE", help="chỉ các đơn vị có hiệu lực vào ngày này")
    parser.add_argument("--kind", choices=("province", "district", "commune"))
    parser.add_argument("--json", action="store_true")


def run(options: argparse.Namespace) -> None:
    found = [
        catalogue.as_json(entry)
        for entry in catalogue.find(options.text, on=day_given(options.on), kind=options.kind)
    ]
    if options.json:
        emit(found)
        return
    for entry in found:
        print(_words(entry))
    if not found:
        print("Không có đơn vị nào khớp. Thử gõ ít chữ hơn, không cần dấu.")


def _words(entry: dict[str, object]) -> str:
    place = ", ".join(str(entry[part]) for part in ("district", "province") if entry[part])
    successors = entry["successors"]
    assert isinstance(successors, list)
    fate = ", ".join(
        f"{s['name']} ({s['code']}{', một phần' if s['relation'] == 'part' else ''})" for s in successors
    )
    span = f"{entry['valid_from'] or '…'} – {entry['valid_to'] or 'nay'}"
    return f"{entry['code']}  {entry['name']}  [{place}]  {span}" + (f"  → {fate}" if fate else "")
