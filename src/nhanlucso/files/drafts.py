"""Where files lie until they are whole."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings


def drafts_folder() -> Path:
    """Where files lie until they are whole, on the disk of all the others; what is old there was left by somebody who
    was killed."""
    return Path(settings.DATA) / "tmp"
