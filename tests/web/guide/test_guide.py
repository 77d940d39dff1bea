"""The guide in the product is the one of docs/guide; its samples are lists that the import understands."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from nhanlucso.exchange.sheets.reading import read_sheet
from nhanlucso.web.guide.reading import FOLDER, PAGES
from nhanlucso.web.guide.samples import SAMPLES

pytestmark = pytest.mark.django_db


def test_every_page_of_the_folder_stands_in_the_contents() -> None:
    assert {path.stem for path in FOLDER.glob("*.md")} - {"README"} == set(PAGES)


def test_all_pictures_that_pages_show_are_there() -> None:
    shown = {
        name
        for path in FOLDER.glob("*.md")
        for name in re.findall(r"\]\(pictures/([^)]+)\)", path.read_text(encoding="utf-8"))
    }
    assert shown == {path.name for path in (FOLDER / "pictures").glob("*.jpg")}


@pytest.mark.parametrize("slug", list(PAGES))
def test_a_page_opens_with_its_heading(slug: str, viewer: Client) -> None:
    answer = viewer.get(f"/huong-dan/{slug}/")
    text = (FOLDER / f"{slug}.md").read_text(encoding="utf-8")
    assert answer.status_code == 200
    assert text.splitlines()[0].removeprefix("# ") in answer.content.decode()


def test_who_reads_english_gets_the_pages_that_are_in_english(viewer: Client) -> None:
    from django.conf import settings

    viewer.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    assert {path.stem for path in (FOLDER / "en").glob("*.md")} <= set(PAGES)
    html = viewer.get("/huong-dan/so-lieu-da-chot/").content.decode()
    assert '<span lang="en">Freezing, checking and verifying figures</span>' in html
    assert '<span lang="vi">' in viewer.get("/huong-dan/giang-vien/").content.decode()
    assert "Freezing, checking" in viewer.get("/huong-dan/").content.decode()


def test_no_other_page(viewer: Client) -> None:
    assert viewer.get("/huong-dan/khong-co/").status_code == 404
    assert viewer.get("/huong-dan/mau/khong-co/").status_code == 404


def test_the_contents_begin_with_ones_own_role(viewer: Client) -> None:
    content = viewer.get("/huong-dan/").content.decode()
    assert content.index("Dành cho vai trò của bạn") < content.index("Tệp mẫu để thử")


@pytest.mark.parametrize(
    ("name", "kind"),
    [("can-bo", "staff"), ("can-bo-word", "staff"), ("diem-danh", "attendance"), ("ket-qua", "results")],
)
def test_samples_are_read_without_a_problem(name: str, kind: str, viewer: Client, tmp_path: Path) -> None:
    path = tmp_path / f"{name}.{SAMPLES[name].form}"
    path.write_bytes(viewer.get(f"/huong-dan/mau/{name}/").content)
    sheet: dict[str, Any] = read_sheet(path, "auto").as_json()
    assert sheet["kind"] == kind
    assert sheet["problems"] == []
    assert len(sheet["rows"]) == len(SAMPLES[name].rows)
    assert sheet["rows"][0]["full_name"] == "Hoàng Thị Mai Anh"
