"""kill -9 at any moment: no acknowledged write is lost, nothing is written by half, the next start mends itself.

A sample runs with the others; NHANLUCSO_CAMPAIGN=1 kills 500 times. NHANLUCSO_KILLS and NHANLUCSO_SEED choose others.
"""

from __future__ import annotations

import json
import os
import random
import time
from collections import Counter
from pathlib import Path
from threading import Event, Thread

import pytest

from tests.faults.doings import Backups, Bundles, Doing, Lists, Marks, Reports, Scans
from tests.faults.machine import KILLS, PATIENCE, Machine, until
from tests.faults.visitor import Unanswered, Visitor
from tests.installation import Installation
from tests.upkeep.records import value

CAMPAIGN = os.environ.get("NHANLUCSO_CAMPAIGN") == "1"
TIMES = int(os.environ.get("NHANLUCSO_KILLS", "500" if CAMPAIGN else "4"))
SEED = int(os.environ.get("NHANLUCSO_SEED", "20260"))
LONGEST = 10.0 if CAMPAIGN else 2.0  # seconds from one start to the next kill
MENDED = {"facts"}  # what doctor may mind: figures are built when somebody asks for them


def doings(machine: Machine) -> list[Doing]:
    visitors = {name: Visitor(machine.address) for name in ("quantri", "tangloong", "chutich")}
    for name, visitor in visitors.items():
        visitor.sign_in(name)
    officer = visitors["tangloong"]
    marks = Marks(machine, officer)
    return [
        marks,
        Scans(machine, officer, marks),
        Lists(machine, officer),
        Bundles(machine, visitors["quantri"]),
        Reports(machine, officer, visitors["chutich"]),
        Backups(machine, officer),
    ]


class Round:
    """Everybody at once, until told to stop or until the server is gone."""

    def __init__(self, all_doings: list[Doing]) -> None:
        self.wrong: list[BaseException] = []
        self._over = Event()
        self._threads = [Thread(target=self._go, args=(doing,), daemon=True) for doing in all_doings]
        for thread in self._threads:
            thread.start()

    def _go(self, doing: Doing) -> None:
        try:
            while not self._over.is_set():
                doing.step()
        except Unanswered:
            return
        except BaseException as problem:
            self.wrong.append(problem)

    def end(self) -> None:
        self._over.set()
        for thread in self._threads:
            thread.join(timeout=PATIENCE)
            assert not thread.is_alive()
        for problem in self.wrong:
            raise problem


def mended(machine: Machine) -> None:
    """Doctor finds nothing, as soon as what was left has been taken up."""
    found: dict[str, str] = {}

    def well() -> bool:
        nonlocal found
        found = machine.doctor()
        return not set(found) - MENDED

    try:
        until(well, "")
    except AssertionError:
        pytest.fail(f"doctor: {found}")


def swept(installation: Installation) -> None:
    """Two days later nothing is left of what was killed."""
    past = time.time() - 2 * 86_400
    for path in installation.folder.rglob("*"):
        if path.is_file() and path.name != ".lock":
            os.utime(path, (past, past))
    installation.must("tend")
    installation.must("figures", "--unit", "tang-loong", "--period", "2026-9M", "--json")
    known = value(installation, "SELECT count(DISTINCT sha256) FROM files_upload")
    assert sum(path.is_file() for path in (installation.folder / "uploads").rglob("*")) == known
    assert not [path for path in (installation.folder / "jobs").iterdir() if path.suffix != ".worker"]
    assert not list((installation.folder / "facts").glob(".[!l]*"))


@pytest.mark.campaign
def test_nothing_is_lost_whoever_is_killed(demo_copy: Installation) -> None:
    machine, chance, counted = Machine(demo_copy), random.Random(SEED), Counter[str]()
    try:
        machine.start()
        everybody = doings(machine)
        for number in range(TIMES):
            under_way = Round(everybody)
            time.sleep(chance.uniform(0.1, LONGEST))
            whom = chance.choice(KILLS)
            counted.update([f"killed: {whom}", *(f"while {doing.now}" for doing in everybody)])
            machine.kill(whom)
            under_way.end()
            machine.start()
            mended(machine)
            for doing in everybody:
                doing.check()
            _tell(number + 1, counted)
        open_jobs = "SELECT count(*) FROM jobs_job WHERE state IN ('waiting', 'running')"
        until(lambda: not value(demo_copy, open_jobs), "work is left")
        for doing in everybody:
            doing.check()
            doing.complete()
    finally:
        machine.stop()
    swept(demo_copy)
    assert not [path for path in (demo_copy.folder / "tmp").rglob("*") if path.is_file()]


def _tell(number: int, counted: Counter[str]) -> None:
    """Where the campaign is, for whoever waits for it."""
    if place := os.environ.get("NHANLUCSO_KILLS_TOLD"):
        Path(place).write_text(json.dumps({"kills": number, **dict(sorted(counted.items()))}, indent=1))
