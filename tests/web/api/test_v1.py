"""Version 1 of the interface for programs: read within reach, written once, told when something has changed."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from openapi_spec_validator import OpenAPIV31SpecValidator

from nhanlucso.kernel.clock import now, today
from nhanlucso.kernel.permissions import Permission as P

SECRET = "nls_" + "t" * 43
ALL = (
    P.SEE_FIGURES, P.SEE_PLANS, P.SEE_PEOPLE, P.SEE_CLASSES, P.SEE_TEAMS, P.RECORD_ATTENDANCE, P.RECORD_RESULTS,
)  # fmt: skip
LISTS = (
    "units", "people", "courses", "classes", "results", "programmes", "plans", "targets", "teams", "reports",
    "indicators",
)  # fmt: skip


def bearer(world: Any, unit: Any = None, permissions: Any = ALL, secret: str = SECRET) -> Client:
    """A client that shows a token of an administrator."""
    from nhanlucso.access.models import Account
    from nhanlucso.access.queries import scope_of
    from nhanlucso.access.tokens.services import make_token
    from tests.factories import records as r

    maker = Account.objects.filter(username="quan-tri").first() or r.make_account("quan-tri", "administrator")
    make_token(
        name="LMS", purpose="Thử", permissions=permissions, unit=unit, ends_on=today() + timedelta(days=9),
        addresses="", secret=secret, by=scope_of(maker), at=now(),
    )  # fmt: skip
    return Client(headers={"Authorization": f"Bearer {secret}"}, enforce_csrf_checks=True)


def get(client: Client, path: str, status: int = 200, **headers: str) -> Any:
    answer = client.get(f"/api/v1/{path}", headers=headers)
    assert answer.status_code == status, answer.content.decode()
    return answer.json() if answer.content else None


def send(
    client: Client, path: str, body: Any, status: int = 200, method: str = "post", **headers: str
) -> Any:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    answer = getattr(client, method)(
        f"/api/v1/{path}", json.dumps(body), content_type="application/json", headers=named
    )
    assert answer.status_code == status, answer.content.decode()
    return answer.json()


@pytest.fixture
def everything(world: Any) -> Client:
    return bearer(world)


def test_the_document_is_valid_and_whole(db: None, client: Client) -> None:
    told = client.get("/api/v1/openapi.json").json()
    OpenAPIV31SpecValidator(told).validate()
    assert told["openapi"] == "3.1.0"
    assert {f"/api/v1/{name}" for name in LISTS} < set(told["paths"])


def test_every_list_answers_and_pages(everything: Client) -> None:
    for name in LISTS:
        whole = get(everything, name)
        assert isinstance(whole["items"], list), name
        if name != "indicators" and len(whole["items"]) > 1:
            first = get(everything, f"{name}?limit=1")
            rest = get(everything, f"{name}?cursor={first['next']}")
            assert first["items"] + rest["items"] == whole["items"]
            assert rest["next"] is None


def test_what_identifies_people_is_masked(world: Any, everything: Client) -> None:
    from nhanlucso.people.models import Person

    Person.objects.filter(pk=world.people["Ánh"].pk).update(phone="0912345678", email="anh@tinh.gov.vn")
    told = get(everything, f"people/{world.people['Ánh'].uid}")
    assert (told["phone"], told["email"]) == ("•••••••678", "a•••@tinh.gov.vn")
    assert "national" not in json.dumps(told)
    assert [post["unit_id"] for post in told["posts"]] == ["an"]


def test_outside_of_the_unit_there_is_nothing(world: Any) -> None:
    inside = bearer(world, world.loc)
    assert [unit["id"] for unit in get(inside, "units")["items"]] == ["loc"]
    assert get(inside, "people")["items"] == []
    assert get(inside, f"people/{world.people['Ánh'].uid}", 404)["error"]["code"] == "not_found"
    assert get(inside, "units/hoa", 404)["error"]["code"] == "not_found"
    assert get(inside, "figures?unit=tinh&period=2025", 404)["error"]["code"] == "not_found"


def test_without_the_permission_it_is_refused(world: Any) -> None:
    reader = bearer(world, permissions=(P.SEE_CLASSES,))
    assert get(reader, "people", 403)["error"]["code"] == "not_allowed"
    assert send(reader, "results", {}, 403)["error"]["code"] == "not_allowed"
    assert get(Client(), "people", 401)["error"]["code"] == "sign_in"
    wrong = Client(headers={"Authorization": "Bearer nls_wrong"})
    assert get(wrong, "people", 401)["error"]["code"] == "wrong"
    assert get(wrong, "khong-co", 404)["error"]["code"] == "not_found"


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("units?cursor=x", "bad_cursor"),
        ("units?limit=201", "bad_parameter"),
        ("units?limit=1&limit=2", "bad_parameter"),
        ("units?on=hom-qua", "bad_parameter"),
        ("units?la=1", "unknown_parameter"),
        ("units?q=%00", "bad_parameter"),
        ("figures?unit=tinh", "missing_parameter"),
        ("figures?unit=tinh&period=khi-nao", "bad_period"),
    ],
)
def test_what_is_not_understood_is_named(everything: Client, path: str, code: str) -> None:
    assert get(everything, path, 400)["error"]["code"] == code


def test_figures_with_what_stands_behind_them(everything: Client) -> None:
    told = get(everything, "figures?unit=huyen&period=2024&indicator=training.persons&passport=true")["items"]
    assert (told[0]["value"], told[0]["passport"]["counted"]) == (2, 2)


def test_nothing_new_is_not_sent_again(everything: Client) -> None:
    first = everything.get("/api/v1/units")
    again = everything.get("/api/v1/units", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert get(everything, "units", If_None_Match='"other"')["items"]


def test_results_are_written_once_under_a_key(world: Any, everything: Client) -> None:
    from nhanlucso.audit.models import Event
    from nhanlucso.learning.models import CourseResult

    course = CourseResult.objects.get(person=world.people["Em"]).course
    body = {
        "course_id": course.uid,
        "platform": "LMS",
        "results": [
            {"person_id": world.people["Dung"].uid, "state": "passed", "day": "2024-06-01", "score": 8}
        ],
    }
    assert send(everything, "results", body, 428)["error"]["code"] == "key_needed"
    done = send(everything, "results", body, Idempotency_Key="k1")
    assert done == {"made": 1, "changed": 0, "same": 0}
    assert send(everything, "results", body, Idempotency_Key="k1") == done
    assert CourseResult.objects.filter(person=world.people["Dung"]).count() == 1
    assert Event.objects.filter(verb="token.write").count() == 1
    other = body | {"platform": "khác"}
    assert send(everything, "results", other, 422, Idempotency_Key="k1")["error"]["code"] == "key_reused"
    wrong = body | {"results": [{"person_id": "ai-do", "state": "passed", "day": "2024-06-01"}]}
    assert send(everything, "results", wrong, 400, Idempotency_Key="k2")["error"]["code"] == "unknown_id"
    assert send(everything, "results", body, Idempotency_Key="k2")["same"] == 1  # refused, so still free


def test_a_result_is_changed_only_as_it_was_seen(world: Any, everything: Client) -> None:
    from nhanlucso.learning.models import CourseResult

    path = f"results/{CourseResult.objects.get(person=world.people['Em']).uid}"
    etag = everything.get(f"/api/v1/{path}")["ETag"]
    body = {"state": "failed", "day": "2024-05-06"}
    assert send(everything, path, body, 428, "put")["error"]["code"] == "match_needed"
    told = send(everything, path, body, method="put", If_Match=etag)
    assert (told["state"], told["passed"]) == ("failed", False)
    assert send(everything, path, body, 412, "put", If_Match=etag)["error"]["code"] == "changed"


def test_marks_are_set_and_other_peoples_marks_stay(world: Any, everything: Client) -> None:
    session = world.training_class.sessions.order_by("starts_at").last()
    path, binh = f"sessions/{session.uid}/marks", world.people["Bình"].uid
    stands = {mark["person_id"]: mark["status"] for mark in get(everything, path)["marks"]}
    assert stands[binh] == "excused"
    mark = {"person_id": binh, "status": "present", "seen": "absent"}
    crossed = send(everything, path, {"marks": [mark]}, Idempotency_Key="m1")
    assert crossed == {"written": [], "same": [], "crossed": [binh]}
    mark["seen"] = "excused"
    assert send(everything, path, {"marks": [mark]}, Idempotency_Key="m2")["written"] == [binh]
    done = get(everything, f"classes/{world.training_class.uid}/completions")["items"]
    assert {one["person_id"]: one["completed"] for one in done}[binh] is True
    wrong = {"marks": [{"person_id": binh, "status": "here"}]}
    problem = send(everything, path, wrong, 400, Idempotency_Key="m3")["error"]
    assert (problem["code"], problem["details"][0]["column"]) == ("bad_body", "marks[0].status")


def test_a_page_costs_the_same_whatever_its_size(
    world: Any, everything: Client, django_assert_max_num_queries: Any
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from tests.factories import records as r

    get(everything, "people")

    def cost(path: str) -> int:
        with CaptureQueriesContext(connection) as seen:
            get(everything, path)
        return len(seen)

    paths = ("people", "units", "classes", "results", "teams", "targets")
    small = {path: cost(path) for path in paths}
    for number in range(30):
        person = r.make_person(f"Người {number}", world.an)
        r.attend(r.make_class(f"Lớp {number}", world.district, date(2024, 5, 6)), person, "present")
        r.make_result(person, r.make_course(f"Khóa {number}"), date(2024, 5, 6), True)
        r.make_target(world.district, "coverage.basic", 2024, number)
    assert {path: cost(path) for path in paths} == small
    assert max(small.values()) < 30
