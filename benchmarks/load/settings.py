"""The settings of the product, with one page more: `hello`, by the same stack, which others are compared with."""

from __future__ import annotations

from nhanlucso.config.settings import *  # noqa: F403

ROOT_URLCONF = "benchmarks.load.urls"
