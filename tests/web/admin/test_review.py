"""The page of the half-yearly review."""

from __future__ import annotations

from typing import Any


def text(response: Any) -> str:
    return response.content.decode()


def test_accounts_are_said_one_by_one(world: Any, officer: Any, django_assert_max_num_queries: Any) -> None:
    from tests.factories import records as r

    learners = [r.make_account(f"hoc-vien-{n}", "learner", world.hoa) for n in range(20)]
    officer.get("/quan-tri/ra-soat/")
    with django_assert_max_num_queries(20):
        page = text(officer.get("/quan-tri/ra-soat/"))
    assert page.count("Còn dùng<") == 22
    officer.post(f"/quan-tri/ra-soat/{learners[0].pk}/", {"verdict": "kept"})
    officer.post(f"/quan-tri/ra-soat/{learners[1].pk}/", {"verdict": "ended"})
    page = text(officer.get("/quan-tri/ra-soat/"))
    assert "đã rà 2 trên" in page and ", khóa 1" in page
    assert officer.post("/quan-tri/ra-soat/tep/?format=xlsx").status_code == 200


def test_the_owner_of_a_lost_phone_is_helped(world: Any, signed_in: Any) -> None:
    from nhanlucso.access.models import CodeApp
    from nhanlucso.kernel.clock import now
    from tests.factories import records as r

    learner = r.make_account("hoc-vien", "trainer", world.hoa)
    CodeApp.objects.create(account=learner, secret_cipher="x", made_at=now())
    client = signed_in(r.make_account("boss", "administrator"))
    assert "Gỡ đăng nhập hai bước" in text(client.get(f"/quan-tri/{learner.pk}/"))
    client.post(f"/quan-tri/{learner.pk}/go-buoc-hai/")
    assert "Gỡ đăng nhập hai bước" not in text(client.get(f"/quan-tri/{learner.pk}/"))
