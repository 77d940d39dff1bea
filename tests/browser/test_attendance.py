"""Twenty-five people are marked by keyboard, by thumb at 360 px, and while the network is away; nothing is lost."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from nhanlucso.cli.demo import PASSWORD
from nhanlucso.kernel.clock import today
from tests.browser.conftest import Browse
from tests.browser.pages import DESKTOP, PHONE, ROOT, assert_accessible, picture, sign_in
from tests.installation import Installation, installed

PEOPLE, CLASSES, TITLE = 25, 10, "Lớp thử điểm danh"
EXAMPLE = ROOT / "examples" / "bao-thang-2024"
KEYS = "xxmpk" * 5
expect.set_options(timeout=30_000)  # a busy machine answers late; what counts is that it does
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c4944415408d763f8ffff3f0005fe02fea735b9a50000000049454e44ae426082"
)


@dataclass(frozen=True)
class Classroom:
    """Where one class for 25 people is recorded, nothing of it yet."""

    address: str
    title: str


@pytest.fixture(scope="module")
def school(demo: Installation, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Iterator[Classroom]]:
    """One installation where a commune holds a class for each of these tests."""
    parent = tmp_path_factory.mktemp("school")
    with installed(parent, like=demo) as made:
        made.must("bundle", "import", _classes(parent), "--json")
        with made.served() as address:
            yield (Classroom(address, f"{TITLE} {number}") for number in range(CLASSES))


@pytest.fixture
def classroom(school: Iterator[Classroom]) -> Classroom:
    return next(school)


def _classes(parent: Path) -> Path:
    """A bundle of classes with two sessions; everybody is on the roster of the first, without a mark."""
    folder = parent / "classes"
    folder.mkdir()
    (folder / "bundle.json").write_bytes((EXAMPLE / "bundle.json").read_bytes())
    with (EXAMPLE / "people.csv").open(encoding="utf-8") as people:
        known = [row["id"] for row in csv.DictReader(people)][:PEOPLE]
    numbers = [f"thu-{number}" for number in range(CLASSES)]
    classes = [
        {"id": name, "title": f"{TITLE} {number}", "form": "class", "host_unit_id": "tang-loong"}
        for number, name in enumerate(numbers)
    ]
    sessions = [
        {"id": f"{name}-{hour}", "class_id": name, "starts_at": f"{today()}T{hour}:00:00+07:00"}
        for name in numbers
        for hour in ("08", "14")
    ]
    marks = [{"session_id": f"{name}-08", "person_id": person} for name in numbers for person in known]
    _write(folder, "classes", *classes)
    _write(folder, "sessions", *sessions)
    _write(folder, "attendance", *marks)
    return folder


def _write(folder: Path, name: str, *rows: dict[str, str]) -> None:
    with (EXAMPLE / f"{name}.csv").open(encoding="utf-8") as example:
        columns = next(csv.reader(example))
    with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def open_sheet(page: Page, classroom: Classroom) -> None:
    sign_in(page, "tangloong", PASSWORD)
    page.goto("/lop-hoc/")
    page.get_by_role("link", name=classroom.title).first.click()
    page.wait_for_load_state()
    page.goto(str(page.locator("main a[href*='/diem-danh/']").first.get_attribute("href")))
    expect(page.locator(".att-row")).to_have_count(PEOPLE)


def choice(page: Page, number: int, key: str) -> Locator:
    """The label of a mark of a person: what a thumb hits."""
    return page.locator(".att-row").nth(number).locator(f"label:has([data-key={key}])")


def marks(page: Page) -> list[str]:
    """The marks of all people as the page shows them, by their keys."""
    found: list[str] = page.evaluate(
        "[...document.querySelectorAll('.att-row')]"
        ".map(row => row.querySelector('[data-key]:checked')?.dataset.key ?? '')"
    )
    return found


def settle(page: Page, wanted: list[str]) -> None:
    """All that was set has arrived: nothing waits, the bar counts it, and a reload shows the same."""
    marked = sum(bool(key) for key in wanted)
    expect(page.locator("#att-bar")).to_contain_text(f"đã ghi {marked}/{PEOPLE}")
    expect(page.locator("[data-attendance]")).not_to_have_attribute("data-queue", re.compile("[1-9]"))
    expect(page.locator(".att-row.unsent")).to_have_count(0)
    assert marks(page) == wanted
    page.reload()
    assert marks(page) == wanted


def test_by_keyboard(classroom: Classroom, browse: Browse) -> None:
    page = browse(classroom.address, DESKTOP)
    open_sheet(page, classroom)
    page.locator("[data-find]").focus()
    page.keyboard.press("Enter")
    for key in KEYS:
        page.keyboard.press(key)
        page.keyboard.press("ArrowDown")
    settle(page, list(KEYS))
    expect(page.locator("#att-bar")).to_contain_text("có mặt 15 (muộn 5) · vắng 10 (có phép 5) · chưa ghi 0")
    picture(page, "attendance-desktop")
    page.locator("[data-find]").focus()
    for key in ("Enter", "Delete", "End", "ArrowUp", "Home", "ArrowDown", "Enter"):
        page.keyboard.press(key)
    settle(page, ["", *KEYS[1:]])
    page.locator("[data-find]").focus()
    for key in ("Enter", "ArrowDown", "ArrowDown", "ArrowLeft", "Space"):
        page.keyboard.press(key)
    settle(page, ["", "x", "x", *KEYS[3:]])
    page.get_by_role("button", name="Hoàn tác").click()
    expect(page.locator(".att-row").nth(2).locator("[data-key=m]")).to_be_checked()
    settle(page, ["", *KEYS[1:]])


def test_by_thumb(classroom: Classroom, browse: Browse) -> None:
    page = browse(classroom.address, PHONE)
    open_sheet(page, classroom)
    assert_accessible(page)
    page.get_by_role("button", name="Tất cả có mặt").tap()
    settle(page, ["x"] * PEOPLE)
    for number, key in ((3, "k"), (7, "m"), (11, "p"), (12, "x")):  # the last one is tapped again: cleared
        choice(page, number, key).tap()
    wanted = ["x"] * PEOPLE
    wanted[3], wanted[7], wanted[11], wanted[12] = "k", "m", "p", ""
    settle(page, wanted)
    picture(page, "attendance-phone")
    assert_accessible(page)
    for number in range(PEOPLE):
        choice(page, number, "m" if wanted[number] != "m" else "x").tap()
    settle(page, ["m" if key != "m" else "x" for key in wanted])


@pytest.mark.parametrize("device", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_nothing_is_lost_while_the_network_is_away(
    classroom: Classroom, browse: Browse, device: dict[str, Any]
) -> None:
    page = browse(classroom.address, device)
    open_sheet(page, classroom)
    choice(page, 0, "x").click()
    expect(page.locator("#att-bar")).to_contain_text(f"đã ghi 1/{PEOPLE}")
    page.context.set_offline(True)
    for number, key in ((1, "x"), (2, "k"), (3, "m"), (3, "p"), (0, "m")):
        choice(page, number, key).click()
    expect(page.locator(".att-row.unsent")).to_have_count(4)
    expect(page.locator("[data-waiting]")).to_contain_text("4 dấu chưa gửi")
    stays = "() => !dispatchEvent(new Event('beforeunload', {cancelable: true}))"
    assert page.evaluate(stays)
    assert_accessible(page)
    page.context.set_offline(False)
    settle(page, ["m", "x", "k", "p", *[""] * (PEOPLE - 4)])
    assert not page.evaluate(stays)


def test_whoever_marks_at_once_sees_the_other(classroom: Classroom, browse: Browse) -> None:
    one, other = browse(classroom.address, DESKTOP), browse(classroom.address, PHONE)
    open_sheet(one, classroom)
    open_sheet(other, classroom)
    choice(one, 0, "k").click()
    expect(one.locator("#att-bar")).to_contain_text(f"đã ghi 1/{PEOPLE}")
    choice(other, 0, "x").tap()
    row = other.locator(".att-row").first
    expect(row).to_contain_text("đã ghi «Vắng»")
    expect(row).to_contain_text("Bạn chọn «Có mặt»: chưa ghi")
    assert marks(other)[0] == "k"
    assert_accessible(other)
    choice(other, 0, "x").tap()
    settle(other, ["x", *[""] * (PEOPLE - 1)])


def test_a_plain_form_without_script(classroom: Classroom, browse: Browse) -> None:
    page = browse(classroom.address, {**DESKTOP, "java_script_enabled": False})
    open_sheet(page, classroom)
    choice(page, 4, "p").click()
    page.get_by_role("button", name="Lưu điểm danh").last.click()
    expect(page.locator("#att-bar")).to_contain_text(f"đã ghi 1/{PEOPLE}")
    expect(page.locator(".att-row").nth(4).locator("[data-key=p]")).to_be_checked()
    page.get_by_role("button", name="Tất cả có mặt").click()
    expect(page.locator("#att-bar")).to_contain_text(f"đã ghi {PEOPLE}/{PEOPLE}")


@pytest.mark.parametrize("device", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_a_photographed_list_beside_the_sheet(
    classroom: Classroom, browse: Browse, device: dict[str, Any]
) -> None:
    page = browse(classroom.address, device)
    open_sheet(page, classroom)
    page.locator(".att-papers > summary").click()
    page.locator("#paper-files").set_input_files({"name": "ky.png", "mimeType": "image/png", "buffer": PNG})
    page.get_by_role("button", name="Gửi ảnh").click()
    if device is PHONE:
        page.locator(".att-papers > summary").click()
    expect(page.get_by_role("img", name="Ảnh 1 của danh sách giấy đã ký")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Đã nhập xong").click()
    page.locator(".att-papers").get_by_text("đã nhập", exact=True).wait_for(state="attached")


@pytest.mark.parametrize("device", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_people_are_put_on_the_roster(classroom: Classroom, browse: Browse, device: dict[str, Any]) -> None:
    page = browse(classroom.address, device)
    open_sheet(page, classroom)
    page.get_by_role("link", name="Thêm người").click()
    page.get_by_label("Tìm theo họ tên").fill("nguyen")
    found = page.locator("#roster-found li", has=page.get_by_role("button"))
    name = found.first.locator("[id^=found-]").inner_text()
    assert_accessible(page)
    found.first.get_by_role("button").click()
    expect(page.locator("#messages")).to_contain_text("Đã thêm 1 người.")
    assert_accessible(page)
    page.get_by_text("Dán nhiều tên").click()
    page.get_by_label("Mỗi dòng một họ tên").fill(f"1. {name}\n2. Không Ai Cả")
    page.get_by_role("button", name="Xem ai là ai").click()
    expect(page.locator("main")).to_contain_text("chưa có hồ sơ 1")
    assert_accessible(page)
