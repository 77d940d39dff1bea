"""What stands in the QR code of a paper: enough to tell whether a capsule is that of the paper."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nhanlucso.indicators.capsules import signing
from nhanlucso.indicators.capsules.manifest import Manifest
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.language import say as _

PRODUCT, VERSION = "NHANLUCSO", "1"
_DIGEST = 32  # hexadecimal digits of the capsule's digest
_OTHER = re.compile(r"[^A-Z0-9.-]+")
_SHAPE = re.compile(
    rf"{PRODUCT}:{VERSION}:(?P<unit>[A-Z0-9.-]*):(?P<period>[A-Z0-9.-]+):(?P<revision>[A-Z0-9.-]*):"
    rf"(?P<digest>[0-9A-F]{{{_DIGEST}}}):(?P<fingerprint>[0-9A-F]{{{signing.SHORT}}})"
)


@dataclass(frozen=True, slots=True)
class Mark:
    """Unit code, period, revision, beginnings of the capsule's digest and of the signer's fingerprint; capitals,
    which make a smaller code."""

    unit: str
    period: str
    revision: str
    digest: str
    fingerprint: str

    @property
    def text(self) -> str:
        return ":".join(
            (PRODUCT, VERSION, self.unit, self.period, self.revision, self.digest, self.fingerprint)
        )


def mark_of(manifest: Manifest) -> Mark:
    """The mark that the paper of a capsule bears."""
    unit = manifest.unit.code or manifest.unit.id
    return Mark(
        unit=_plain(unit),
        period=_plain(manifest.period),
        revision=_plain(manifest.revision),
        digest=manifest.digest[:_DIGEST].upper(),
        fingerprint=manifest.fingerprint[: signing.SHORT].upper(),
    )


def read_mark(text: str) -> Mark:
    """The mark in a text that was scanned or typed; spaces and small letters do not matter.

    Raises Refused("not_a_mark").
    """
    found = _SHAPE.search(re.sub(r"\s", "", text).upper())
    if found is None:
        raise Refused("not_a_mark", _("Nội dung này không phải mã QR trên báo cáo (NHANLUCSO:1:…)."))
    return Mark(**found.groupdict())


def require_mark(mark: Mark, manifest: Manifest) -> None:
    """Raises Refused("other_paper") unless the capsule is that of the paper, with what is not the same."""
    own = mark_of(manifest)
    if own == mark:
        return
    words = {
        "unit": _("đơn vị"),
        "period": _("kỳ"),
        "revision": _("lần trình"),
        "digest": _("mã gói"),
        "fingerprint": _("người ký"),
    }
    apart = [word for name, word in words.items() if getattr(own, name) != getattr(mark, name)]
    raise Refused(
        "other_paper",
        _("Văn bản này không thuộc gói số liệu này; khác nhau ở: %(what)s.") % {"what": ", ".join(apart)},
    )


def _plain(text: str) -> str:
    return _OTHER.sub("-", text.upper())
