"""Publishing the current build of an installation as a signed extract."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from django.db import transaction

from nhanlucso import __version__
from nhanlucso.audit.services import record
from nhanlucso.indicators.builds import current_build, facts_folder
from nhanlucso.indicators.capsules import pseudonyms, signing, trees
from nhanlucso.indicators.capsules.container import digest
from nhanlucso.indicators.capsules.manifest import as_json
from nhanlucso.indicators.catalogue import INDICATORS
from nhanlucso.indicators.engine import build
from nhanlucso.indicators.facts import as_of
from nhanlucso.indicators.rollup import manifest
from nhanlucso.indicators.rollup.extracts import extract_at, require_signed
from nhanlucso.indicators.rollup.format import COLUMNS, NUMBERED, POSTS_EACH, TREE, Kind, member, schema
from nhanlucso.indicators.rollup.manifest import PAGE, SIGNATURE, Manifest, require_source
from nhanlucso.indicators.rollup.own import travelling
from nhanlucso.indicators.rollup.shelf import Shelf
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.orgs.queries import history, references

Tables = dict[str, pa.Table]
_GROUP = 1 << 17  # rows that are read together


def publish(*, shelf: Shelf, source: str, by: Scope, at: datetime) -> tuple[Manifest, bool]:
    """Publishes the current build under the name of a source; a build that is there already is not published again.

    Returns the signed page and whether anything was written. Raises Refused("not_allowed", "bad_source",
    "cannot_write"), and as `require_signed` where another installation uses the name.
    """
    by = by.require(Permission.OPERATE)
    require_source(source)
    made = current_build(at)
    path = f"{source}/{made.name}"
    if shelf.holds(f"{path}/{SIGNATURE}"):
        there = extract_at(shelf, source, made.name)
        require_signed(there, {source: signing.public_key().hex()})
        return there.page, False
    members, page = _members(facts_folder() / made.name, source, made.name, as_of(made.as_of))
    with transaction.atomic():  # no export goes unrecorded, and none is recorded that failed
        record(
            verb="extract.publish",
            object_type="extract",
            object_id=path,
            by=by.account_id,
            at=at,
            count=sum(page.rows.values()),
        )
        shelf.write(path, members)
    return page, True


def _members(folder: Path, source: str, name: str, moment: str) -> tuple[dict[str, bytes], Manifest]:
    tables = _tables(folder)
    past = history()
    units = sorted(past.versions)
    ids = references(units)
    tree = {
        **trees.as_data(past, {unit: unit for unit in units}),
        "ids": [[unit, ids[unit]] for unit in units],
    }
    own, left_out = travelling()
    members = {TREE: as_json(tree)} | {member(table): _parquet(found) for table, found in tables.items()}
    page = Manifest(
        source=source,
        build=name,
        as_of=moment,
        product=__version__,
        definitions={code: indicator.version for code, indicator in INDICATORS.items()},
        rows={table: found.num_rows for table, found in tables.items()},
        numbers={kind.value: _bound(tables, kind, units) for kind in NUMBERED},
        members={file: digest(body) for file, body in members.items()},
        public_key=signing.public_key().hex(),
        own=tuple(own),
        own_left_out=left_out,
    )
    body = manifest.to_bytes(page)
    return members | {PAGE: body, SIGNATURE: signing.sign(body).hex().encode() + b"\n"}, page


def _tables(folder: Path) -> Tables:
    """The tables of a build in the columns of the format, with people as numbers in the order of their pseudonyms."""
    held = {name: _read(folder, name) for name in COLUMNS if name != "persons"}
    people = _People(
        np.unique(
            np.concatenate([_numbers(t["person"]) for t in held.values() if "person" in t.column_names])
        )
    )
    return {"persons": people.table()} | {
        name: _renumbered(name, found, people) for name, found in held.items()
    }


def _read(folder: Path, name: str) -> pa.Table:
    columns = list(COLUMNS[name])
    found = pa.concat_tables([pq.read_table(path, columns=columns) for path in build.files(folder, name)])
    return found.select(columns)


class _People:
    """The numbers of people in an extract, in an order that tells nothing of names."""

    def __init__(self, keys: npt.NDArray[np.int64]) -> None:
        """`keys`: primary keys in order."""
        self._keys = keys
        names = pseudonyms(keys.tolist())
        self._names = [names[key] for key in keys.tolist()]
        order = sorted(range(len(keys)), key=self._names.__getitem__)
        self._ranks = np.empty(len(keys), dtype=np.int64)
        self._ranks[order] = np.arange(len(keys))

    def table(self) -> pa.Table:
        columns = {"person": range(len(self._names)), "pseudonym": sorted(self._names)}
        return pa.table({name: pa.array(columns[name], kind) for name, kind in schema("persons").items()})

    def numbered(self, keys: pa.ChunkedArray) -> pa.Array:
        """The numbers of people; unknown stays unknown."""
        if not len(self._keys):
            return pa.nulls(len(keys), pa.int64())
        places = np.searchsorted(self._keys, keys.fill_null(int(self._keys[0])).to_numpy())
        return pa.array(self._ranks[places], pa.int64(), mask=keys.is_null().to_numpy())

    def posts(self, posts: pa.ChunkedArray) -> pa.Array:
        """The numbers of posts; NONE stays so."""
        values = posts.to_numpy()
        held = values >= 0
        numbers = np.full(len(values), -1, dtype=np.int64)
        if held.any():
            places = np.searchsorted(self._keys, values[held] // POSTS_EACH)
            numbers[held] = self._ranks[places] * POSTS_EACH + values[held] % POSTS_EACH
        return pa.array(numbers, pa.int64())


def _renumbered(name: str, found: pa.Table, people: _People) -> pa.Table:
    made: dict[str, Any] = {}
    for column, kind in COLUMNS[name].items():
        values = found[column]
        if kind is Kind.PERSON:
            values = people.numbered(values)
        elif kind is Kind.POST:
            values = people.posts(values)
        elif kind is Kind.LABEL:
            values = _labelled(values)
        made[column] = values.cast(schema(name)[column])
    return pa.table(made)


def _labelled(values: pa.ChunkedArray) -> pa.Array:
    """A number instead of each free text; an empty one stays empty."""
    texts = [text or "" for text in values.to_pylist()]
    ranks = {text: str(rank) for rank, text in enumerate(sorted(set(texts) - {""}), 1)}
    return pa.array([ranks.get(text, "") for text in texts], pa.string())


def _bound(tables: Mapping[str, pa.Table], kind: Kind, units: list[int]) -> int:
    """One more than the largest number of a kind in any table and, of units, in the tree."""
    if kind is Kind.POST:
        return int(tables["persons"].num_rows) * POSTS_EACH
    largest: list[int] = [max(units, default=-1)] if kind is Kind.UNIT else []
    for name, columns in COLUMNS.items():
        for column, of in columns.items():
            top: int | None = pc.max(tables[name][column]).as_py() if of is kind else None
            if top is not None:
                largest.append(top)
    return max(largest, default=-1) + 1


def _numbers(column: pa.ChunkedArray) -> npt.NDArray[np.int64]:
    found: npt.NDArray[np.int64] = column.drop_null().to_numpy()
    return found


def _parquet(table: pa.Table) -> bytes:
    out = BytesIO()
    pq.write_table(table, out, compression="zstd", row_group_size=_GROUP, store_schema=False)
    return out.getvalue()
