"""`extract verify`: the newest extract of every source: whose it is, and that every byte is what was signed."""

from __future__ import annotations

import argparse
from pathlib import Path

from nhanlucso.cli.output import emit
from nhanlucso.indicators.capsules import signing
from nhanlucso.indicators.rollup.extracts import Extract, Keys, read_keys, trusted
from nhanlucso.indicators.rollup.own import declared
from nhanlucso.indicators.rollup.shelf import shelf
from nhanlucso.kernel.errors import Refused


def arguments(parser: argparse.ArgumentParser) -> None:
    where(parser)
    parser.add_argument("--json", action="store_true")


def where(parser: argparse.ArgumentParser) -> None:
    """The arguments that name extracts and who is trusted; shared with `rollup`."""
    parser.add_argument("folder", metavar="FOLDER", help="nơi các tỉnh công bố bản trích")
    parser.add_argument(
        "--keys", required=True, type=Path, metavar="FILE", help="danh sách khóa: mỗi dòng «tên khóa»"
    )
    parser.add_argument("--partial", action="store_true", help="tính cả khi thiếu bản trích của một số nguồn")


def trusted_keys(path: Path) -> Keys:
    """The list in a file. Raises Refused("cannot_read", "bad_keys")."""
    try:
        return read_keys(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as problem:
        raise Refused("cannot_read", f"Không đọc được danh sách khóa «{path}»: {problem}.") from problem


def run(options: argparse.Namespace) -> None:
    found, missing = trusted(shelf(options.folder), trusted_keys(options.keys), partial=options.partial)
    if options.json:
        emit({"sources": [_as_json(extract) for extract in found], "missing": missing})
        return
    for extract in found:
        page = extract.page
        print(
            f"{page.source:<20} {page.as_of}  {sum(page.rows.values()):>10} dòng  "
            f"khóa {signing.grouped(page.fingerprint)}  {page.build}"
        )
    for name in missing:
        print(f"{name:<20} chưa có bản trích")


def _as_json(extract: Extract) -> dict[str, object]:
    page = extract.page
    return {
        "source": page.source,
        "build": page.build,
        "as_of": page.as_of,
        "product": page.product,
        "rows": dict(page.rows),
        "definitions": dict(page.definitions),
        "own": sorted({indicator.code for indicator, _span in declared(page)}),
        "own_left_out": {code: list(lacking) for code, lacking in page.own_left_out.items()},
        "signer": {"fingerprint": page.fingerprint, "public_key": page.public_key},
    }
