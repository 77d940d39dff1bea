"""The house stands: imports and foreign keys go down."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from django.apps import apps

from tests.architecture.source import ROOT, floors, product

LINTER = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"


def test_imports_keep_every_contract() -> None:
    outcome = subprocess.run(
        [sys.executable, "-c", LINTER],
        cwd=ROOT,
        capture_output=True,
        text=True,
        env=os.environ | {"NO_COLOR": "1"},
    )
    assert outcome.returncode == 0, outcome.stdout


def test_every_room_stands_on_a_floor() -> None:
    rooms = {module.room for module in product()} - {""}
    assert rooms == set(floors())


def test_relations_between_tables_go_down() -> None:
    upward = []
    for model in apps.get_models(include_auto_created=True):
        if not model.__module__.startswith("nhanlucso."):
            continue
        here = model._meta.app_label
        for field in model._meta.get_fields():
            if not (field.is_relation and field.concrete and field.related_model):
                continue
            there = field.related_model._meta.app_label
            same_or_ours = there == here or there not in floors()
            if not same_or_ours and floors()[there] >= floors()[here]:
                upward.append(f"{model.__name__}.{field.name} → {there}")
    assert upward == []


def test_rooms_bear_the_label_of_their_folder() -> None:
    for config in apps.get_app_configs():
        if config.name.startswith("nhanlucso."):
            assert config.label == Path(config.path).name
