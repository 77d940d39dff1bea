"""What stands around a table: letterheads, titles, signatures, notes; and the table's own heading block."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from tests.exchange.sheets.corpus.habits import Typed
from tests.exchange.sheets.corpus.pages import Page
from tests.exchange.sheets.corpus.world import Human

ROMAN = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"]


@dataclass(slots=True)
class Col:
    """A column: what it is of, its heading, and how its cells come from people."""

    key: str  # key of the truth; empty where readers should take nothing from it
    head: str
    cell: Callable[[Human, random.Random], Typed]
    keys: tuple[str, ...] = ()  # further keys that this cell tells (sex by its column)


@dataclass(slots=True)
class Top:
    """Columns under a common heading (empty: none)."""

    head: str
    columns: list[Col] = field(default_factory=list)


def letterhead(page: Page, pick: random.Random, left: int, width: int) -> None:
    """The national heading, or that of the Party, or just the office."""
    half = max(2, width // 2)
    kind = pick.choice(["nation", "nation", "party", "office", "split"])
    if kind == "nation":
        page.put(page.next, left, "UBND HUYỆN BẢO THẮNG", right=half - 1)
        page.put(page.next, left + half, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", right=max(1, width - half - 1))
        page.skip()
        page.line("PHÒNG VĂN HÓA - THÔNG TIN", *[""] * (half - 1), "Độc lập - Tự do - Hạnh phúc", left=left)
        page.line("Số:      /DS-VHTT", *[""] * (half - 1), "Bảo Thắng, ngày     tháng 9 năm 2024", left=left)
    elif kind == "party":
        page.line("ĐẢNG BỘ TỈNH LÀO CAI", *[""] * (half - 1), "ĐẢNG CỘNG SẢN VIỆT NAM", left=left)
        page.line("BAN CHẤP HÀNH", *[""] * (half - 1), "Lào Cai, ngày 05 tháng 6 năm 2025", left=left)
    elif kind == "split":
        page.line(
            "ỦY BAN NHÂN DÂN\nTỈNH LÀO CAI",
            *[""] * (half - 1),
            "CỘNG HÒA XÃ HỘI\nCHỦ NGHĨA VIỆT NAM",
            left=left,
        )
    else:
        page.line("CÔNG TY CỔ PHẦN VIỆT LÀO", left=left)
    page.skip(pick.choice([0, 1]))


def title(page: Page, pick: random.Random, left: int, width: int, *lines: str) -> None:
    """Lines over the table, merged over its width or not."""
    for text in lines:
        merged = pick.random() < 0.6 and width > 1
        page.put(page.next, left, text, right=width - 1 if merged else 0)
        page.skip()
    page.skip(pick.choice([0, 1, 1]))


def head(page: Page, left: int, tops: Sequence[Top], *, merges: bool = True, over: str = "") -> list[Col]:
    """Writes the heading block; `over` is a third row above the groups, over the columns after the first two."""
    deep = any(top.head for top in tops)
    rows = (2 if deep else 1) + (1 if over else 0)
    start = page.next
    column = left
    columns: list[Col] = []
    total = sum(len(top.columns) for top in tops)
    for top in tops:
        lifted = over and column >= left + 2
        first = start + (1 if lifted else 0)
        if top.head:
            page.put(first, column, top.head, right=len(top.columns) - 1 if merges else 0, down=0)
            for number, col in enumerate(top.columns):
                page.put(start + rows - 1, column + number, col.head)
            if not lifted and over and merges:
                pass
        else:
            down = rows - 1 - (1 if lifted else 0)
            for number, col in enumerate(top.columns):
                page.put(first, column + number, col.head, down=down if merges else 0)
        columns += top.columns
        column += len(top.columns)
    if over:
        page.put(start, left + 2, over, right=total - 3 if merges else 0)
    page.skip(rows)
    return columns


def numbering(page: Page, left: int, width: int, style: str) -> None:
    """The row that numbers the columns."""
    if style == "brackets":
        page.line(*[f"({number})" for number in range(1, width + 1)], left=left)
    elif style == "letters":
        page.line("A", "B", *[str(number) for number in range(1, width - 1)], left=left)
    elif style == "numbers":
        page.line(*range(1, width + 1), left=left)


def signatures(page: Page, pick: random.Random, left: int, width: int, count: int) -> None:
    """What follows the last row of a list."""
    last = left + max(2, width - 2)
    if pick.random() < 0.5:
        page.line(
            pick.choice([f"Danh sách này có {count:02d} người./.", f"(Ấn định danh sách có {count} người)"]),
            left=left,
        )
    if pick.random() < 0.4:
        page.line(
            "",
            pick.choice(
                [
                    "Ghi chú: Cột 5 ghi rõ xã, thị trấn.",
                    "* Đề nghị gửi trước ngày 20/9/2024",
                    "Lưu ý: Ghi đầy đủ thông tin",
                ]
            ),
            left=left,
        )
    page.skip(pick.choice([0, 1]))
    if pick.random() < 0.6:
        page.put(
            page.next,
            last,
            pick.choice(["Gia Phú, ngày 14 tháng 9 năm 2024", "Bảo Thắng, ngày … tháng … năm 2024"]),
        )
        page.skip()
    _signers(page, pick, left, last)


def _signers(page: Page, pick: random.Random, left: int, last: int) -> None:
    """Who made the list and who signs it, with room for the signatures."""
    signer = pick.choice(
        [
            "TM. ỦY BAN NHÂN DÂN",
            "TRƯỞNG PHÒNG",
            "THỦ TRƯỞNG ĐƠN VỊ",
            "KT. CHỦ TỊCH",
            "HIỆU TRƯỞNG",
            "XÁC NHẬN CỦA LÃNH ĐẠO",
        ]
    )
    maker = pick.choice(
        ["NGƯỜI LẬP BIỂU", "Người lập", "Người tổng hợp", "CÁN BỘ THEO DÕI", "Người lập bảng"]
    )
    page.put(page.next, left + 1, maker)
    page.put(page.next, last, signer)
    page.skip()
    if signer.startswith(("TM.", "KT.")):
        page.put(page.next, last, pick.choice(["CHỦ TỊCH", "PHÓ CHỦ TỊCH"]))
        page.skip()
    page.put(page.next, left + 1, "(Ký, ghi rõ họ tên)")
    page.put(page.next, last, "(Ký tên, đóng dấu)")
    page.skip(3)
    page.put(page.next, left + 1, "Bùi Thị Hạnh")
    page.put(page.next, last, "Trần Văn Dũng")
    page.skip()
