"""Making a capsule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from nhanlucso import __version__
from nhanlucso.indicators.capsules import container, declarations, manifest, signing, tables, trees
from nhanlucso.indicators.capsules.excerpts import Excerpt, Wish, excerpt
from nhanlucso.indicators.capsules.manifest import Manifest, Place
from nhanlucso.indicators.capsules.pseudonyms import pseudonyms
from nhanlucso.indicators.catalogue import Indicator
from nhanlucso.indicators.engine.store import Store
from nhanlucso.indicators.figures import as_json
from nhanlucso.indicators.queries import Ask
from nhanlucso.indicators.rules import Figure
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.language import say as _
from nhanlucso.orgs.queries import references
from nhanlucso.orgs.rules import History

FIGURES, TREE, DEFINITIONS = "figures.json", "tree.json", "definitions.json"


def write_capsule(
    *,
    store: Store,
    asked: Ask,
    unit: int,
    figures: Sequence[Figure],
    period: str,
    calendar: str,
    context: Mapping[str, str],
    at: datetime,
) -> bytes:
    """The signed capsule of a unit's figures: the same bytes for the same input.

    `store`: the build that the figures were computed from; `figures`: all of the unit and, if given, of its children,
    on the tree of `asked`; those of another window than that of `asked` bear its days as their period. `context`:
    number of the document, revision («revision») and build («build»), …; never anything of a person.
    Raises Refused("capsule_too_large").
    """
    units = list(dict.fromkeys([unit, *(figure.unit_id for figure in figures)]))
    ids = references(units)
    indicators = list(dict.fromkeys(figure.indicator for figure in figures))
    found = excerpt(store, _wish(asked, unit, figures, indicators), pseudonyms)
    members = {
        FIGURES: manifest.as_json([as_json(f, ids[f.unit_id], _period(f, asked, period)) for f in figures]),
        DEFINITIONS: manifest.as_json([declarations.as_data(i, found.courses) for i in indicators]),
        TREE: manifest.as_json(trees.as_data(store.history, found.units)),
        **_facts(found),
    }
    first = Manifest(
        units=tuple(_place(store.history, of, asked, found, ids) for of in units),
        period=period,
        calendar=calendar,
        window=(asked.window.a, asked.window.b),
        tree=asked.tree,
        definitions={indicator.code: indicator.version for indicator in indicators},
        build=context.get("build", ""),
        as_of=figures[0].as_of if figures else "",
        product=__version__,
        made_at=at.astimezone(UTC).isoformat(timespec="seconds"),
        context=context,
        rows={name: table.num_rows for name, table in found.tables.items()},
        members={name: container.digest(body) for name, body in members.items()},
        public_key=signing.public_key().hex(),
    )
    page = manifest.to_bytes(first)
    signature = signing.sign(page).hex().encode() + b"\n"
    data = container.pack({container.MANIFEST: page, container.SIGNATURE: signature, **members})
    if len(data) > container.MOST_BYTES:
        raise _too_large()
    return data


def _wish(asked: Ask, unit: int, figures: Sequence[Figure], indicators: Sequence[Indicator]) -> Wish:
    days = {asked.window.b} | {figure.window[1] for figure in figures}
    if any(figure.tree != asked.tree for figure in figures) or max(days) > asked.tree:
        raise ValueError("Figures of one capsule are read on one tree.")
    return Wish(
        unit=unit,
        tree=asked.tree,
        days=tuple(sorted(days)),
        courses=tuple(course for indicator in indicators for course in declarations.named_courses(indicator)),
        personal=any(declarations.is_personal(indicator) for indicator in indicators),
    )


def _facts(found: Excerpt) -> dict[str, bytes]:
    if any(table.num_rows > tables.MOST_ROWS for table in found.tables.values()):
        raise _too_large()
    return {tables.member(name): tables.to_parquet(table) for name, table in found.tables.items()}


def _period(figure: Figure, asked: Ask, period: str) -> str:
    if figure.window == (asked.window.a, asked.window.b):
        return period
    return "..".join(day.isoformat() for day in figure.window)


def _place(history: History, unit: int, asked: Ask, found: Excerpt, ids: Mapping[int, str]) -> Place:
    version = history.version(unit, asked.tree)
    words = (version.code, version.name, version.kind) if version else ("", "", "")
    return Place(found.units[unit], ids[unit], *words)


def _too_large() -> Refused:
    return Refused(
        "capsule_too_large",
        _("Số liệu của đơn vị này quá lớn cho một gói; hãy lập cho từng đơn vị trực thuộc."),
    )
