"""Every row of the tables that acts change, as the database holds it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from django.apps import apps

AT = datetime(2024, 9, 14, 8, 30, 15, 123456, tzinfo=UTC)
DAY = date(2024, 9, 10)
_ROOMS = {"people", "training", "learning", "teams", "plans"}


def state() -> dict[str, list[Any]]:
    """Table → its rows with all columns, in the order of their keys."""
    return {
        model._meta.label_lower: list(model._base_manager.order_by("pk").values_list())
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label in _ROOMS
    }
