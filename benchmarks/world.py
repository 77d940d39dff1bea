"""A made-up province as an exchange bundle: 60,000 staff, 2,000 villages, 1 M attendances at full size."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random

COMMUNES, YEAR = 120, 2026
FAMILY = ("Nguyễn", "Trần", "Lê", "Hoàng", "Lù", "Giàng", "Phàn", "Vàng")
GIVEN = ("An", "Bình", "Chiến", "Dung", "Hải", "Hạnh", "Mỷ", "Sì", "Thúy", "Tuấn")


def write_world(folder: Path, *, staff: int, villages: int, attendances: int, seed: int = 1) -> None:
    """Writes the bundle; every person holds one post, so that plain sums by post are right as well."""
    random = Random(seed)
    folder.mkdir(parents=True)
    (folder / "bundle.json").write_text(
        json.dumps({"format": "nhanlucso-bundle", "version": 1, "source": "bench"})
    )
    units = [f"c{n}" for n in range(COMMUNES)] + [f"a{n}" for n in range(40)]
    _write(folder, "units", "id,code,name,kind,parent_id,valid_from,valid_to", _units(villages))
    _write(folder, "people", "id,full_name,birth_date,sex", _people(random, staff))
    _write(
        folder,
        "posts",
        "id,person_id,unit_id,title,category,is_leader,is_main,duties,valid_from,valid_to",
        _posts(random, staff, units),
    )
    _training(folder, random, staff, units, attendances // 100)  # a class has 50 people and 2 sessions
    _results_and_teams(folder, random, staff, villages)
    _plan(folder)


def _training(folder: Path, random: Random, staff: int, units: list[str], classes: int) -> None:
    _write(
        folder,
        "courses",
        "id,title,counts_for,delivery,periods",
        [
            ("k0", "Kỹ năng số cơ bản", "basic_digital_skills", "class", 16),
            ("k1", "Chuẩn kỹ năng CNTT", "ict_standard", "class", 24),
            ("k2", "Chuyển đổi số (MOOC)", "basic_digital_skills;ict_standard", "self_paced", 16),
        ],
    )
    _write(
        folder,
        "classes",
        "id,course_id,title,form,mode,host_unit_id,round",
        (
            (
                f"L{n}",
                f"k{n % 2}",
                f"Lớp {n}",
                "class" if n % 9 else "conference",
                "in_person",
                units[n % len(units)],
                f"Đợt {n % 4}",
            )
            for n in range(classes)
        ),
    )
    days = [date(YEAR, 1, 5) + timedelta(days=random.randrange(240)) for _ in range(classes)]
    _write(
        folder,
        "sessions",
        "id,class_id,starts_at,ends_at",
        (
            (
                f"L{n}-{s}",
                f"L{n}",
                f"{days[n] + timedelta(days=s)}T08:00:00+07:00",
                f"{days[n] + timedelta(days=s)}T11:00:00+07:00",
            )
            for n in range(classes)
            for s in range(2)
        ),
    )
    _write(
        folder, "attendance", "session_id,person_id,status,recorded_at", _attendance(random, staff, classes)
    )


def _results_and_teams(folder: Path, random: Random, staff: int, villages: int) -> None:
    _write(
        folder,
        "results",
        "id,person_id,course_id,enrolled_at,completed_at,score,passed,source",
        (
            (
                f"r{n}",
                f"s{random.randrange(staff)}",
                "k2",
                f"{YEAR}-02-01",
                f"{YEAR}-0{1 + n % 9}-20",
                8,
                "true" if n % 4 else "false",
                "MOOC",
            )
            for n in range(staff // 2)
        ),
    )
    _write(
        folder,
        "teams",
        "id,unit_id,name,decision,valid_from,valid_to",
        ((f"t{n}", f"v{n}", f"Tổ {n}", "", "2023-01-01", "") for n in range(villages) if n % 20),
    )


def _plan(folder: Path) -> None:
    header = "id,number,title,issuer_unit_id,issued_on,valid_from,valid_to"
    plan = ("kh", "1/KH-UBND", "Kế hoạch mẫu", "p", f"{YEAR}-01-02", f"{YEAR}-01-01", f"{YEAR}-12-31")
    _write(folder, "plans", header, [plan])
    targets = [
        ("m1", "kh", "coverage.basic", "p", YEAR, 90),
        ("m2", "kh", "training.persons", "p", YEAR, 50_000),
    ]
    _write(folder, "targets", "id,plan_id,indicator,unit_id,year,value", targets)


def _units(villages: int) -> Iterator[tuple[object, ...]]:
    yield "p", "15", "Tỉnh Mẫu", "province", "", "", ""
    for n in range(COMMUNES):
        yield f"c{n}", f"{n:05d}", f"Xã {n}", "commune", "p", "", ""
    for n in range(40):
        yield f"a{n}", "", f"Sở {n}", "agency", "p", "", ""
    for n in range(villages):
        yield f"v{n}", "", f"Thôn {n}", "village", f"c{n % COMMUNES}", "", ""


def _people(random: Random, staff: int) -> Iterator[tuple[object, ...]]:
    for n in range(staff):
        name = f"{random.choice(FAMILY)} {random.choice(GIVEN)} {random.choice(GIVEN)}"
        yield f"s{n}", name, 1966 + n % 40, "fm"[n % 2]


def _posts(random: Random, staff: int, units: list[str]) -> Iterator[tuple[object, ...]]:
    for n in range(staff):
        category = ("cadre", "civil_servant", "public_employee", "contract_worker")[n % 4]
        duties = "dt_dedicated" if n % 200 == 0 else "dt_concurrent" if n % 20 == 0 else ""
        yield (
            f"o{n}", f"s{n}", random.choice(units), "", category, "true" if n % 15 == 0 else "false", "true", duties,
            "2020-01-01", "",
        )  # fmt: skip


def _attendance(random: Random, staff: int, classes: int) -> Iterator[tuple[object, ...]]:
    for n in range(classes):
        for person in sorted(random.sample(range(staff), min(50, staff))):
            for s in range(2):
                yield f"L{n}-{s}", f"s{person}", "present" if random.random() < 0.93 else "absent", ""


def _write(folder: Path, name: str, header: str, rows: Iterable[tuple[object, ...]]) -> None:
    with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header.split(","))
        writer.writerows(rows)
