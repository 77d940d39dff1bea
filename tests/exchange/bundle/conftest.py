"""What the tests of bundles share: importing, exporting, counting and emptying."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

AT = datetime(2026, 3, 1, tzinfo=UTC)


@pytest.fixture
def take(tmp_path: Path) -> Callable[..., Any]:
    """Imports a bundle (object or path)."""
    from nhanlucso.exchange.bundle.importing import import_bundle

    counter = iter(range(1000))

    def run(bundle: Any, *, dry_run: bool = False, **options: Any) -> Any:
        path = bundle if isinstance(bundle, Path) else bundle.folder(tmp_path / f"taken{next(counter)}")
        return import_bundle(path, dry_run=dry_run, by=None, at=AT, **options)

    return run


@pytest.fixture
def give(tmp_path: Path, scope: Any) -> Callable[..., Path]:
    """Exports to a fresh path and returns it; with `unit` the subtree of the unit of that id."""
    from nhanlucso.exchange.bundle.exporting import export_bundle
    from nhanlucso.orgs.queries import resolve_unit

    counter = iter(range(1000))

    def run(ending: str = "", unit: str = "", **options: Any) -> Path:
        path = tmp_path / f"given{next(counter)}{ending}"
        options = {"scope": scope, "at": AT, **options}
        export_bundle(path, unit=resolve_unit(unit) if unit else None, **options)
        return path

    return run


@pytest.fixture
def counts() -> Callable[[], dict[str, int]]:
    """How many records there are, of every kind that a bundle or its import writes."""
    from nhanlucso.audit.models import Event, Touch
    from nhanlucso.exchange.bundle.files import FILES
    from nhanlucso.orgs.models import StructureStamp, Unit

    models: list[Any] = [*(spec.model for spec in FILES), Unit, Event, Touch, StructureStamp]
    return lambda: {model.__name__: model.objects.count() for model in models}


@pytest.fixture
def empty() -> Callable[[], None]:
    """Forgets all records, as a new installation would."""
    from nhanlucso.exchange.bundle.files import FILES
    from nhanlucso.orgs.models import Unit
    from nhanlucso.orgs.services import structure_changed

    def run() -> None:
        models: list[Any] = [*(spec.model for spec in reversed(FILES)), Unit]
        for model in models:
            model.objects.all().delete()
        structure_changed()

    return run
