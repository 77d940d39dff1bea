"""`manage`: Django's own commands."""

from __future__ import annotations

import argparse

from django.core.management import execute_from_command_line


def arguments(parser: argparse.ArgumentParser) -> None:
    """Django reads its own arguments."""


def run(words: list[str]) -> None:
    execute_from_command_line(["nhanlucso manage", *words])
