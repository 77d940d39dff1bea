"""What an extract says of itself: the signed page."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from nhanlucso.indicators.capsules import signing
from nhanlucso.indicators.capsules.manifest import as_json
from nhanlucso.indicators.rollup.refusals import damaged
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.language import say as _

FORMAT, VERSION = "nhanlucso-extract", 1
PAGE, SIGNATURE = "manifest.json", "manifest.sig"
_SOURCE = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """The signed page of an extract.

    `source`: the name of the installation among all that publish; `build`, `as_of`: the facts; `product`: the version
    that wrote it; `definitions`: versions of indicators by code, there; `rows`: of each table; `numbers`: by kind of
    column a bound that every number stays below; `members`: file → SHA-256; `public_key`: 64 hexadecimal digits; `own`:
    declarations of own indicators (`rollup.own`); `own_left_out`: those whose facts no extract holds, by code what they
    ask for.
    """

    source: str
    build: str
    as_of: str
    product: str
    definitions: Mapping[str, int]
    rows: Mapping[str, int]
    numbers: Mapping[str, int]
    members: Mapping[str, str]
    public_key: str
    own: Sequence[Mapping[str, Any]] = ()
    own_left_out: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @property
    def fingerprint(self) -> str:
        return signing.fingerprint(bytes.fromhex(self.public_key))


def to_bytes(manifest: Manifest) -> bytes:
    """The page as it is signed."""
    told = asdict(manifest)
    for name in ("own", "own_left_out"):  # as before there were any
        if not told[name]:
            del told[name]
    return as_json({"format": FORMAT, "version": VERSION, **told})


def from_bytes(where: str, data: bytes) -> Manifest:
    """Raises Refused("extract_damaged") for a page that cannot be read, or of another format or version."""
    try:
        document = json.loads(data)
        if (document.pop("format"), document.pop("version")) != (FORMAT, VERSION):
            raise damaged(where, _("không phải bản trích phiên bản %(version)s.") % {"version": VERSION})
        found = Manifest(**{**document, "own": tuple(document.get("own", ()))})
        _checked(found)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as problem:
        raise damaged(where, _("bản kê không đọc được.")) from problem
    return found


def require_source(name: str) -> str:
    """The name, if sources may be called so. Raises Refused("bad_source")."""
    if not _SOURCE.fullmatch(name):
        raise Refused(
            "bad_source",
            _("«%(name)s» không dùng làm tên nguồn được: chỉ a-z, 0-9 và dấu -, dài nhất 40, như lao-cai.")
            % {"name": name[:80]},
        )
    return name


def _checked(page: Manifest) -> None:
    texts = [page.source, page.build, page.as_of, page.product, page.public_key, *page.members.values()]
    texts += [word for words in page.own_left_out.values() for word in words]
    wholes = [*page.definitions.values(), *page.rows.values(), *page.numbers.values()]
    if not all(isinstance(text, str) for text in texts) or not all(_is_count(n) for n in wholes):
        raise ValueError
    if not _SOURCE.fullmatch(page.source) or len(bytes.fromhex(page.public_key)) != 32:
        raise ValueError


def _is_count(value: Any) -> bool:
    return type(value) is int and 0 <= value < 1 << 62
