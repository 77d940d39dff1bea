"""Files that are sent while the machine is killed."""

from __future__ import annotations

import io
import random
import zipfile
from datetime import date, timedelta
from itertools import product

import xlsxwriter

COMMUNE = "tang-loong"
PEOPLE = 40  # of a list or bundle

_NAMES = [
    f"{head}{tail}"
    for head, tail in product(("Bl", "Kr", "Gr", "Pl", "Dr", "Sr"), ("ăng", "ươi", "ép", "ong"))
]


def staff_list(phone: str) -> bytes:
    """A list of people whom nobody knows: of no two lists has anybody the same name and birthday."""
    target = io.BytesIO()
    chance = random.Random(phone)
    eldest = date(1960, 1, 1) + timedelta(days=int(phone) % 300 * PEOPLE)
    with xlsxwriter.Workbook(target) as book:
        sheet = book.add_worksheet("Danh sách")
        sheet.write_row(0, 0, ["DANH SÁCH CÁN BỘ"])
        sheet.write_row(1, 0, ["STT", "Họ và tên", "Ngày sinh", "Chức vụ", "Điện thoại"])
        for number in range(PEOPLE):
            name = " ".join(["Rơ", *chance.choices(_NAMES, k=3)])
            birth = f"{eldest + timedelta(days=number):%d/%m/%Y}"
            sheet.write_row(2 + number, 0, [number + 1, name, birth, "Chuyên viên", f"{phone}{number:04d}"])
    return target.getvalue()


def people_bundle(mark: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        package.writestr(
            "bundle.json", '{"format": "nhanlucso-bundle", "version": 1, "source": "bao-thang-2024"}'
        )
        people = [f"{mark}-{number},Y {mark} {number},1990,f,,,\n" for number in range(PEOPLE)]
        package.writestr(
            "people.csv", "id,full_name,birth_date,sex,national_id,phone,email\n" + "".join(people)
        )
        posts = [
            f"{mark}-{number}-1,{mark}-{number},{COMMUNE},Chuyên viên,civil_servant,false,true,,2026-01-01,,\n"
            for number in range(PEOPLE)
        ]
        head = (
            "id,person_id,unit_id,title,category,is_leader,is_main,duties,valid_from,valid_to,qualification\n"
        )
        package.writestr("posts.csv", head + "".join(posts))
    return target.getvalue()
