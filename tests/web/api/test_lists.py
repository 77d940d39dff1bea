"""Lists sent by programs."""

from __future__ import annotations

import base64
import json
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from nhanlucso.audit.models import Event
from nhanlucso.exchange import unattended
from nhanlucso.jobs.models import Job
from nhanlucso.papers.lists import ListPaper, render_list
from nhanlucso.people.models import Person
from tests.factories import records as r

pytestmark = pytest.mark.django_db

HEAD = ("STT", "Họ và tên", "Ngày sinh", "Chức danh", "Điện thoại")
PEOPLE = (
    ("Lù A Sì", date(1990, 9, 14), "Công chức", "0912000111"),
    ("Giàng Thị Mỷ", "1985", "Công chức", ""),
)


def a_list(*rows: tuple[Any, ...], name: str = "danh-sach.xlsx") -> SimpleUploadedFile:
    people = [(number, *row) for number, row in enumerate(rows or PEOPLE, 1)]
    return SimpleUploadedFile(name, render_list(ListPaper(title="Danh sách", head=HEAD, rows=people)))


@pytest.fixture
def account(world: Any) -> Any:
    return r.make_account("may-chu", "officer", world.hoa)


def basic(name: str = "may-chu", password: str = "mat-khau-du-dai") -> dict[str, str]:
    return {"Authorization": "Basic " + base64.b64encode(f"{name}:{password}".encode()).decode()}


def send(client: Client | None = None, *, status: int = 200, headers: Any = None, **words: Any) -> Any:
    given = {"file": a_list(), "unit": "hoa", **words}
    asked = client or Client(enforce_csrf_checks=True)
    answer = asked.post("/api/v1/lists", given, headers=basic() if headers is None else headers)
    assert answer.status_code == status, answer.content.decode()
    assert answer["Content-Type"] == "application/json"
    return answer.json()


def test_what_is_certain_is_written(world: Any, account: Any) -> None:
    told = send()
    assert (told["created"], told["left"], told["changed"], told["dry_run"]) == (2, 0, True, False)
    assert told["act"]
    assert Person.objects.get(full_name="Lù A Sì").phone == "0912000111"
    assert Event.objects.get(verb="sheet.import").account_id == account.pk


def test_the_same_file_again_changes_nothing_and_says_so(world: Any, account: Any) -> None:
    send()
    people = Person.objects.count()
    told = send()
    assert (told["created"], told["updated"], told["changed"], told["act"]) == (0, 0, False, "")
    assert Person.objects.count() == people
    assert Event.objects.filter(verb="sheet.import").count() == 1


def test_the_rest_is_reported(world: Any, account: Any) -> None:
    r.make_person("Vàng A Dơ", world.hoa)
    told = send(
        file=a_list(("Vàng A Dơ", None, "Công chức", ""), ("Lò Thị Mới", date(1991, 1, 2), "Công chức", ""))
    )
    assert (told["created"], told["ambiguous"], told["left"]) == (1, 1, 1)
    assert told["problems"]


def test_a_dry_run_writes_nothing(world: Any, account: Any) -> None:
    told = send(dry_run="1")
    assert (told["created"], told["dry_run"]) == (2, True)
    assert not Person.objects.filter(full_name="Lù A Sì").exists()


def test_a_list_without_sheets_is_called_by_its_name(world: Any, account: Any) -> None:
    words = "Họ và tên;Ngày sinh;Điện thoại\nLù A Sì;31/02/1990;0912000111\n".encode()
    told = send(file=SimpleUploadedFile("to-1.csv", words), dry_run="true")
    assert {problem["sheet"] for problem in told["problems"]} == {"to-1"}


@pytest.mark.parametrize(
    ("words", "status", "code"),
    [
        ({"unit": ""}, 400, "missing_parameter"),
        ({"file": ""}, 400, "missing_parameter"),
        ({"unit": "nowhere"}, 404, "unknown_unit"),
        ({"unit": "binh"}, 404, "unknown_unit"),
        ({"kind": "song"}, 400, "bad_kind"),
        ({"category": "king"}, 400, "bad_category"),
        ({"on": "31/12/2024"}, 400, "bad_date"),
        ({"since": "2024-02-31"}, 400, "bad_date"),
        ({"session": "none"}, 400, "unknown_session"),
        ({"file": SimpleUploadedFile("x.xlsx", b"nothing")}, 400, "not_a_table"),
    ],
)
def test_what_cannot_be_taken_is_refused(
    world: Any, account: Any, words: dict[str, Any], status: int, code: str
) -> None:
    assert send(status=status, **words)["error"]["code"] == code
    assert not Person.objects.filter(full_name="Lù A Sì").exists()


def test_another_method_is_refused_as_json(world: Any, account: Any) -> None:
    answer = Client().get("/api/v1/lists", headers=basic())
    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert answer.json()["error"]["code"] == "bad_method"


def test_who_asks_says_who_it_is(world: Any, account: Any) -> None:
    answer = Client().post("/api/v1/lists", {"file": a_list(), "unit": "hoa"})
    assert (answer.status_code, answer.json()["error"]["code"]) == (401, "sign_in")
    assert answer["WWW-Authenticate"].startswith("Basic")
    assert send(status=401, headers=basic(password="khong-phai"))["error"]["code"] == "wrong"
    for words in (
        "Basic !!!",
        "Basic " + base64.b64encode(b"ten").decode(),
        "Basic " + base64.b64encode(b"\xff:").decode(),
    ):
        assert send(status=401, headers={"Authorization": words})["error"]["code"] == "wrong"


def test_failures_lock_the_account(world: Any, account: Any) -> None:
    for _ in range(4):
        send(status=401, headers=basic(password="khong-phai"))
    assert send(status=429, headers=basic(password="khong-phai"))["error"]["code"] == "locked"
    assert send(status=429)["error"]["code"] == "locked"


def test_a_disabled_account_is_out(world: Any, account: Any) -> None:
    account.is_active = False
    account.save()
    assert send(status=403)["error"]["code"] == "disabled"


def test_who_may_not_import_is_refused(world: Any) -> None:
    r.make_account("may-chu", "viewer", world.hoa)
    assert send(status=403)["error"]["code"] == "not_allowed"


def test_a_browser_sends_its_token(world: Any, account: Any) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(account)
    assert send(client, status=403, headers={})["error"]["code"] == "csrf"
    client.get("/nhap-lieu/")
    token = client.cookies["csrftoken"].value
    assert send(client, headers={"X-CSRFToken": token})["created"] == 2


def test_a_page_of_another_site_does_not_use_what_the_browser_remembers(world: Any, account: Any) -> None:
    other = "https://khac.example"
    for said in ({"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": other}):
        told = send(status=403, headers=basic() | said)
        assert told["error"]["code"] == "csrf"
    assert not Person.objects.filter(full_name="Lù A Sì").exists()
    own = {"Sec-Fetch-Site": "same-origin", "Origin": "http://testserver"}
    assert send(headers=basic() | own)["created"] == 2


def test_too_large_is_refused_before_it_is_read(world: Any, account: Any) -> None:
    answer = Client().post(
        "/api/v1/lists",
        b"",
        content_type="multipart/form-data; boundary=x",
        headers=basic(),
        CONTENT_LENGTH=str(300 << 20),
    )
    assert (answer.status_code, answer.json()["error"]["code"]) == (413, "too_large")


def test_a_request_that_is_none_is_refused(world: Any, account: Any) -> None:
    answer = Client().post("/api/v1/lists", b"x", content_type="multipart/form-data", headers=basic())
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "bad_request")


def test_such_a_request_of_a_browser_is_refused_in_the_same_words(world: Any, account: Any) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(account)
    client.get("/nhap-lieu/")
    answer = client.post("/api/v1/lists", b"x", content_type="multipart/form-data")
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "bad_request")


def test_a_long_list_becomes_a_job(
    world: Any, account: Any, monkeypatch: Any, django_capture_on_commit_callbacks: Any
) -> None:
    monkeypatch.setattr(unattended, "AT_ONCE_ROWS", 1)
    with django_capture_on_commit_callbacks():
        told = send(status=202)
    made = Job.objects.get()
    assert told == {**told, "id": str(made.pk), "state": "waiting", "result": None}
    assert not Person.objects.filter(full_name="Lù A Sì").exists()
    unattended.run_list_import.func(str(made.pk))
    seen = Client().get(f"/api/v1/jobs/{made.pk}", headers=basic()).json()
    assert (seen["state"], seen["result"]["created"], seen["result"]["changed"]) == ("done", 2, True)
    assert seen["result"]["rows"] == []
    assert seen["result"]["row_count"] == 2
    assert Event.objects.get(verb="sheet.import").account_id == account.pk


def test_a_large_file_becomes_a_job_unread(
    world: Any, account: Any, monkeypatch: Any, django_capture_on_commit_callbacks: Any
) -> None:
    monkeypatch.setattr(unattended, "AT_ONCE_BYTES", 10)
    with django_capture_on_commit_callbacks():
        answer = Client().post("/api/v1/lists", {"file": a_list(), "unit": "hoa"}, headers=basic())
    assert answer.status_code == 202
    assert answer["Location"] == f"/api/v1/jobs/{Job.objects.get().pk}"


def test_the_job_of_another_is_not_found(world: Any, account: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(unattended, "AT_ONCE_ROWS", 1)
    send(status=202)
    r.make_account("khac", "officer", world.hoa)
    answer = Client().get(f"/api/v1/jobs/{Job.objects.get().pk}", headers=basic("khac"))
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "unknown_job")


def test_the_outcome_stays_with_who_may_import_there(world: Any, account: Any, monkeypatch: Any) -> None:
    """It names people: an account whose right was taken back, or moved elsewhere, no longer reads it."""
    monkeypatch.setattr(unattended, "AT_ONCE_ROWS", 1)
    send(status=202)
    made = Job.objects.get()
    unattended.run_list_import.func(str(made.pk))
    account.assignments.update(unit=world.binh)
    told = Client().get(f"/api/v1/jobs/{made.pk}", headers=basic()).json()
    assert (told["state"], told["result"]) == ("done", None)
    account.assignments.update(unit=world.hoa, role="viewer")
    assert Client().get(f"/api/v1/jobs/{made.pk}", headers=basic()).json()["result"] is None


def test_a_permission_taken_back_meanwhile_refuses_the_job(
    world: Any, account: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr(unattended, "AT_ONCE_ROWS", 1)
    send(status=202)
    account.assignments.all().delete()
    made = Job.objects.get()
    unattended.run_list_import.func(str(made.pk))
    made.refresh_from_db()
    assert (made.state, made.result["error"]["code"]) == ("refused", "not_allowed")
    assert json.dumps(made.arguments)
