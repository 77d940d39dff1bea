"""Provinces that publish: random worlds, each from a database of its own as far as anybody can tell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from django.db import transaction
from django.test import override_settings

from nhanlucso.exchange.bundle.importing import import_bundle
from nhanlucso.indicators.catalogue import INDICATORS
from nhanlucso.indicators.figures import as_json
from nhanlucso.indicators.own.rules import Parts
from nhanlucso.indicators.own.services import OwnData, begin_indicator
from nhanlucso.indicators.own.services import publish as publish_own
from nhanlucso.indicators.queries import ask, figures, pick
from nhanlucso.indicators.rollup.publishing import publish
from nhanlucso.indicators.rollup.shelf import Shelf, shelf
from nhanlucso.kernel.clock import now
from nhanlucso.kernel.scope import SYSTEM
from nhanlucso.orgs.queries import references
from tests.reference.random_world import write_world

NOTHING: Mapping[str, Any] = MappingProxyType({})
ASKED = (
    ("2025", "decree", "then"),
    ("2025-9M", "civil", "2026-06-30"),
    ("2024-07-01..2025-07-01", "decree", "then"),
)


@dataclass
class Country:
    """What lies on the shelf, the keys of who put it there, and every figure as each province states it itself:
    by question and unit, in the order of the catalogue."""

    shelf: Shelf
    keys: dict[str, str] = field(default_factory=dict)
    stated: dict[tuple[str, str, str], dict[str, list[dict[str, Any]]]] = field(default_factory=dict)

    def publish(self, source: str, seed: int, folder: Path, own: Mapping[str, Parts] = NOTHING) -> None:
        """One more province, a random world, with its own indicators by slug; its records are gone afterwards."""
        folder.mkdir()
        keys = {
            "SIGN_KEY": f"sign {source}",
            "PSEUDONYM_KEY": f"people {source}",
            "FACTS_FOLDER": folder / "facts",
        }
        with override_settings(**keys), transaction.atomic():
            import_bundle(write_world(seed, folder / "bundle"), dry_run=False, by=None, at=now())
            for slug, parts in own.items():
                begin_indicator(slug=slug, data=OwnData(slug, parts), by=SYSTEM, at=now())
                publish_own(slug=slug, valid_from=None, by=SYSTEM, at=now())
            page, _ = publish(shelf=self.shelf, source=source, by=SYSTEM, at=now())
            self.keys[source] = page.public_key
            for question in ASKED:
                found = figures(
                    SYSTEM, ask(*question), pick([*INDICATORS, *(f"own.{slug}" for slug in own)]), None
                )
                names = references(list(found))
                self.stated.setdefault(question, {}).update(
                    {
                        f"{source}:{names[unit]}": [
                            as_json(figure, f"{source}:{names[unit]}", question[0]) for figure in held
                        ]
                        for unit, held in found.items()
                    }
                )
            transaction.set_rollback(True)


def country(folder: Path, seeds: dict[str, int], own: Mapping[str, Mapping[str, Parts]] = NOTHING) -> Country:
    """A shelf in the folder with one random world for each source, with the own indicators of each."""
    made = Country(shelf(str(folder / "shelf")))
    Path(made.shelf.root).mkdir(parents=True)
    for source, seed in seeds.items():
        made.publish(source, seed, folder / source, own.get(source, {}))
    return made
