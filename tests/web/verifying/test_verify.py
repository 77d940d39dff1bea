"""The page that judges a capsule: who signed, what for, each figure as stated and as computed again."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from nhanlucso.indicators.capsules import read_capsule, signing
from nhanlucso.indicators.capsules.marks import mark_of
from tests.indicators.capsules import spoiling
from tests.indicators.capsules.conftest import district  # noqa: F401

PAGE = "/xac-minh/"
Ask = Callable[..., str]


@pytest.fixture
def client(db: None, vietnamese: None) -> Client:
    """Somebody who may sign in and nothing else."""
    from nhanlucso.access.models import Account

    client = Client()
    client.force_login(Account.objects.create_user("someone", password="a-long-password"))
    return client


@pytest.fixture
def ask(client: Client) -> Ask:
    def post(data: bytes, **more: str) -> str:
        file = SimpleUploadedFile("bao-cao.nls.zip", data)
        answer: Any = client.post(PAGE, {"file": file, **more})
        assert answer.status_code == 200
        text: str = answer.content.decode()
        return text

    return post


def test_a_true_capsule_is_told_to_be_true(ask: Ask, district: bytes) -> None:  # noqa: F811
    first = read_capsule(district).manifest
    page = ask(district, paper=mark_of(first).text.lower(), key=signing.grouped(first.fingerprint))
    assert f"Mọi số liệu khớp ({23 * len(first.units)})" in page
    assert "Bảo Thắng" in page and signing.grouped(first.fingerprint) in page
    assert "Đúng khóa cần có" in page and "đúng với văn bản" in page
    assert page.count("Khớp</span>") == 23 and "Không khớp" not in page


def test_a_figure_that_is_not_true_stands_beside_the_true_one(ask: Ask, district: bytes) -> None:  # noqa: F811
    figures = json.loads(spoiling.members_of(district)["figures.json"])
    figures[0]["value"] += 7
    last = next(row for row in reversed(figures) if row["indicator"] == "staff.headcount")
    last["value"] = "nhiều"
    page = ask(spoiling.resigned(spoiling.rehashed(district, figures_json=spoiling.text_of(figures))))
    assert f"2 trong {len(figures)} số liệu không khớp" in page
    assert page.count("Không khớp</span>") == 1 and "nhiều" in page


def test_what_is_left_out_is_told_by_unit(ask: Ask, district: bytes) -> None:  # noqa: F811
    figures = json.loads(spoiling.members_of(district)["figures.json"])
    other = read_capsule(district).manifest.units[2]
    kept = [row for row in figures[1:] if row["unit_id"] != other.id]
    page = ask(spoiling.resigned(spoiling.rehashed(district, figures_json=spoiling.text_of(kept))))
    assert f"Thiếu 24 trong {len(figures)} số liệu" in page
    assert "Mọi số liệu khớp" not in page and "số liệu không khớp" not in page
    assert f'<th scope="row">{other.name}</th>' in page and "Mọi số liệu</td>" in page


def test_another_signer_or_paper_is_told(ask: Ask, district: bytes) -> None:  # noqa: F811
    own = read_capsule(district).manifest
    page = ask(spoiling.resigned(district), key=own.fingerprint)
    assert "Không đúng gói cần tìm" in page and "do một khóa khác ký" in page
    mark = mark_of(own).text.replace(":2024-9M:", ":2023-9M:")
    assert "khác nhau ở: kỳ" in ask(district, paper=mark)


def test_what_is_no_capsule_is_refused_in_words(ask: Ask, district: bytes) -> None:  # noqa: F811
    assert "không phải gói số liệu báo cáo" in ask(b"hello")
    assert "đã bị sửa sau khi ký" in ask(spoiling.replaced(district, "tree.json", b"{}\n"))
    assert "không phải mã QR trên báo cáo" in ask(district, paper="x")
    assert "Dấu vân tay có 32 chữ số" in ask(district, key="abc")
    assert "Tệp này trống" in ask(b"")


def test_the_key_of_this_installation_is_shown(client: Client, data_folder: Any) -> None:
    assert "Chìa khóa ký" not in client.get(PAGE).content.decode()
    (data_folder / "keys").mkdir()
    (data_folder / "keys" / "sign.key").write_text(settings.SIGN_KEY)
    page = client.get(PAGE).content.decode()
    assert signing.public_key().hex() in page
    assert signing.grouped(signing.fingerprint(signing.public_key())) in page


def test_only_for_who_signed_in(db: None) -> None:
    assert Client().get(PAGE).status_code == 302
