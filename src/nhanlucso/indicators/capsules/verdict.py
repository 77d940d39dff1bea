"""Judging a capsule: whether every figure that it states follows from what it holds, and who says so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from nhanlucso.indicators.capsules import signing
from nhanlucso.indicators.capsules.completeness import Gap
from nhanlucso.indicators.capsules.manifest import Manifest
from nhanlucso.indicators.capsules.marks import Mark, require_mark
from nhanlucso.indicators.capsules.reading import Capsule, Stated, read_capsule
from nhanlucso.kernel.errors import Detail, Refused
from nhanlucso.kernel.language import say as _

SHOWN = ("value", "numerator", "denominator", "qualifier", "low", "high", "unallocated")


@dataclass(frozen=True, slots=True)
class Line:
    """One figure: as stated, as computed again, and the fields in which they differ."""

    stated: Stated
    again: Stated

    @property
    def apart(self) -> list[str]:
        names = dict.fromkeys([*self.stated, *self.again])
        return [name for name in names if self.stated.get(name, ...) != self.again.get(name, ...)]

    @property
    def agrees(self) -> bool:
        return not self.apart


@dataclass(frozen=True, slots=True)
class Verdict:
    """An opened capsule with every figure computed again. `gaps`: figures that it should state and does not."""

    capsule: Capsule
    lines: Sequence[Line]
    gaps: Sequence[Gap]

    @property
    def manifest(self) -> Manifest:
        return self.capsule.manifest

    @property
    def agreeing(self) -> int:
        return sum(line.agrees for line in self.lines)

    @property
    def differing(self) -> list[Line]:
        return [line for line in self.lines if not line.agrees]

    @property
    def missing(self) -> int:
        """How many figures it should state and does not."""
        return sum(len(gap.indicators) for gap in self.gaps)


def judged(data: bytes | Path) -> Verdict:
    """Opens a capsule and computes every figure again. Raises as `read_capsule`; figures that differ or are missing are
    told."""
    capsule = read_capsule(data)
    again = capsule.recomputed()
    lines = [Line(*pair) for pair in zip(capsule.figures, again, strict=True)]
    return Verdict(capsule, lines, capsule.missing())


def require_signer(manifest: Manifest, wanted: str) -> None:
    """Raises Refused("other_signer") unless the key has this fingerprint (of which at least 32 digits are given) or is
    this public key; Refused("bad_key") for what is neither."""
    digits = signing.written_key(wanted)
    if len(digits) not in (signing.FINGERPRINT, 64):
        raise Refused(
            "bad_key",
            _(
                "«%(key)s» không phải dấu vân tay của khóa (32 chữ số 0-9, a-f) hay khóa công khai (64 chữ số)."
            )
            % {"key": wanted.strip()[:80]},
        )
    held = manifest.fingerprint if len(digits) == signing.FINGERPRINT else manifest.public_key
    if held != digits:
        raise Refused(
            "other_signer",
            _("Gói do một khóa khác ký: %(found)s. Khóa cần có: %(wanted)s.")
            % {
                "found": signing.grouped(manifest.fingerprint),
                "wanted": signing.grouped(digits[: signing.FINGERPRINT])
                if len(digits) == signing.FINGERPRINT
                else signing.grouped(signing.fingerprint(bytes.fromhex(digits))),
            },
        )


def require_true(verdict: Verdict, *, mark: Mark | None = None) -> None:
    """Raises Refused("other_paper"), Refused("figures_differ") with every number that differs, and
    Refused("figures_missing") with every figure that is owed and not stated."""
    if mark is not None:
        require_mark(mark, verdict.manifest)
    left_out = [Detail(message=gap.words, file="figures.json") for gap in verdict.gaps]
    if verdict.differing:
        raise Refused(
            "figures_differ",
            _("%(count)s trong %(all)s số liệu không khớp với dữ liệu trong gói.")
            % {"count": len(verdict.differing), "all": len(verdict.lines)},
            [
                *(Detail(message=_difference(line), file="figures.json") for line in verdict.differing),
                *left_out,
            ],
        )
    if left_out:
        raise Refused(
            "figures_missing",
            _("Gói thiếu %(count)s trong %(all)s số liệu phải có.")
            % {"count": verdict.missing, "all": len(verdict.lines) + verdict.missing},
            left_out,
        )


def _difference(line: Line) -> str:
    name = f"{line.stated.get('indicator')} · {line.stated.get('unit_id')}"
    parts = [
        _("%(field)s nêu %(stated)s, tính lại %(again)s")
        % {"field": field, "stated": line.stated.get(field), "again": line.again.get(field)}
        for field in line.apart
    ]
    return f"{name}: {'; '.join(parts)}"
