"""`demo`: the two example cases and accounts to try them with."""

from __future__ import annotations

import argparse
from pathlib import Path

from nhanlucso.access.services import ensure_account
from nhanlucso.cli.output import emit
from nhanlucso.exchange.bundle.importing import import_bundle
from nhanlucso.indicators.figures import sentence
from nhanlucso.indicators.queries import ask, figures, pick
from nhanlucso.kernel.clock import now
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.scope import SYSTEM
from nhanlucso.orgs.queries import resolve_unit

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"
BUNDLES = ("bao-thang-2024", "tuyen-quang-2023")
PASSWORD = "nhan-luc-so-2026"  # noqa: S105 - printed for whoever tries the product on their own machine
ACCOUNTS = (
    ("quantri", "Quản trị hệ thống", "administrator", None),
    ("laocai", "Cán bộ tỉnh Lào Cai", "officer", "lao-cai-2025"),
    ("tangloong", "Cán bộ xã Tằng Loỏng", "officer", "tang-loong"),
    ("tuyenquang", "Cán bộ tỉnh Tuyên Quang", "officer", "tuyen-quang-2025"),
    ("xem", "Lãnh đạo xem số liệu", "viewer", "lao-cai-2025"),
)
SHOWN = (
    ("bao-thang", "2024-9M", ("mooc.learners", "training.attendances", "coverage.basic", "coverage.ict_standard")),
    ("phu-nhuan", "2024-9M", ("staff.headcount", "it.concurrent", "it.dedicated", "teams.count",
                              "teams.village_coverage", "status.basic")),
    ("so-tttt", "2023-9M", ("training.rounds", "training.conferences", "training.attendances")),
    ("van-phong-ubnd", "2023-9M", ("training.conferences", "training.attendances")),
    ("cong-an-tinh", "2023-9M", ("training.classes", "training.attendances")),
    ("so-tu-phap", "2023-9M", ("it.dedicated",)),
)  # fmt: skip


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true")


def run(options: argparse.Namespace) -> None:
    for name in BUNDLES:
        if not (EXAMPLES / name).is_dir():
            raise Refused("no_examples", f"Không thấy ví dụ {name}: lệnh demo chạy từ bản mã nguồn đầy đủ.")
        import_bundle(EXAMPLES / name, dry_run=False, by=None, at=now())
    for username, full_name, role, unit in ACCOUNTS:
        ensure_account(
            username=username,
            full_name=full_name,
            password=PASSWORD,
            role=role,
            unit=resolve_unit(unit) if unit else None,
            by=SYSTEM,
            at=now(),
        )
    seeds = _seed_figures()
    if options.json:
        emit({"accounts": [row[0] for row in ACCOUNTS], "password": PASSWORD, "figures": seeds})
        return
    print(f"Tài khoản dùng thử (mật khẩu {PASSWORD}):")
    for username, full_name, _, _ in ACCOUNTS:
        print(f"  {username:<12} {full_name}")
    print("Số liệu tính từ hai ví dụ:")
    for row in seeds:
        print(f"  {row['unit']:<16} {row['period']:<8} {row['indicator']:<24} {row['figure']}")


def _seed_figures() -> list[dict[str, str]]:
    rows = []
    for reference, period, codes in SHOWN:
        unit = resolve_unit(reference).pk
        for figure in figures(SYSTEM, ask(period), pick(codes), [unit])[unit]:
            rows.append(
                {
                    "unit": reference,
                    "period": period,
                    "indicator": figure.indicator.code,
                    "figure": sentence(figure),
                }
            )
    return rows
