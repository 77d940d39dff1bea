"""Opening a capsule and computing its figures again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow as pa

from nhanlucso.indicators.capsules import container, declarations, manifest, signing, tables, trees
from nhanlucso.indicators.capsules.completeness import Gap, gaps
from nhanlucso.indicators.capsules.container import damaged_member
from nhanlucso.indicators.capsules.manifest import Manifest
from nhanlucso.indicators.capsules.rebuilding import rebuilt
from nhanlucso.indicators.capsules.writing import DEFINITIONS, FIGURES, TREE
from nhanlucso.indicators.catalogue import Indicator
from nhanlucso.indicators.engine.compute import counts
from nhanlucso.indicators.engine.errors import EngineError
from nhanlucso.indicators.engine.passport import COUNTED, MISSING, OPEN, Passport
from nhanlucso.indicators.engine.relations import Window
from nhanlucso.indicators.engine.store import Store
from nhanlucso.indicators.figures import as_json
from nhanlucso.indicators.rules import Count, judge
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.language import say as _
from nhanlucso.kernel.periods import parse_period
from nhanlucso.orgs.rules import History

Stated = dict[str, Any]


@dataclass(frozen=True, slots=True)
class People:
    """Pseudonyms behind a figure: placed in the unit (of a share: its denominator), those of them in the numerator
    (of a number: all), and those who may belong there."""

    counted: frozenset[str]
    hits: frozenset[str]
    unallocated: frozenset[str]


class Capsule:
    """An opened capsule whose signature and members are sound; whether its figures are true `recomputed` tells."""

    def __init__(self, first: Manifest, members: Mapping[str, bytes]) -> None:
        self.manifest = first
        self._members = members

    @cached_property
    def figures(self) -> list[Stated]:
        """As stated: in the shape of `figures --json`."""
        found = manifest.loaded(FIGURES, self._members[FIGURES])
        if not isinstance(found, list) or not all(isinstance(row, dict) for row in found):
            raise damaged_member(FIGURES, _("không đúng định dạng."))
        return found

    @cached_property
    def definitions(self) -> dict[str, Indicator]:
        """What was counted, by code."""
        found = manifest.loaded(DEFINITIONS, self._members[DEFINITIONS])
        try:
            read = [declarations.from_data(row) for row in found]
        except (ValueError, TypeError) as problem:
            raise damaged_member(DEFINITIONS, _("không đúng định dạng.")) from problem
        return {indicator.code: indicator for indicator in read}

    def recomputed(self) -> list[Stated]:
        """The figures again, computed by the engine from the tree, the facts and the definitions in the capsule."""
        with self._open() as store:
            found = {}
            for code, period in dict.fromkeys((row["indicator"], row["period"]) for row in self.figures):
                for figure in self._figures(store, self.definitions[code], period):
                    found[code, period, figure["unit_id"]] = figure
            return [found[row["indicator"], row["period"], row["unit_id"]] for row in self.figures]

    def missing(self) -> list[Gap]:
        """The figures that it should state and does not. Raises Refused("capsule_damaged") where one stands twice."""
        stated = [(row["indicator"], row["unit_id"], row["period"]) for row in self.figures]
        if len(set(stated)) < len(stated):
            raise damaged_member(FIGURES, _("có số liệu nêu hai lần."))
        return gaps(self.manifest, self._history(), self.definitions, stated)

    def people(self, code: str, unit: str) -> People:
        """Who stands behind a figure of persons, in the window of the capsule. `unit`: its id as figures state it."""
        indicator, number = self.definitions[code], self._numbers[unit]
        with self._open() as store:
            held = Passport(store, indicator, Window(*self.manifest.window), self.manifest.tree, number)
            names = dict(store.rows("SELECT person, pseudonym FROM persons"))
            found = {
                group: frozenset(names[row.person] for row in held.rows(group) if row.person is not None)
                for group in (COUNTED, MISSING, OPEN)
            }
        denominator = found[COUNTED] | found[MISSING] if indicator.is_share else found[COUNTED]
        return People(denominator, found[COUNTED], found[OPEN])

    @property
    def _numbers(self) -> dict[str, int]:
        return {place.id: place.number for place in self.manifest.units}

    def _figures(self, store: Store, indicator: Indicator, period: str) -> Iterator[Stated]:
        """One indicator in one period, of every unit of the capsule."""
        window, tree = self._window(period), self.manifest.tree
        found = counts(store, indicator, Window(*window), tree, list(self._numbers.values()))
        for name, unit in self._numbers.items():
            figure = judge(indicator, unit, window, tree, found.get(unit, Count()), self.manifest.as_of)
            yield as_json(figure, name, period)

    def _window(self, period: str) -> tuple[date, date]:
        try:
            return parse_period(period).window(self.manifest.calendar)
        except Refused as problem:
            raise damaged_member(FIGURES, problem.message) from problem

    @contextmanager
    def _open(self) -> Iterator[Store]:
        """The facts as a build in a folder of its own, gone afterwards."""
        with TemporaryDirectory(prefix="nhanlucso-capsule-") as folder:
            try:
                history = self._history()
                self._require_consistent(history)
                yield rebuilt(self._tables(), history, Path(folder))
            except (
                ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError, OverflowError,
                pa.ArrowException, EngineError,
            ) as problem:  # fmt: skip
                raise container.damaged(_("Không tính lại được từ dữ liệu trong gói.")) from problem

    def _require_consistent(self, history: History) -> None:
        """What the manifest says of units, definitions, window is what the other members hold."""
        first = self.manifest
        named = all(
            (version := history.version(u.number, first.tree))
            and (version.code, version.name, version.kind) == (u.code, u.name, u.kind)
            for u in first.units
        )
        once = len({u.number for u in first.units}) == len({u.id for u in first.units}) == len(first.units)
        versions = {code: indicator.version for code, indicator in self.definitions.items()}
        if (
            not (named and once)
            or versions != dict(first.definitions)
            or self._window(first.period) != first.window
        ):
            raise damaged_member(container.MANIFEST, _("không khớp với các thành phần khác của gói."))

    def _tables(self) -> dict[str, pa.Table]:
        read = {
            name: tables.from_parquet(name, self._members[tables.member(name)]) for name in tables.COLUMNS
        }
        if {name: table.num_rows for name, table in read.items()} != dict(self.manifest.rows):
            raise damaged_member(container.MANIFEST, _("không khớp với các thành phần khác của gói."))
        return read

    def _history(self) -> History:
        try:
            return trees.from_data(manifest.loaded(TREE, self._members[TREE]))
        except (ValueError, TypeError, KeyError) as problem:
            raise damaged_member(TREE, _("không đúng định dạng.")) from problem


def read_capsule(data: bytes | Path) -> Capsule:
    """Opens a capsule: every byte is what was signed.

    Raises Refused("not_a_capsule"), Refused("capsule_damaged") with the member in its details, or
    Refused("bad_signature").
    """
    members = container.unpack(data if isinstance(data, bytes) else _bytes_of(data))
    page = members.pop(container.MANIFEST)
    first = manifest.from_bytes(page)
    _require_signature(page, members.pop(container.SIGNATURE, b""), first)
    wanted = {FIGURES, DEFINITIONS, TREE, *map(tables.member, tables.COLUMNS)}
    for name in [*first.members, *members]:
        if name not in members:
            raise damaged_member(name, _("không có trong gói."))
        if name not in first.members or name not in wanted:
            raise damaged_member(name, _("không có trong bản kê."))
        if container.digest(members[name]) != first.members[name]:
            raise damaged_member(name, _("đã bị sửa sau khi ký."))
    for name in wanted - set(members):
        raise damaged_member(name, _("không có trong gói."))
    return Capsule(first, members)


def _require_signature(page: bytes, signature: bytes, first: Manifest) -> None:
    try:
        written = bytes.fromhex(signature.decode("ascii").removesuffix("\n"))
    except ValueError:
        written = b""
    if signature != written.hex().encode() + b"\n" or not signing.is_signed(
        page, written, bytes.fromhex(first.public_key)
    ):
        raise Refused(
            "bad_signature",
            _("Chữ ký không khớp: bản kê «manifest.json» hoặc chữ ký đã bị sửa sau khi ký."),
        )


def _bytes_of(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(container.MOST_BYTES + 1)
    except OSError as problem:
        raise Refused(
            "cannot_read",
            _("Không đọc được «%(path)s»: %(why)s.") % {"path": path, "why": problem.strerror or problem},
        ) from problem
