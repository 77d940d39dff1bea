"""`privacy`: the record of processing as a page of documentation (docs/privacy.md)."""

from __future__ import annotations

import argparse

from nhanlucso.upkeep.retention.document import privacy_document


def arguments(parser: argparse.ArgumentParser) -> None:
    """None."""


def run(options: argparse.Namespace) -> None:
    print(privacy_document(), end="")
