"""`rollup`: figures of the country from the extracts of its provinces."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings

from nhanlucso.cli.extract_verify import trusted_keys, where
from nhanlucso.cli.output import emit
from nhanlucso.indicators.catalogue import INDICATORS, OWN, Indicator
from nhanlucso.indicators.engine.opening import DUCKDB, ENGINES, on_cluster
from nhanlucso.indicators.engine.source import Source
from nhanlucso.indicators.figures import as_json, sentence
from nhanlucso.indicators.queries import Ask, ask
from nhanlucso.indicators.rollup.extracts import Extract, lagging, other_definitions, trusted
from nhanlucso.indicators.rollup.figures import rolled_up, rows
from nhanlucso.indicators.rollup.nation import Nation
from nhanlucso.indicators.rollup.own import Own, named, owns
from nhanlucso.indicators.rollup.shelf import shelf
from nhanlucso.kernel.errors import Refused


def arguments(parser: argparse.ArgumentParser) -> None:
    where(parser)
    parser.add_argument("--unit", default="country", metavar="country|NAME|NAME:ID|all")
    parser.add_argument("--period", required=True)
    parser.add_argument("--calendar", choices=("decree", "civil"), default="decree")
    parser.add_argument("--tree", default="then", metavar="then|YYYY-MM-DD")
    parser.add_argument("--indicator", nargs="+", action="extend", metavar="CODE")
    parser.add_argument("--own", action="store_true", help="cả những chỉ số tự lập mà các tỉnh công bố")
    parser.add_argument("--by-child", action="store_true", help="đơn vị trước, rồi từng đơn vị trực thuộc")
    parser.add_argument("--engine", choices=ENGINES, default=DUCKDB)
    parser.add_argument("--json", action="store_true")


def run(options: argparse.Namespace) -> None:
    asked = ask(options.period, options.calendar, options.tree)
    indicators = _picked(options.indicator)
    found, missing = trusted(shelf(options.folder), trusted_keys(options.keys), partial=options.partial)
    nation = Nation(found)
    own = _own(found, options, asked)
    _tell(found, missing, asked, indicators)
    _tell_of_own(found, own)
    with _opened(nation, options.engine) as source:
        figures = rolled_up(nation, source, indicators, asked.window, asked.tree, missing=missing, own=own)
    listed = rows(nation, figures, asked.tree, options.unit, by_child=options.by_child)
    if options.json:
        emit([as_json(figure, unit, options.period) for unit, figure in listed])
        return
    for unit, figure in listed:
        print(f"{unit:<28} {figure.indicator.code:<24} {sentence(figure)}")


def _picked(codes: Sequence[str] | None) -> list[Indicator]:
    """The indicators that every installation declares alike. Raises Refused("unknown_indicator")."""
    for code in codes or ():
        if code not in INDICATORS and not code.startswith(OWN):
            raise _unknown(code)
    return [indicator for code, indicator in INDICATORS.items() if not codes or code in codes]


def _own(found: Sequence[Extract], options: argparse.Namespace, asked: Ask) -> list[Own]:
    """The own indicators that were asked for, as the sources declare them for the period. Raises
    Refused("unknown_indicator")."""
    pages = [extract.page for extract in found]
    wanted = {code for code in options.indicator or () if code.startswith(OWN)}
    for code in sorted(wanted - named(pages)):
        raise _unknown(code)
    if not wanted and not options.own:
        return []
    return owns(pages, None if options.own else wanted, asked.window.b)


def _unknown(code: str) -> Refused:
    return Refused("unknown_indicator", f"Bản tổng hợp không có chỉ số «{code}».")


@contextmanager
def _opened(nation: Nation, engine: str) -> Iterator[Source]:
    if engine == DUCKDB:
        with TemporaryDirectory(prefix="nhanlucso-rollup-") as folder:
            yield nation.assembled(Path(folder))
        return
    with on_cluster(settings.SPARK, nation.history, nation.pieces()) as source:
        yield source


def _tell(
    found: Sequence[Extract], missing: Sequence[str], asked: Ask, indicators: Sequence[Indicator]
) -> None:
    """What the reader must know of the extracts, apart from the figures."""
    for name in missing:
        print(f"Thiếu bản trích của «{name}»: số liệu cả nước chưa đủ.", file=sys.stderr)
    for name in lagging(found, asked.window.b.isoformat()):
        print(f"Bản trích của «{name}» lập trước khi hết kỳ: số liệu còn có thể tăng.", file=sys.stderr)
    versions = {indicator.code: indicator.version for indicator in indicators}
    for extract in found:
        if others := other_definitions(extract, versions, list(versions)):
            print(
                f"«{extract.source}» tự tính theo định nghĩa phiên bản khác: {', '.join(others)}; ở đây tính theo "
                "định nghĩa của bản cài đặt này.",
                file=sys.stderr,
            )


def _tell_of_own(found: Sequence[Extract], own: Sequence[Own]) -> None:
    """Which own indicators the country is not counted by, and which no extract could hold."""
    for one in own:
        if not one.everywhere:
            names = ", ".join(found[place].source for place in one.by_place)
            print(
                f"«{one.indicator.code}»: không phải nguồn nào cũng khai báo như nhau; chỉ tính riêng cho {names}.",
                file=sys.stderr,
            )
    if own:
        for extract in found:
            for code, lacking in extract.page.own_left_out.items():
                print(f"«{extract.source}» không trích được {code} ({', '.join(lacking)}).", file=sys.stderr)
