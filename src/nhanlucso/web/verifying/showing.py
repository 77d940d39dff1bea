"""A verdict as the page says it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from nhanlucso.indicators.capsules import signing
from nhanlucso.indicators.capsules.marks import Mark, require_mark
from nhanlucso.indicators.capsules.reading import Stated
from nhanlucso.indicators.capsules.verdict import Line, Verdict, require_signer
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.periods import parse_period
from nhanlucso.web.kit.periods import period_label
from nhanlucso.web.kit.wording import number, qualifier_word, quantity


@dataclass(frozen=True, slots=True)
class Row:
    """A figure: what it is called, in which period, as stated, as computed again, whether they agree."""

    name: str
    period: str
    stated: str
    again: str
    agrees: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """A verdict in words. `wrong`: why the capsule is not what it should be; `own`: signed by this installation (None:
    it has no key); `rows`: figures of the unit; `others`: name of a unit below, how many of its figures agree, of how
    many; `differing`: figures of these that do not."""

    verdict: Verdict
    wrong: Sequence[str]
    own: bool | None
    asked_key: bool
    asked_paper: bool
    fingerprint: str
    digest: str
    period: str
    rows: Sequence[Row]
    others: Sequence[tuple[str, int, int]]
    differing: Sequence[tuple[str, Row]]

    @property
    def is_true(self) -> bool:
        return not self.wrong and not self.verdict.differing and not self.verdict.gaps

    @property
    def owed(self) -> int:
        """How many figures the capsule should state."""
        return len(self.verdict.lines) + self.verdict.missing

    @property
    def missing(self) -> Sequence[tuple[str, str, str]]:
        """Of each unit and period with figures left out: its name, the period, their names («» for all of them)."""
        names = {place.id: place.name for place in self.verdict.manifest.units}
        definitions = self.verdict.capsule.definitions
        return [
            (
                names.get(gap.unit, gap.unit),
                period_label(parse_period(gap.period)),
                "" if gap.whole else "; ".join(str(definitions[code].name) for code in gap.indicators),
            )
            for gap in self.verdict.gaps
        ]


def shown(verdict: Verdict, mark: Mark | None, key: str) -> Shown:
    """The page of a verdict; a wrong paper or signer is told beside the figures."""
    first, own = verdict.manifest, signing.own_key()
    held: dict[str, list[Line]] = {place.id: [] for place in first.units}
    for line in verdict.lines:
        held[line.stated["unit_id"]].append(line)
    below = first.units[1:]
    return Shown(
        verdict=verdict,
        wrong=[*_asked(bool(key), lambda: require_signer(first, key)), *_asked_mark(mark, verdict)],
        own=None if own is None else own.hex() == first.public_key,
        asked_key=bool(key),
        asked_paper=mark is not None,
        fingerprint=signing.grouped(first.fingerprint),
        digest=signing.grouped(first.digest[: signing.SHORT]),
        period=period_label(parse_period(first.period)),
        rows=[_row(verdict, line) for line in held[first.unit.id]],
        others=[(p.name, sum(line.agrees for line in held[p.id]), len(held[p.id])) for p in below],
        differing=[(p.name, _row(verdict, line)) for p in below for line in held[p.id] if not line.agrees],
    )


def _asked_mark(mark: Mark | None, verdict: Verdict) -> list[str]:
    return [] if mark is None else _asked(True, lambda: require_mark(mark, verdict.manifest))


def _asked(wanted: bool, require: Callable[[], None]) -> list[str]:
    try:
        if wanted:
            require()
    except Refused as problem:
        return [problem.message]
    return []


def _row(verdict: Verdict, line: Line) -> Row:
    code, period = line.stated["indicator"], line.stated["period"]
    other = "" if period == verdict.manifest.period else period_label(parse_period(period))
    name = str(verdict.capsule.definitions[code].name)
    return Row(name, other, _words(line.stated), _words(line.again), line.agrees)


def _words(figure: Stated) -> str:
    """A figure in one line; what a stranger wrote instead of numbers as it stands."""
    try:
        return _sentence(figure)
    except (TypeError, ValueError, ArithmeticError):
        return str(figure.get("value"))[:200]


def _sentence(figure: Stated) -> str:
    """Of a share its parts too, of an uncertain figure its bounds."""
    unit = str(figure.get("unit"))
    parts = [qualifier_word(figure.get("qualifier"), unit), quantity(figure.get("value"), unit)]
    if unit == "%":
        parts.append(f"({number(figure.get('numerator'))}/{number(figure.get('denominator'))})")
    if figure.get("low") != figure.get("value") or figure.get("high") != figure.get("value"):
        parts.append(f"[{quantity(figure.get('low'), unit)} – {quantity(figure.get('high'), unit)}]")
    return " ".join(part for part in parts if part)
