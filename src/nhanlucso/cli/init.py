"""`init`: the data folder and the database, made before any command that needs them."""

from __future__ import annotations

import argparse

from nhanlucso.cli.output import emit
from nhanlucso.config import env


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true")


def run(options: argparse.Namespace) -> None:
    if options.json:
        emit({"data": str(env.data_folder())})
    else:
        print(f"Sẵn sàng: {env.data_folder()}")
