"""Texts in the language of whoever reads them, also where Django was not started."""

from __future__ import annotations

from django.apps import apps
from django.utils.translation import gettext


def say(text: str) -> str:
    """The text in the active language; as it stands in the source in a command that runs without settings."""
    return gettext(text) if apps.ready else text


def mark(text: str) -> str:
    """The text itself, found for the catalogue of translations; to be said later with `say`."""
    return text
