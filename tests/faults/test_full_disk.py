"""A disk that takes no byte more, under a server that runs: writes say so, reading goes on, nothing is lost, and with
room again everything works without a restart. The system itself holds the processes back (RLIMIT_FSIZE)."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.faults.doings import Bundles, Lists, Marks, Scans
from tests.faults.machine import Machine, until
from tests.faults.visitor import Visitor
from tests.installation import Installation
from tests.upkeep.records import counts, value

NO_BYTE_MORE = 4096  # every file of the database is longer


@contextmanager
def full(machine: Machine) -> Iterator[None]:
    """Nothing that the product writes may grow."""
    unlimited = resource.RLIM_INFINITY
    for process in machine.processes():
        resource.prlimit(process, resource.RLIMIT_FSIZE, (NO_BYTE_MORE, unlimited))
    try:
        yield
    finally:
        for process in machine.processes():
            resource.prlimit(process, resource.RLIMIT_FSIZE, (unlimited, unlimited))


def test_everything_says_so_and_goes_on_with_room_again(demo_copy: Installation) -> None:
    machine = Machine(demo_copy)
    try:
        machine.start()
        officer, operator = Visitor(machine.address), Visitor(machine.address)
        officer.sign_in("tangloong")
        operator.sign_in("quantri")
        marks = Marks(machine, officer)
        scans, lists, bundles = (
            Scans(machine, officer, marks),
            Lists(machine, officer),
            Bundles(machine, operator),
        )
        figures = "/chi-so/?period=2024-9M"
        assert officer.get(figures).status == 200  # the facts are built
        marks.step()
        scans.step()
        before = counts(demo_copy)
        with full(machine):
            for doing in (scans, lists, bundles, *([] if demo_copy.database_url else [marks])):
                with pytest.raises(AssertionError, match="503") as told:
                    doing.step()
                for words in ("Chưa ghi được", "đã đầy", "chưa được ghi", "Báo người quản trị"):
                    assert words in str(told.value)
            for address in ("/can-bo/", "/lop-hoc/", figures, f"/lop-hoc/{marks.place}/"):
                assert officer.get(address).status == 200, address
            if not demo_copy.database_url:
                assert counts(demo_copy) == before
        for doing in (marks, scans, lists, bundles):
            doing.step()
            doing.check()
        open_jobs = "SELECT count(*) FROM jobs_job WHERE state IN ('waiting', 'running')"
        until(lambda: not value(demo_copy, open_jobs), "work is left")
        assert officer.get(figures).status == 200
        until(lambda: set(machine.doctor()) <= {"facts"}, f"doctor: {machine.doctor()}")
    finally:
        machine.stop()
    assert not [path for path in (demo_copy.folder / "tmp").rglob("*") if path.is_file()]
