"""`extract publish`: the current build as a signed extract for a roll-up, people under pseudonyms."""

from __future__ import annotations

import argparse

from nhanlucso.cli.output import emit
from nhanlucso.indicators.capsules import signing
from nhanlucso.indicators.rollup.own import declared
from nhanlucso.indicators.rollup.publishing import publish
from nhanlucso.indicators.rollup.shelf import shelf
from nhanlucso.kernel.clock import now
from nhanlucso.kernel.scope import SYSTEM


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "folder", metavar="FOLDER", help="thư mục chung, hoặc kho đối tượng như s3://bucket/trich"
    )
    parser.add_argument(
        "--source", required=True, metavar="NAME", help="tên của tỉnh trong bản tổng hợp, như lao-cai"
    )
    parser.add_argument("--json", action="store_true")


def run(options: argparse.Namespace) -> None:
    page, written = publish(shelf=shelf(options.folder), source=options.source, by=SYSTEM, at=now())
    if options.json:
        emit(
            {
                "source": page.source,
                "build": page.build,
                "as_of": page.as_of,
                "written": written,
                "rows": dict(page.rows),
                "own": sorted({indicator.code for indicator, _span in declared(page)}),
                "own_left_out": {code: list(lacking) for code, lacking in page.own_left_out.items()},
                "signer": {"fingerprint": page.fingerprint, "public_key": page.public_key},
            }
        )
        return
    done = "Đã công bố" if written else "Đã có sẵn"
    print(f"{done}: {page.source}/{page.build}, số liệu lúc {page.as_of}, {sum(page.rows.values())} dòng.")
    print(f"Người ký {signing.grouped(page.fingerprint)}. Dòng cho danh sách khóa của nơi tổng hợp:")
    print(f"{page.source} {page.public_key}")
    for code, lacking in page.own_left_out.items():
        print(f"Không vào bản trích: {code} ({', '.join(lacking)} không có trong bản trích).")
