"""`worker`: does the long work that pages and commands queue, one piece after the other."""

from __future__ import annotations

import argparse
from contextlib import suppress

from django.core.management import call_command
from django.db import DatabaseError

from nhanlucso.hooks.telling import telling
from nhanlucso.jobs.heartbeat import beating
from nhanlucso.jobs.services import tidy
from nhanlucso.kernel.clock import now

_LOOK_EVERY = 0.5  # seconds


def arguments(parser: argparse.ArgumentParser) -> None:
    """There are none: everything is a setting."""


def run(options: argparse.Namespace) -> None:
    with suppress(DatabaseError, OSError):  # what a worker that was killed left behind comes first
        tidy(by=None, at=now())
    with beating(), telling():
        call_command("db_worker", interval=_LOOK_EVERY, reload=False)
