"""`worker`: does the long work that pages and commands queue, one piece after the other."""

from __future__ import annotations

import argparse

from django.core.management import call_command

from nhanlucso.jobs.heartbeat import beating

_LOOK_EVERY = 0.5  # seconds


def arguments(parser: argparse.ArgumentParser) -> None:
    """There are none: everything is a setting."""


def run(options: argparse.Namespace) -> None:
    with beating():
        call_command("db_worker", interval=_LOOK_EVERY, reload=False)
