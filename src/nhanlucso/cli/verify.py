"""`verify`: whether a report capsule is whole, who signed it, and whether every figure follows from what it holds."""

from __future__ import annotations

import argparse
from pathlib import Path

from nhanlucso.cli.output import emit
from nhanlucso.indicators.capsules import signing
from nhanlucso.indicators.capsules.marks import mark_of, read_mark
from nhanlucso.indicators.capsules.verdict import SHOWN, Verdict, judged, require_signer, require_true
from nhanlucso.kernel.errors import Refused

_LONGEST_KEY_FILE = 10_000


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", nargs="?", type=Path, metavar="FILE", help="gói số liệu .nls.zip")
    parser.add_argument("--key", metavar="FINGERPRINT|FILE", help="chỉ nhận gói do khóa này ký")
    parser.add_argument(
        "--paper", metavar="TEXT", help="nội dung mã QR trên văn bản: gói có phải của văn bản ấy không"
    )
    parser.add_argument("--key-of-this", action="store_true", help="in khóa công khai của bản cài đặt này")
    parser.add_argument("--json", action="store_true")


def run(options: argparse.Namespace) -> None:
    if options.key_of_this:
        _print_key(as_json=options.json)
        return
    if options.file is None:
        raise Refused("bad_arguments", "Thiếu tệp cần kiểm tra: nhanlucso verify FILE.")
    wanted = None if options.key is None else _key(options.key)
    mark = None if options.paper is None else read_mark(options.paper)
    verdict = judged(options.file)
    if wanted is not None:
        require_signer(verdict.manifest, wanted)
    require_true(verdict, mark=mark)
    if options.json:
        emit(_as_json(verdict))
        return
    _print(verdict)


def _key(given: str) -> str:
    """The key that an option names: itself, or what a file holds."""
    path = Path(given)
    try:
        if path.is_file():
            with path.open("rb") as file:
                return signing.written_key(file.read(_LONGEST_KEY_FILE).decode("utf-8", "replace"))
    except OSError as problem:
        raise Refused("cannot_read", f"Không đọc được «{given}»: {problem.strerror or problem}.") from problem
    return given


def _print_key(*, as_json: bool) -> None:
    key = signing.own_key()
    if key is None:
        raise Refused("no_key", "Bản cài đặt này chưa có khóa ký; chạy nhanlucso init.")
    if as_json:
        emit({"fingerprint": signing.fingerprint(key), "public_key": key.hex()})
        return
    print(
        f"Dấu vân tay     {signing.grouped(signing.fingerprint(key))}",
        f"Khóa công khai  {key.hex()}",
        sep="\n",
    )


def _as_json(verdict: Verdict) -> dict[str, object]:
    first, own = verdict.manifest, signing.own_key()
    return {
        "figures": len(verdict.lines),
        "agreeing": verdict.agreeing,
        "unit": {
            "id": first.unit.id,
            "code": first.unit.code,
            "name": first.unit.name,
            "kind": first.unit.kind,
        },
        "period": first.period,
        "calendar": first.calendar,
        "window": [day.isoformat() for day in first.window],
        "tree": first.tree.isoformat(),
        "as_of": first.as_of,
        "build": first.build,
        "made_at": first.made_at,
        "product": first.product,
        "definitions": dict(first.definitions),
        "context": dict(first.context),
        "digest": first.digest,
        "signer": {
            "fingerprint": first.fingerprint,
            "public_key": first.public_key,
            "this_installation": None if own is None else own.hex() == first.public_key,
        },
        "mark": mark_of(first).text,
    }


def _print(verdict: Verdict) -> None:
    first, own = verdict.manifest, signing.own_key()
    if own is None:
        who = ""
    else:
        who = " (bản cài đặt này)" if own.hex() == first.public_key else " (KHÔNG phải bản cài đặt này)"
    for name, words in (
        ("Đơn vị", f"{first.unit.name} ({first.unit.id})"),
        ("Kỳ", f"{first.period}, {first.window[0]} … {first.window[1]}, cây đơn vị {first.tree}"),
        ("Số liệu lúc", first.as_of),
        *((f"  {name}", words) for name, words in first.context.items()),
        ("Mã gói", signing.grouped(first.digest[:32])),
        ("Người ký", f"{signing.grouped(first.fingerprint)}{who}"),
    ):
        print(f"{name:<14} {words}")
    print()
    for line in verdict.lines:
        row = line.stated
        numbers = "  ".join(f"{name} {row[name]}" for name in SHOWN if row[name] not in (None, "exact"))
        print(f"= {row['unit_id']:<20} {row['indicator']:<24} {numbers}")
    print(f"\n{verdict.agreeing} / {len(verdict.lines)} số liệu khớp với dữ liệu trong gói.")
