"""Capsules as somebody might alter them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pyarrow as pa
import pyarrow.parquet as pq
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from nhanlucso.indicators.capsules.container import pack

FORGER = Ed25519PrivateKey.from_private_bytes(b"f" * 32)


def members_of(data: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def rows_of(body: bytes) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = pq.read_table(BytesIO(body)).to_pylist()
    return found


def replaced(data: bytes, name: str, body: bytes) -> bytes:
    """Another member in the place of one, nothing else touched."""
    return pack(members_of(data) | {name: body})


def rehashed(data: bytes, **bodies: bytes) -> bytes:
    """Other members with their hashes and row counts in the manifest, the signature as it was. `_` in names is `/`."""
    members = members_of(data) | {_path(name): body for name, body in bodies.items()}
    manifest = json.loads(members["manifest.json"])
    manifest["members"] = {name: hashlib.sha256(members[name]).hexdigest() for name in manifest["members"]}
    for name in manifest["rows"]:
        if f"facts_{name}_parquet" in bodies:
            manifest["rows"][name] = _count(bodies[f"facts_{name}_parquet"])
    members["manifest.json"] = text_of(manifest)
    return pack(members)


def resigned(data: bytes, change: Callable[[dict[str, Any]], None] | None = None) -> bytes:
    """The same with the public key and signature of somebody else."""
    members = members_of(data)
    manifest = json.loads(members["manifest.json"])
    manifest["public_key"] = FORGER.public_key().public_bytes_raw().hex()
    if change:
        change(manifest)
    page = text_of(manifest)
    members |= {"manifest.json": page, "manifest.sig": FORGER.sign(page).hex().encode() + b"\n"}
    return pack(members)


def text_of(document: object) -> bytes:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def without_row(body: bytes, at: int) -> bytes:
    table = pq.read_table(BytesIO(body))
    return parquet_of(pa.concat_tables([table.slice(0, at), table.slice(at + 1)]))


def parquet_of(table: pa.Table) -> bytes:
    out = BytesIO()
    pq.write_table(table, out)
    return out.getvalue()


def _count(body: bytes) -> int:
    try:
        return int(pq.ParquetFile(BytesIO(body)).metadata.num_rows)
    except OSError:
        return 0


def _path(name: str) -> str:
    stem, _, kind = name.rpartition("_")
    return f"{stem.replace('_', '/')}.{kind}"
