"""Bundles: look first, then write; what must be mended is said; nobody imports beyond their reach."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from nhanlucso.access.models import Account, Assignment
from nhanlucso.exchange.bundle.importing import import_bundle
from nhanlucso.exchange.uploads import run_import
from nhanlucso.jobs.models import Job
from nhanlucso.kernel.clock import now
from nhanlucso.orgs.models import Unit
from nhanlucso.people.models import Person
from tests.reference.random_world import write_world

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("vietnamese")]


@pytest.fixture
def world(tmp_path: Path) -> Path:
    """A bundle whose units are already here."""
    folder = write_world(3, tmp_path / "w")
    import_bundle(folder, dry_run=False, by=None, at=now())
    return folder


def signed_in(role: str, unit: Unit | None) -> Client:
    account = Account.objects.create(username=role)
    Assignment.objects.create(account=account, role=role, unit=unit)
    client = Client(HTTP_HOST="localhost")
    client.force_login(account)
    return client


def packed(folder: Path, target: Path) -> bytes:
    with zipfile.ZipFile(target, "w") as archive:
        for file in sorted(folder.iterdir()):
            archive.write(file, file.name)
    return target.read_bytes()


def upload(client: Client, name: str, body: bytes) -> HttpResponse:
    top = Unit.objects.get(uid="p")
    return client.post("/nhap-lieu/", {"file": SimpleUploadedFile(name, body), "unit": str(top.pk)})


def run_open_jobs() -> Job:
    for job in Job.objects.filter(state="waiting"):
        run_import.call(str(job.pk))
    return Job.objects.latest("created_at")


def test_a_bundle_is_looked_at_and_then_written(world: Path, tmp_path: Path) -> None:
    bundle = packed(write_world(5, tmp_path / "new"), tmp_path / "new.zip")
    before = Person.objects.count()
    client = signed_in("administrator", None)
    shown = upload(client, "goi.zip", bundle)
    run_open_jobs()
    page = client.get(shown.headers["Location"])
    assert "Ghi vào hệ thống" in page.content.decode()
    assert Person.objects.count() == before
    checked = Job.objects.get()
    applied = client.post(f"/nhap-lieu/ghi/{checked.pk}/")
    job = run_open_jobs()
    assert (job.kind, job.state) == ("import.apply", "done")
    assert Person.objects.count() > before
    assert "Đã ghi" in client.get(applied.headers["Location"]).content.decode()


def test_the_part_that_changes_equals_the_full_page(world: Path) -> None:
    client = signed_in("administrator", None)
    shown = upload(client, "goi.zip", b"PK nothing")
    for _ in range(2):  # while it waits, and when it has ended
        full = client.get(shown.headers["Location"]).content.decode()
        part = client.get(shown.headers["Location"], headers={"HX-Request": "true"}).content.decode()
        assert part.split("csrfmiddlewaretoken")[0].strip() in full
        run_open_jobs()


def test_what_must_be_mended_is_said_with_file_and_line(world: Path, tmp_path: Path) -> None:
    broken = write_world(5, tmp_path / "new")
    people = broken / "people.csv"
    people.write_text(people.read_text(encoding="utf-8").replace("1980", "31/02/1985", 1), encoding="utf-8")
    client = signed_in("administrator", None)
    shown = upload(client, "goi.zip", packed(broken, tmp_path / "new.zip"))
    job = run_open_jobs()
    assert job.state == "refused"
    page = client.get(shown.headers["Location"]).content.decode()
    assert "people.csv" in page
    assert "31/02/1985" in page


def test_an_officer_may_not_import_bundles(world: Path, tmp_path: Path) -> None:
    client = signed_in("officer", Unit.objects.get(uid="p"))
    page = upload(client, "goi.zip", packed(world, tmp_path / "w.zip")).content.decode()
    assert "Chỉ người quản trị được nhập gói trao đổi" in page
    assert not Job.objects.exists()


def test_a_viewer_has_no_import_page(world: Path) -> None:
    assert signed_in("viewer", Unit.objects.get(uid="p")).get("/nhap-lieu/").status_code == 403


def test_an_unknown_kind_of_file_is_refused_at_once(world: Path) -> None:
    page = upload(signed_in("administrator", None), "anh.png", b"\x89PNG").content.decode()
    assert "Chưa đọc được loại tệp này" in page
    assert not Job.objects.exists()


def test_nobody_sees_the_work_of_others(world: Path, tmp_path: Path) -> None:
    shown = upload(signed_in("administrator", None), "goi.zip", packed(world, tmp_path / "w.zip"))
    other = signed_in("officer", Unit.objects.get(uid="p"))
    assert other.get(shown.headers["Location"]).status_code == 404
    assert other.post(f"{shown.headers['Location']}dung/").status_code == 404


def test_an_officer_may_not_import_into_another_unit(world: Path) -> None:
    other = Unit.objects.get(uid="p")
    client = signed_in("officer", Unit.objects.get(uid="d0"))
    page = client.post("/nhap-lieu/", {"file": SimpleUploadedFile("a.csv", b"x"), "unit": str(other.pk)})
    assert page.status_code == 200
    assert not Job.objects.exists()


def test_no_file_is_said_plainly(world: Path) -> None:
    given = {"unit": str(Unit.objects.get(uid="p").pk)}
    page = signed_in("administrator", None).post("/nhap-lieu/", given).content.decode()
    assert "Hãy chọn một tệp." in page
