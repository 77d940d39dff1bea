"""A made-up register with names as common as in the country, and lists about it with the slips of real ones."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random

UNITS = 400
FAMILIES = (
    ("Nguyễn", 31), ("Trần", 11), ("Lê", 9), ("Phạm", 7), ("Hoàng", 6), ("Vũ", 4), ("Phan", 3), ("Đặng", 2.5),
    ("Bùi", 2.5), ("Đỗ", 2), ("Ngô", 1.5), ("Dương", 1.2), ("Lý", 2), ("Giàng", 2.5), ("Vàng", 2), ("Lù", 1.5),
    ("Phàn", 1.5), ("Chảo", 1), ("Tẩn", 1), ("Lò", 1.5), ("Hà", 1), ("Nông", 1), ("Ma", 1), ("Cao", 0.6),
    ("Đinh", 0.8), ("Trịnh", 0.7), ("Mai", 0.5), ("Thào", 0.7), ("Sùng", 0.8), ("Cư", 0.3), ("Triệu", 0.9),
)  # fmt: skip
FEMALE_MIDDLES = (
    ("Thị", 52), ("Thị Thu", 7), ("Thị Thanh", 5), ("Thị Ngọc", 4), ("Thị Minh", 3), ("Thu", 5),
    ("Thanh", 4), ("Ngọc", 4), ("Hồng", 3), ("Kim", 3), ("Thị Bích", 2), ("Phương", 2), ("", 3),
    ("Thị Kim", 2),
)  # fmt: skip
MALE_MIDDLES = (
    ("Văn", 30), ("Đức", 9), ("Minh", 6), ("Quang", 6), ("Xuân", 5), ("Ngọc", 5), ("Hữu", 5), ("Mạnh", 4),
    ("Công", 4), ("Trọng", 3), ("A", 8), ("Seo", 4), ("Quốc", 3), ("Anh", 2), ("Thanh", 3), ("", 4),
)  # fmt: skip
FEMALE = (
    "Hương Lan Hoa Huyền Linh Trang Thảo Hằng Hạnh Nga Thủy Hà Mai Yến Ngân Nhung Phương Thúy Hiền "
    "Loan Liên Oanh Dung Tuyết Vân Quỳnh My Mỷ Dợ Sung Chi Anh Giang Hòa Bình Xuân Thu Tâm Hồng Lệ "
    "Duyên Ly Diệp Hường Thắm Lụa Mỹ Nguyệt Kim Ánh "
)
MALE = (
    "Hùng Dũng Tuấn Cường Sơn Nam Hải Long Thắng Thành Trung Tùng Minh Đức Quân Kiên Hiếu Huy Chiến "
    "Quyết Dương Phong Việt Lâm Toàn Vinh Bình An Anh Giang Hà Hòa Tâm Sáng Páo Phừ Sì Dơ Chu Lử Pao "
    "Vư Chính Hưng Khánh Đạt Khoa Phúc Thịnh Tiến "
)


@dataclass(frozen=True, slots=True)
class Someone:
    """A person as known, or as a row of a list tells; empty is unknown. `unit` is a number below UNITS."""

    full_name: str
    birth: str
    sex: str
    phone: str
    email: str
    national_id: str
    unit: int


def register(random: Random, people: int) -> list[Someone]:
    """The people of a province."""
    return [someone(random, number) for number in range(people)]


def someone(random: Random, number: int) -> Someone:
    sex = random.choice("mf")
    middles, givens = (FEMALE_MIDDLES, FEMALE) if sex == "f" else (MALE_MIDDLES, MALE)
    words = givens.split()
    given = words[min(int(random.expovariate(1 / 12)), len(words) - 1)]
    name = " ".join(filter(None, (_pick(random, FAMILIES), _pick(random, middles), given)))
    year = random.randint(1964, 2003)
    day = "-01-01" if random.random() < 0.02 else f"-{random.randint(1, 12):02d}-{random.randint(1, 28):02d}"
    return Someone(
        name,
        f"{year}{'' if random.random() < 0.06 else day}",
        sex if random.random() < 0.9 else "",
        _phone(random) if random.random() < 0.8 else "",
        f"{_bare(given).lower()}{number}@laocai.gov.vn" if random.random() < 0.5 else "",
        f"0{random.randint(10**10, 10**11 - 1)}" if random.random() < 0.5 else "",
        random.randrange(UNITS),
    )


def told(random: Random, known: Someone) -> Someone:
    """What a list says of a person: parts left out, contacts renewed, slips of the fingers, another unit."""
    row = replace(known, national_id=known.national_id if random.random() < 0.3 else "")
    changes = (
        (0.08, lambda one: replace(one, full_name=_bare(one.full_name))),
        (0.03, lambda one: replace(one, full_name=_mistyped(random, one.full_name))),
        (0.01, lambda one: replace(one, full_name=_shortened(one.full_name))),
        (0.12, lambda one: replace(one, birth=one.birth[:4])),
        (0.05, lambda one: replace(one, birth="")),
        (0.01, lambda one: replace(one, birth=_swapped(one.birth))),
        (0.01, lambda one: replace(one, birth=_another_day(random, one.birth))),
        (0.15, lambda one: replace(one, phone=_phone(random))),
        (0.4, lambda one: replace(one, phone="")),
        (0.6, lambda one: replace(one, email="")),
        (0.3, lambda one: replace(one, sex="")),
        (0.04, lambda one: replace(one, unit=random.randrange(UNITS))),
    )
    for share, change in changes:
        if random.random() < share:
            row = change(row)
    return row


def newcomer(random: Random, number: int, people: Sequence[Someone]) -> Someone:
    """Somebody who is not in the register; now and then with the telephone of one who is, or with his or her name."""
    new = someone(random, number)
    if random.random() < 0.02:
        new = replace(new, phone=random.choice(people).phone)
    if random.random() < 0.05:
        new = replace(new, full_name=random.choice(people).full_name)
    return told(random, new)


def _pick(random: Random, choices: Sequence[tuple[str, float]]) -> str:
    return random.choices([word for word, _ in choices], [share for _, share in choices])[0]


def _phone(random: Random) -> str:
    return f"0{random.choice('3789')}{random.randint(10**7, 10**8 - 1)}"


def _bare(text: str) -> str:
    text = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(letter for letter in text if unicodedata.category(letter) != "Mn")


def _mistyped(random: Random, name: str) -> str:
    """One letter left out, doubled, changed or swapped with the next."""
    place = random.randrange(1, len(name) - 1)
    kind = random.randrange(4)
    if kind == 0:
        return name[:place] + name[place + 1 :]
    if kind == 1:
        return name[:place] + name[place] + name[place:]
    if kind == 2:
        return name[:place] + random.choice("aeiounhtgc") + name[place + 1 :]
    return name[:place] + name[place + 1] + name[place] + name[place + 2 :]


def _shortened(name: str) -> str:
    """«Nguyễn Thị Hương» → «Nguyễn T. Hương»."""
    words = name.split()
    return " ".join([words[0], *(f"{word[0]}." for word in words[1:-1]), words[-1]])


def _swapped(birth: str) -> str:
    if len(birth) != 10 or int(birth[8:]) > 12:
        return birth
    return f"{birth[:4]}-{birth[8:]}-{birth[5:7]}"


def _another_day(random: Random, birth: str) -> str:
    return birth if len(birth) != 10 else f"{birth[:8]}{random.randint(1, 28):02d}"
