"""What people do while the machine is killed. Each doing keeps what was acknowledged, and finds it again or not."""

from __future__ import annotations

import hashlib
import random
import re
import subprocess
import time
from itertools import count
from pathlib import Path
from typing import Any

from nhanlucso.upkeep import keys
from nhanlucso.upkeep.verify import verified
from tests.faults.files import COMMUNE, PEOPLE, people_bundle, staff_list
from tests.faults.machine import Machine
from tests.faults.visitor import Answer, Visitor
from tests.installation import PROGRAM
from tests.upkeep.records import opened

CLASS = "Bình dân học vụ số cho cán bộ, công chức"  # the last one of this title is theirs


class Doing:
    """`step` does the next thing; `now` names it. `check` looks for what was acknowledged right after a kill,
    `complete` when all work is done."""

    name = ""
    now = ""

    def __init__(self, machine: Machine, who: Visitor) -> None:
        self.machine, self.who = machine, who

    def step(self) -> None:
        raise NotImplementedError

    def check(self) -> None:
        """Right after the next start."""

    def complete(self) -> None:
        """When nothing is under way any more."""

    def value(self, question: str) -> Any:
        with opened(self.machine.installation) as database:
            row = database.execute(question).fetchone()
        return row[0] if row else None

    def rows(self, question: str) -> list[tuple[Any, ...]]:
        with opened(self.machine.installation) as database:
            return list(database.execute(question).fetchall())

    @staticmethod
    def taken(answer: Answer) -> str:
        """Where an answer leads that acknowledges a write."""
        assert answer.status == 302, f"{answer.status}: {answer.text[:3000]}"
        return answer.location


class Marks(Doing):
    """One mark after the other of a session."""

    name = "marks"

    def __init__(self, machine: Machine, who: Visitor) -> None:
        super().__init__(machine, who)
        self.place, self.session = self.rows(
            "SELECT c.id, min(s.id) FROM training_classsession s JOIN training_trainingclass c ON "
            f"c.id = s.training_class_id WHERE c.title = '{CLASS}' GROUP BY c.id ORDER BY c.id DESC"
        )[0]
        self.known = self._stored()
        self.sent: tuple[int, str] | None = None
        self.chance = random.Random(1)

    def _stored(self) -> dict[int, str]:
        question = f"SELECT person_id, status FROM training_attendance WHERE session_id = {self.session}"
        return dict((int(person), str(mark)) for person, mark in self.rows(question))

    def step(self) -> None:
        self.now = "marking"
        person = self.chance.choice(sorted(self.known))
        before = self.known[person]
        mark = self.chance.choice([one for one in ("present", "late", "absent", "excused") if one != before])
        self.sent = (person, mark)
        given = {f"mark-{person}": mark, f"seen-{person}": before}
        self.taken(self.who.post(f"/lop-hoc/{self.place}/diem-danh/{self.session}/", given))
        self.known[person], self.sent = mark, None
        time.sleep(0.3)  # nobody marks faster

    def check(self) -> None:
        stored = self._stored()
        if self.sent and stored[self.sent[0]] == self.sent[1]:
            self.known[self.sent[0]] = self.sent[1]  # written, and the answer lost
        assert stored == self.known


class Scans(Doing):
    """Photographs of signed lists."""

    name = "scans"

    def __init__(self, machine: Machine, who: Visitor, marks: Marks) -> None:
        super().__init__(machine, who)
        self.address = f"/lop-hoc/{marks.place}/diem-danh/{marks.session}/giay/"
        self.kept: list[str] = []

    def step(self) -> None:
        self.now = "sending a scan"
        content = b"\x89PNG\r\n\x1a\n" + random.randbytes(400_000)
        self.taken(self.who.send(self.address, {}, "files", "ds.png", content))
        self.kept.append(hashlib.sha256(content).hexdigest())
        time.sleep(0.2)  # people photograph more slowly than this

    def check(self) -> None:
        stored = {digest for (digest,) in self.rows("SELECT sha256 FROM files_upload")}
        assert not set(self.kept) - stored
        for digest in self.kept[-20:]:
            place = self.machine.installation.folder / "uploads" / digest[:2] / f"{digest}.png"
            assert hashlib.sha256(place.read_bytes()).hexdigest() == digest

    complete = check


class Lists(Doing):
    """Lists of staff, from the file to what is written."""

    name = "lists"
    numbers = count(1)

    def __init__(self, machine: Machine, who: Visitor) -> None:
        super().__init__(machine, who)
        self.written: list[str] = []
        self.unit = self.value(f"SELECT id FROM orgs_unit WHERE uid = '{COMMUNE}'")
        self._new()

    def _new(self) -> None:
        self.phone = f"09{next(self.numbers):04d}"
        self.content, self.place, self.asked, self.said = staff_list(self.phone), "", False, False

    def _stored(self, phone: str) -> int:
        return int(self.value(f"SELECT count(*) FROM people_person WHERE phone LIKE '{phone}%'"))

    def step(self) -> None:
        if not self.place:
            self.now = "sending a list"
            answer = self.who.send(
                "/nhap-lieu/", {"unit": str(self.unit)}, "file", f"{self.phone}.xlsx", self.content
            )
            self.place = self.taken(answer)
        elif not self._state()[1]:
            self.now = "reading a list"
            time.sleep(0.1)
        elif not self.said:
            self.now = "confirming a list"
            self.taken(self.who.post(f"{self.place}doc/", {"kind": "staff", "go": "1"}))
            self.said = True
        elif not self.asked:
            self.now = "having a list written"
            self.taken(self.who.post(f"{self.place}xong/", {}))
            self.asked = True
            self.written.append(self.phone)
        elif self._state()[0] != "written":
            self.now = "writing a list"
            time.sleep(0.05)
        else:
            assert self._stored(self.phone) == PEOPLE
            self._new()

    def _state(self) -> tuple[str, str]:
        uid = self.place.strip("/").rpartition("/")[2]
        uid = uid if self.machine.installation.database_url else uid.replace("-", "")
        ((state, reading, job, result),) = self.rows(
            "SELECT i.state, i.reading, j.state, j.result FROM exchange_listimport i LEFT JOIN jobs_job j ON "
            f"j.id = i.job_id WHERE i.uid = '{uid}'"
        )
        assert job not in ("failed", "refused"), result
        return str(state), str(reading)

    def check(self) -> None:
        for phone in {self.phone, *self.written[-3:]}:
            assert self._stored(phone) in (0, PEOPLE), "half a list"

    def complete(self) -> None:
        assert all(self._stored(phone) == PEOPLE for phone in self.written)


class Bundles(Doing):
    """Bundles, looked at and written."""

    name = "bundles"
    numbers = count(1)

    def __init__(self, machine: Machine, who: Visitor) -> None:
        super().__init__(machine, who)
        self.written: list[str] = []
        self.unit = self.value(f"SELECT id FROM orgs_unit WHERE uid = '{COMMUNE}'")
        self._new()

    def _new(self) -> None:
        self.mark = f"gap-{next(self.numbers):04d}"
        self.content, self.checked, self.applied = people_bundle(self.mark), "", ""

    def _stored(self, mark: str) -> tuple[int, int]:
        return (
            int(self.value(f"SELECT count(*) FROM people_person WHERE uid LIKE '{mark}-%'")),
            int(self.value(f"SELECT count(*) FROM people_post WHERE uid LIKE '{mark}-%'")),
        )

    def step(self) -> None:
        if not self.checked:
            self.now = "sending a bundle"
            self.checked = self.taken(
                self.who.send(
                    "/nhap-lieu/", {"unit": str(self.unit)}, "file", f"{self.mark}.zip", self.content
                )
            )
        elif not self.applied and self._job(self.checked) != "done":
            self.now = "looking at a bundle"
            time.sleep(0.1)
        elif not self.applied:
            self.now = "having a bundle written"
            place = self.checked.strip("/").rpartition("/")[2]
            self.applied = self.taken(self.who.post(f"/nhap-lieu/ghi/{place}/", {}))
            self.written.append(self.mark)
        elif self._job(self.applied) != "done":
            self.now = "writing a bundle"
            time.sleep(0.05)
        else:
            assert self._stored(self.mark) == (PEOPLE, PEOPLE)
            self._new()

    def _job(self, address: str) -> str:
        job = address.strip("/").rpartition("/")[2]
        job = job if self.machine.installation.database_url else job.replace("-", "")
        ((state, result),) = self.rows(f"SELECT state, result FROM jobs_job WHERE id = '{job}'")
        assert state not in ("failed", "refused"), result
        return str(state)

    def check(self) -> None:
        for mark in {self.mark, *self.written[-3:]}:
            assert self._stored(mark) in ((0, 0), (PEOPLE, PEOPLE)), "half a bundle"

    def complete(self) -> None:
        assert all(self._stored(mark) == (PEOPLE, PEOPLE) for mark in self.written)


class Reports(Doing):
    """A report is checked, submitted, approved, corrected, and so on for ever."""

    name = "reports"

    def __init__(self, machine: Machine, who: Visitor, leader: Visitor) -> None:
        super().__init__(machine, who)
        self.leader = leader
        self.done = dict.fromkeys(("check", "submit", "approve", "correct"), 0)
        unit = self.value(f"SELECT id FROM orgs_unit WHERE uid = '{COMMUNE}'")
        self.place = self.taken(who.post(f"/bao-cao/lap/?unit={unit}&period=2026-Q3", {}))
        self.key = int(self.place.strip("/").rpartition("/")[2])
        self.submitting = -1  # the revision that was asked for

    def _state(self) -> tuple[str, int]:
        ((state, revision),) = self.rows(f"SELECT state, revision FROM reports_report WHERE id = {self.key}")
        return str(state), int(revision)

    def step(self) -> None:
        state, revision = self._state()
        if state == "draft":
            self.now = "checking a report"
            page = self.who.get(f"{self.place}kiem-tra/").text
            given = dict(re.findall(r'name="(seen|figures)" value="([^"]*)"', page))
            if given:
                self.taken(self.who.post(f"{self.place}kiem-tra/", given))
                self.done["check"] += self._state()[0] == "checked"
        elif state == "checked" and self.submitting != revision:
            self.now = "having a report submitted"
            answer = self.who.post(f"{self.place}trinh/", {"seen": str(revision), "comment": ""})
            if answer.location.startswith("/viec/"):
                self.submitting = revision
        elif state == "checked":
            self.now = "freezing a report"
            self._submission(revision)
            time.sleep(0.05)
        elif state == "submitted":
            self.now = "approving a report"
            given = {"seen": str(revision), "decision": "approve", "comment": ""}
            self.taken(self.leader.post(f"{self.place}duyet/", given))
            self.done["approve"] += 1
        else:
            self.now = "correcting a report"
            given = {"seen": str(revision), "reason": "Điểm danh đến muộn"}
            self.taken(self.who.post(f"{self.place}dinh-chinh/", given))
            self.done["correct"] += 1

    def _submission(self, revision: int) -> None:
        """Marks that come meanwhile move the figures: then the report is to be checked again, and that is no fault."""
        ((state, result),) = self.rows(
            "SELECT state, result FROM jobs_job WHERE kind = 'report.submit' ORDER BY created_at DESC LIMIT 1"
        )
        assert state != "failed", result
        if state == "refused":
            assert "figures_moved" in str(result), result
            page = self.who.get(f"{self.place}kiem-tra/").text
            given = dict(re.findall(r'name="(seen|figures)" value="([^"]*)"', page))
            self.who.post(f"{self.place}kiem-tra/", given)
            self.submitting = -1

    def check(self) -> None:
        taken = dict(
            self.rows(
                f"SELECT verb, count(*) FROM reports_reportstep WHERE report_id = {self.key} GROUP BY verb"
            )
        )
        assert all(taken.get(verb, 0) >= done for verb, done in self.done.items()), (taken, self.done)
        files = self.rows(
            f"SELECT number, frozen_id, docx_id FROM reports_reportrevision WHERE report_id = {self.key}"
        )
        assert all(frozen and paper for _, frozen, paper in files)
        assert len(files) == self._state()[1], "half a revision"


class Backups(Doing):
    """One backup after the other, always by the same name until it is made."""

    name = "backups"

    def __init__(self, machine: Machine, who: Visitor) -> None:
        super().__init__(machine, who)
        self.folder = machine.installation.folder.parent / "copies"
        self.folder.mkdir()
        self.path = self.folder / "copy.tar"

    def step(self) -> None:
        self.now = "making a backup"
        process = subprocess.Popen(
            [PROGRAM, "backup", self.path],
            env=self.machine.installation.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        self.machine.beside = [process]
        said = process.communicate()[0].decode()
        if process.returncode == 0:
            self._verify()
        else:
            assert process.returncode < 0, said

    def check(self) -> None:
        if self.path.exists():  # named, and killed before it said so
            self._verify()

    def _verify(self) -> None:
        held = keys.read_file(Path(f"{self.path}.keys"))
        with self.path.open("rb") as source:
            verified(source, held)
        self.path.unlink()
        Path(f"{self.path}.keys").unlink()

    def complete(self) -> None:
        self.step()
        assert not list(self.folder.iterdir())
