"""Looks of marked cells: as they were, with a light fill."""

from __future__ import annotations

from dataclasses import dataclass, field

from nhanlucso.exchange.sheets.commenting.markup import Attributes, Walker, patched, prefix, with_attributes

FILL = "FFFFF2CC"


@dataclass(slots=True)
class _Found:
    """Where fills and cell looks end in the part, how many they are, and every cell look as it is written."""

    fills: int = 0
    fills_tag: int = -1
    fills_end: int = -1
    looks_tag: int = -1
    looks_end: int = -1
    looks: list[bytes] = field(default_factory=list)


class Styles:
    """The styles of a workbook. `marked` gives the number of a look with the fill for the number of any look."""

    def __init__(self, data: bytes) -> None:
        self._walker = Walker(data)
        self._found = _Found()
        self._begun = 0
        self._walker.walk(self._start, self._end)
        self._new: dict[int, bytes] = {}

    @property
    def usable(self) -> bool:
        return self._found.fills_end >= 0 and self._found.looks_end >= 0 and bool(self._found.looks)

    def marked(self, look: int) -> int:
        known = look if look < len(self._found.looks) else 0
        if known not in self._new:
            self._new[known] = self._with_fill(self._found.looks[known])
        return len(self._found.looks) + list(self._new).index(known)

    def written(self) -> bytes:
        """The part with the fill and the new looks."""
        found, data = self._found, self._walker.data
        fills, looks = self._walker.tag(found.fills_tag), self._walker.tag(found.looks_tag)
        p = prefix(fills)
        colour = b'<%sfgColor rgb="%s"/><%sbgColor indexed="64"/>' % (p, FILL.encode(), p)
        made = b'<%sfill><%spatternFill patternType="solid">%s</%spatternFill></%sfill>' % (
            p,
            p,
            colour,
            p,
            p,
        )
        return patched(
            data,
            [
                (
                    found.fills_tag,
                    found.fills_tag + len(fills),
                    with_attributes(fills, count=found.fills + 1),
                ),
                (found.fills_end, found.fills_end, made),
                (
                    found.looks_tag,
                    found.looks_tag + len(looks),
                    with_attributes(looks, count=len(found.looks) + len(self._new)),
                ),
                (found.looks_end, found.looks_end, b"".join(self._new.values())),
            ],
        )

    def _with_fill(self, look: bytes) -> bytes:
        tag = look[: look.index(b">") + 1]
        return with_attributes(tag, fillId=self._found.fills, applyFill=1) + look[len(tag) :]

    def _start(self, name: str, attributes: Attributes, first: int, depth: int) -> None:
        if depth == 1 and name == "fills":
            self._found.fills_tag = first
        elif depth == 1 and name == "cellXfs":
            self._found.looks_tag = first
        elif depth == 2 and name == "fill" and self._found.fills_end < 0 <= self._found.fills_tag:
            self._found.fills += 1
        elif depth == 2 and name == "xf" and self._found.looks_end < 0 <= self._found.looks_tag:
            self._begun = first

    def _end(self, name: str, first: int, depth: int) -> None:
        found, data = self._found, self._walker.data
        if depth == 1 and name == "fills" and found.fills_tag != first:
            found.fills_end = first
        elif depth == 1 and name == "cellXfs" and found.looks_tag != first:
            found.looks_end = first
        elif depth == 2 and name == "xf" and found.looks_end < 0 <= found.looks_tag:
            found.looks.append(data[self._begun : data.index(b">", max(first, self._begun)) + 1])
