"""`demo`: the two example cases, two forms and accounts to try them with."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from django.core.files.base import ContentFile

from nhanlucso.access.enums import Role
from nhanlucso.access.services import ensure_account
from nhanlucso.cli.output import emit
from nhanlucso.exchange.bundle.importing import import_bundle
from nhanlucso.forms.models import ReportForm
from nhanlucso.forms.services import accept, keep_form, rename_form
from nhanlucso.indicators.figures import sentence
from nhanlucso.indicators.queries import ask, figures, pick
from nhanlucso.kernel.clock import now, today
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.scope import SYSTEM
from nhanlucso.orgs.enums import UnitKind
from nhanlucso.orgs.models import Unit
from nhanlucso.orgs.queries import history, resolve_unit
from nhanlucso.orgs.services import NewUnit, add_unit
from nhanlucso.people.accounts.services import link_person
from nhanlucso.people.enums import Category
from nhanlucso.people.models import Person
from nhanlucso.people.services import PersonData, PostData, add_person

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"
BUNDLES = ("bao-thang-2024", "tuyen-quang-2023")
PASSWORD = "nhan-luc-so-2026"  # noqa: S105 - printed for whoever tries the product on their own machine
FOUNDED = date(2025, 7, 1)
ENTERPRISE = "Công ty TNHH Ví dụ Tằng Loỏng"  # invented, like its workers
WORKERS = ("Nguyễn Văn An", "Lý Thị Bình", "Hoàng Văn Cường", "Vàng Thị Dở", "Phạm Thị Hoa", "Sùng A Lềnh")
ACCOUNTS = (
    ("quantri", "Quản trị hệ thống", "administrator", None),
    ("laocai", "Cán bộ tỉnh Lào Cai", "officer", "lao-cai-2025"),
    ("tangloong", "Cán bộ xã Tằng Loỏng", "officer", "tang-loong"),
    ("tuyenquang", "Cán bộ tỉnh Tuyên Quang", "officer", "tuyen-quang-2025"),
    ("kehoach", "Người lập kế hoạch tỉnh Lào Cai", "planner", "lao-cai-2025"),
    ("lanhdao", "Lãnh đạo tỉnh Lào Cai", "approver", "lao-cai-2025"),
    ("chutich", "Chủ tịch xã Tằng Loỏng", "approver", "tang-loong"),
    ("giangvien", "", "trainer", "tang-loong"),
    ("tovien", "", "team_member", "phu-nhuan-thon-01"),
    ("hocvien", "", "learner", "tang-loong"),
    ("doanhnghiep", "Phụ trách nhân sự công ty ví dụ", "enterprise", ENTERPRISE),
    ("xem", "Lãnh đạo xem số liệu", "viewer", "lao-cai-2025"),
    ("kiemtra", "Thanh tra tỉnh Lào Cai", "auditor", "lao-cai-2025"),
)
PERSONS = {  # who of the example stands behind an account that has records of its own
    "giangvien": "bt-0052",
    "tovien": "bt-1143",
    "hocvien": "bt-0056",
}
FORMS = (  # what the province sends to its communes
    ("bieu-ky-nang-so.xlsx", "Biểu kỹ năng số theo xã, phường"),
    ("bao-cao-ky-nang-so.docx", "Báo cáo kết quả bồi dưỡng kỹ năng số"),
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
        _account(username, full_name, role, unit)
    _forms()
    seeds = _seed_figures()
    if options.json:
        emit({"accounts": [row[0] for row in ACCOUNTS], "password": PASSWORD, "figures": seeds})
        return
    print(f"Tài khoản dùng thử (mật khẩu {PASSWORD}):")
    for username, _name, role, unit in ACCOUNTS:
        print(f"  {username:<12} {Role(role).label}, {_unit_name(unit)}")
    print("Số liệu tính từ hai ví dụ:")
    for row in seeds:
        print(f"  {row['unit']:<16} {row['period']:<8} {row['indicator']:<24} {row['figure']}")


def _account(username: str, full_name: str, role: str, reference: str | None) -> None:
    person = Person.objects.get(uid=PERSONS[username]) if username in PERSONS else None
    account = ensure_account(
        username=username,
        full_name=person.full_name if person else full_name,
        password=PASSWORD,
        role=role,
        unit=_unit(reference),
        by=SYSTEM,
        at=now(),
    )
    if person is not None:
        link_person(account=account, person=person, by=SYSTEM, at=now())


def _unit(reference: str | None) -> Unit | None:
    if reference is None:
        return None
    return _enterprise() if reference == ENTERPRISE else resolve_unit(reference)


def _unit_name(reference: str | None) -> str:
    unit = _unit(reference)
    return history().names().get(unit.pk, "") if unit else "toàn hệ thống"


def _enterprise() -> Unit:
    """The invented enterprise below xã Tằng Loỏng; it is made once, with its workers."""
    commune = resolve_unit("tang-loong")
    for version in history().children(commune.pk, today()):
        if version.name == ENTERPRISE:
            return Unit.objects.get(pk=version.unit)
    made = add_unit(
        unit=NewUnit(ENTERPRISE, UnitKind.ENTERPRISE, commune, valid_from=FOUNDED), by=SYSTEM, at=now()
    )
    for name in WORKERS:
        post = PostData(made, "Công nhân", Category.ENTERPRISE_WORKER, valid_from=FOUNDED)
        add_person(person=PersonData(name), post=post, by=SYSTEM, at=now())
    return made


def _forms() -> None:
    """The example forms with what stands in their blanks; they are kept once."""
    province = resolve_unit("lao-cai-2025")
    for name, title in FORMS:
        if ReportForm.objects.filter(unit=province, title=title).exists():
            continue
        file = ContentFile((EXAMPLES / "forms" / name).read_bytes(), name)
        form = keep_form(file=file, unit=province.pk, by=SYSTEM, at=now()).form
        rename_form(form=form, title=title, shared=True, by=SYSTEM, at=now())
        accept(form=form, by=SYSTEM, at=now())


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
