"""Head counts: units with numbers of delegates, as exactly as they are known."""

from __future__ import annotations

import random

from tests.exchange.sheets.corpus import frames
from tests.exchange.sheets.corpus.pages import Made, Page
from tests.exchange.sheets.corpus.world import units

_HEADS = [
    "Số đại biểu",
    "Số lượng",
    "Số người tham dự",
    "Số lượng đại biểu",
    "Số lượng (người)",
    "Số người",
    "Tổng số người tham gia",
    "SL người",
]
_UNITS = [
    "Đơn vị",
    "Tên đơn vị",
    "Địa phương, đơn vị",
    "Xã, thị trấn",
    "Cơ quan, đơn vị",
    "Tên cơ quan, đơn vị",
]


def _typed(pick: random.Random, count: int) -> tuple[object, int | None, str | None]:
    spoken = f"{count:,}".replace(",", ".")
    options: list[tuple[object, int | None, str | None]] = [
        (count, count, "exact"),
        (str(count), count, "exact"),
        (f"{count} người", count, "exact"),
        (f"gần {spoken}", count, "nearly"),
        (f"Gần {spoken} người", count, "nearly"),
        (f"khoảng {spoken}", count, "about"),
        (f"~{count}", count, "about"),
        (f"trên {spoken}", count, "over"),
        (f"hơn {spoken} đại biểu", count, "over"),
        (f"dưới {spoken}", count, "under"),
        ("", None, None),
    ]
    return pick.choice(options)


def make(seed: int, suffix: str = "") -> Made:
    """One table of head counts from a seed."""
    pick = random.Random(5_000 + seed)
    page = Page("Sheet1")
    left = pick.choice([0, 0, 1])
    groups = seed % 3 == 1
    if pick.random() < 0.6:
        frames.letterhead(page, pick, left, 5)
    frames.title(page, pick, left, 5, "TỔNG HỢP SỐ LƯỢNG ĐẠI BIỂU", "Hội nghị chuyển đổi số năm 2024")
    sexes = seed % 3 == 2
    heads = ["STT", pick.choice(_UNITS), pick.choice(_HEADS), *(["Trong đó: Nữ"] if sexes else []), "Ghi chú"]
    page.line(*heads, left=left)
    for number, unit in enumerate(units(pick, pick.randint(4, 10)), 1):
        if groups and number in (1, 4):
            page.line(frames.ROMAN[number // 4], ["CẤP XÃ", "CẤP HUYỆN"][number // 4], left=left)
        cell, count, qualifier = _typed(pick, pick.choice([7, 25, 120, 600, 1800, 11320]))
        row = page.line(number, unit, cell, *([3] if sexes else []), "", left=left)
        page.says(row, unit=unit, count=count, qualifier=qualifier)
    page.line("", pick.choice(["Tổng cộng", "Cộng", "TỔNG SỐ"]), 4321, left=left)
    if pick.random() < 0.7:
        frames.signatures(page, pick, left, 5, 40)
    return Made(
        f"counts{seed}", "headcounts", [page], suffix or pick.choice([".xlsx", ".xls", ".csv", ".ods"])
    )
