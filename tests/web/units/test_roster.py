"""The page of a unit gives a package for learning platforms; the page of imports takes one."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from nhanlucso.audit.models import Event
from nhanlucso.exchange.oneroster.package import read_package
from nhanlucso.exchange.oneroster.tables import USERS
from nhanlucso.exchange.uploads import APPLY, run_import
from nhanlucso.jobs.models import Job
from nhanlucso.people.models import Person


def test_the_package_says_whose_copy_it_is(world: Any, officer: Client, tmp_path: Any) -> None:
    page = officer.get(f"/don-vi/{world.hoa.pk}/").content.decode()
    assert f'action="/don-vi/{world.hoa.pk}/oneroster/"' in page
    answer = officer.post(f"/don-vi/{world.hoa.pk}/oneroster/")
    assert "oneroster-xa-hoa-" in answer.headers["Content-Disposition"]
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert "can-bo" in archive.comment.decode()
    path = tmp_path / "roster.zip"
    path.write_bytes(answer.content)
    assert {line["givenName"] for line in read_package(path).of(USERS)} == {"Ánh", "Bình", "Chi", "Dung"}
    event = Event.objects.get(verb="oneroster.export")
    assert (event.object_id, event.account_id) == ("hoa", world.officer.pk)


def test_who_only_looks_takes_none(world: Any, viewer: Client, neighbour: Client) -> None:
    assert "oneroster" not in viewer.get(f"/don-vi/{world.hoa.pk}/").content.decode()
    assert viewer.post(f"/don-vi/{world.hoa.pk}/oneroster/").status_code == 403
    assert neighbour.post(f"/don-vi/{world.hoa.pk}/oneroster/").status_code == 404


def test_it_comes_in_by_the_page_of_imports(world: Any, officer: Client, signed_in: Any) -> None:
    from tests.factories import records as r

    package = officer.post(f"/don-vi/{world.hoa.pk}/oneroster/").content
    Person.objects.get(full_name="Lù A Dung").delete()
    administrator = signed_in(r.make_account("quan-tri", "administrator"))
    given = {"file": SimpleUploadedFile("roster.zip", package), "unit": world.hoa.pk}
    shown = administrator.post("/nhap-lieu/", given).headers["Location"]
    checked = Job.objects.get()
    run_import.call(str(checked.pk))
    assert "Ghi vào hệ thống" in administrator.get(shown).content.decode()
    assert not Person.objects.filter(full_name="Lù A Dung").exists()
    shown = administrator.post(f"/nhap-lieu/ghi/{checked.pk}/").headers["Location"]
    run_import.call(str(Job.objects.get(kind=APPLY).pk))
    assert Person.objects.filter(full_name="Lù A Dung").exists()
    assert "Đã ghi" in administrator.get(shown).content.decode()
