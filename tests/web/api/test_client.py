"""The client of examples/ is the one that its maker writes from the document, and it works."""

from __future__ import annotations

import importlib.util
import sys
from datetime import timedelta
from types import ModuleType
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from nhanlucso.hooks.rules import signature
from nhanlucso.kernel.clock import now
from tests.architecture.source import ROOT
from tests.web.api.test_v1 import SECRET, bearer

FOLDER = ROOT / "examples" / "client"


def loaded(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"examples_{name}", FOLDER / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_the_client_is_up_to_date(db: None) -> None:
    with translation.override("vi"):
        document = Client().get("/api/v1/openapi.json").json()
    written = loaded("make_client").written(document)
    assert (FOLDER / "client.py").read_text(encoding="utf-8") == written, "examples/client/make_client.py"


@pytest.fixture
def api(live_server: Any) -> Any:
    from tests.factories.district import make_district

    world = make_district()
    bearer(world)
    found = loaded("client").NhanLucSo(live_server.url, SECRET)
    found.world = world
    return found


def test_it_works_against_a_server(api: Any) -> None:
    units = list(api.list_units(limit=2))
    assert {unit["id"] for unit in units} == {"tinh", "hoa", "loc"}  # two pages
    people = {one["full_name"]: one["id"] for one in api.list_people(unit="hoa")}
    assert "Lý Thị Ánh" in people
    result = next(iter(api.list_results(state="passed")))
    body = {"course_id": result["course_id"], "results": [
        {"person_id": people["Lý Thị Ánh"], "state": "passed", "day": "2024-06-01"},
    ]}  # fmt: skip
    first = api.send_results(body, key="mot-lan")
    assert (
        api.send_results(body, key="mot-lan").document
        == first.document
        == {"made": 1, "changed": 0, "same": 0}
    )
    one = api.get_result(result["id"])
    changed = api.change_result(result["id"], {"state": "failed", "day": "2024-05-06"}, match=one.etag)
    assert changed["state"] == "failed"
    problem = sys.modules["examples_client"].Problem  # type: ignore[attr-defined]
    with pytest.raises(problem) as refusal:
        api.change_result(result["id"], {"state": "passed", "day": "2024-05-06"}, match=one.etag)
    assert (refusal.value.status, refusal.value.code) == (412, "changed")
    with pytest.raises(problem) as refusal:
        api.get_person("khong-co")
    assert refusal.value.status == 404


def test_it_knows_a_genuine_notice() -> None:
    client, body = loaded("client"), '{"id": "1"}'
    signed = signature("whsec_x", body, now())
    assert client.is_genuine("whsec_x", signed, body.encode())
    assert not client.is_genuine("whsec_y", signed, body.encode())
    assert not client.is_genuine(
        "whsec_x", signature("whsec_x", body, now() - timedelta(hours=1)), body.encode()
    )
