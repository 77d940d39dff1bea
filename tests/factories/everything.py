"""One record of every kind that an address can name, all of one commune, and accounts inside it and beside it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import uuid4

from django.core.files.base import ContentFile

from nhanlucso.access.enums import Role
from nhanlucso.access.models import Account, Assignment, Invite, Passkey, SignIn, Token
from nhanlucso.audit.models import Breach
from nhanlucso.exchange.models import ListImport
from nhanlucso.files.models import Upload
from nhanlucso.files.services import store
from nhanlucso.forms.models import ReportForm
from nhanlucso.hooks.models import Webhook, WebhookDelivery
from nhanlucso.indicators.models import OwnIndicator, QualityException
from nhanlucso.jobs.models import Job
from nhanlucso.kernel.clock import now
from nhanlucso.people.models import PersonAccount
from nhanlucso.plans.models import Activity, Board, BoardMember, Directive, Plan, Programme, Target
from nhanlucso.reform.models import PlannedChange, Resolution
from nhanlucso.reports.models import Report, ReportStep
from nhanlucso.training.models import PaperList, RosterObjection
from tests.factories import records as r
from tests.factories import teams as t
from tests.factories.forms import workbook_form

DAY = date(2026, 3, 2)


@dataclass
class Everything:
    """`named`: what stands in an address, by the word that `tests/web/naming.py` gives it; `inside`, `outside`: an
    account of each role over the province of that commune (the administrator over everything), and over another."""

    province: Any
    unit: Any
    other: Any
    named: dict[str, Any] = field(default_factory=dict)
    states: dict[str, dict[str, Any]] = field(default_factory=dict)
    inside: dict[str, Account] = field(default_factory=dict)
    outside: dict[str, Account] = field(default_factory=dict)


def make_everything() -> Everything:
    province = r.make_unit("tinh", "Tỉnh", "province")
    unit = r.make_unit("an", "Xã An", parent=province, code="00101")
    elsewhere = r.make_unit("tinh-khac", "Tỉnh khác", "province")
    made = Everything(province, unit, elsewhere)
    _people(made)
    _training(made)
    _teams(made)
    _plans(made)
    _reports(made)
    _imports(made)
    _structure(made)
    _accounts(made)
    r.facts_changed()
    return made


def _people(made: Everything) -> None:
    person, twin = r.make_person("Lý Thị Ánh", made.unit), r.make_person("Lý Thị Ánh", made.unit)
    course = r.make_course()
    made.named |= {
        "unit": made.unit.pk,
        "person": person.pk,
        "twin": twin.pk,
        "post": person.posts.get().pk,
        "course": course.pk,
        "result": r.make_result(person, r.make_course("Tự học", delivery="self_paced"), DAY, passed=True).pk,
        "key": "khong-co",
    }


def _training(made: Everything) -> None:
    person = made.named["person"]
    held = r.make_class("Lớp đã dạy", made.unit, DAY)
    r.attend(held, held_person(person), "present")
    session = held.sessions.get()
    count = r.make_head_count(made.unit, 5, "about", DAY, training_class=held)
    upload = _file("giay.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 40)
    paper = PaperList.objects.create(session=session, upload=upload, kind="image/png", added_at=now())
    objection = RosterObjection.objects.create(
        training_class=held, unit=made.unit, person_id=person, note="Không dự", at=now()
    )
    made.named |= {
        "class": held.pk,
        "session": session.pk,
        "count": count.pk,
        "paper": paper.pk,
        "objection": objection.pk,
    }
    planned = r.make_class("Lớp chưa dạy", made.unit, date(2030, 3, 4))
    made.states["class"] = {
        "class": planned.pk,
        "session": planned.sessions.get().pk,
    }


def held_person(pk: int) -> Any:
    from nhanlucso.people.models import Person

    return Person.objects.get(pk=pk)


def _teams(made: Everything) -> None:
    village = r.make_unit("thon", "Thôn Một", "village", parent=made.unit)
    team = t.make_team(village, name="Tổ Một")
    ended = t.make_team(village, date(2023, 1, 1), date(2023, 12, 31), "Tổ cũ")
    made.named |= {
        "team": team.pk,
        "member": t.seat(team, held_person(made.named["person"])).pk,
        "assist": t.make_assist(team, DAY).pk,
        "item": t.make_item(made.unit, DAY).pk,
    }
    made.states["team"] = {"team": ended.pk}


def _plans(made: Everything) -> None:
    unit = made.unit
    programme = Programme.objects.create(uid="de-an", title="Đề án", issuer=unit)
    plan = Plan.objects.create(uid="kh", title="Kế hoạch", issuer_unit=unit, programme=programme)
    issued = Plan.objects.create(
        uid="kh-2", title="Kế hoạch đã ban hành", number="1/KH", issuer_unit=unit, issued_on=DAY
    )
    board = Board.objects.create(uid="bcd", unit=unit, name="Ban chỉ đạo")
    member = BoardMember.objects.create(board=board, person_id=made.named["person"])
    made.named |= {
        "programme": programme.pk,
        "plan": plan.pk,
        "target": Target.objects.create(
            uid="ct", plan=plan, indicator="coverage.basic", unit=unit, year=2026, value=90
        ).pk,
        "activity": Activity.objects.create(uid="nv", plan=plan, title="Mở lớp", lead_unit=unit).pk,
        "directive": Directive.objects.create(uid="cv", title="Công văn", issuer_unit=unit, plan=plan).pk,
        "board": board.pk,
        "board_member": member.pk,
    }
    made.states["plan"] = {"plan": issued.pk}


def _reports(made: Everything) -> None:
    unit = made.unit
    draft = Report.objects.create(unit=unit, kind="year", period="2025")
    checked = Report.objects.create(unit=unit, kind="year", period="2024", state="checked")
    for report in (draft, checked):
        ReportStep.objects.create(report=report, verb="begin", at=now())
    own = OwnIndicator.objects.create(slug="da-hoc", created_at=now())
    accepted = QualityException.objects.create(
        rule="class.head_count_far", version=1, unit=unit, subject=f"training_class:{made.named['class']}",
        fingerprint="x", reason="Đúng", at=now(),
    )  # fmt: skip
    form = ReportForm.objects.create(
        title="Biểu 01", unit=unit, upload=_file("bieu.xlsx", workbook_form()), shape="x", at=now()
    )
    made.named |= {
        "report": draft.pk,
        "revision": 1,
        "own": own.slug,
        "accepted": accepted.pk,
        "form": form.pk,
    }
    made.states["report"] = {"report": checked.pk}


def _imports(made: Everything) -> None:
    owner = r.make_account("chu-tep", "officer", made.unit)
    given = {"upload": _file("ds.csv", b"Ho va ten\n"), "unit": made.unit, "account": owner, "at": now()}
    made.named |= {
        "import": ListImport.objects.create(**given).uid,
        "job": Job.objects.create(
            kind="import.read", title="Đọc", account=owner, state="done", created_at=now()
        ).pk,
    }
    made.states["import"] = {"import": ListImport.objects.create(**given, state="asked").uid}


def _structure(made: Everything) -> None:
    resolution = Resolution.objects.create(
        uid="nq-1", title="Nghị quyết", date=date(2030, 1, 1), unit=made.unit, made_at=now()
    )
    row = PlannedChange.objects.create(
        resolution=resolution, kind="rename", from_unit=made.unit, name="Xã An Mới"
    )
    made.named |= {"resolution": resolution.uid, "row": row.pk, "act": uuid4().hex}


def _accounts(made: Everything) -> None:
    for role in Role.values:
        for accounts, unit, where in (
            (made.inside, made.province, "trong"),
            (made.outside, made.other, "ngoai"),
        ):
            all_of_it = accounts is made.inside and role == Role.ADMINISTRATOR
            name = f"{where}-{role}".replace("_", "-")
            account = r.make_account(name, role, None if all_of_it else unit)
            person = r.make_person(f"Người {where} {role}", unit)
            PersonAccount.objects.create(account=account, person=person)
            accounts[role] = account
    known = r.make_account("nguoi-xem-an", "viewer", made.unit)
    shut = r.make_account("da-khoa", "viewer", made.unit)
    Account.objects.filter(pk=shut.pk).update(is_active=False)
    invite = Invite.objects.create(
        secret_hash="x", role="viewer", unit=made.unit, made_by=known, made_at=now(), expires_at=now()
    )
    made.named |= {
        "account": known.pk,
        "assignment": Assignment.objects.get(account=known).pk,
        "invite": invite.pk,
        "breach": Breach.objects.create(
            title="Lộ tệp", found_at=now(), happened="Gửi nhầm", noted_at=now()
        ).pk,
        "device": SignIn.objects.create(
            account=known, session_key="k", way="password", made_at=now(), seen_at=now()
        ).pk,
        "passkey": Passkey.objects.create(
            account=known, handle="h", public="p", name="Khóa", made_at=now()
        ).pk,
    }
    _programs(made)
    made.states["account"] = {"account": shut.pk, "assignment": Assignment.objects.get(account=shut).pk}


def _programs(made: Everything) -> None:
    """What programs come in by, and what they are told by."""
    token = Token.objects.create(
        secret_hash="t", name="Trao đổi", purpose="Thử", permissions="see_figures", unit=made.unit,
        made_by=made.inside[Role.ADMINISTRATOR], made_at=now(), ends_on=date(2030, 1, 1),
    )  # fmt: skip
    webhook = Webhook.objects.create(
        name="Tỉnh", url="https://example.org/", happenings="class.held", secret_cipher="", made_at=now()
    )
    delivery = WebhookDelivery.objects.create(
        webhook=webhook, uid="d", happening="class.held", body="", state="done", ended_at=now(), next_at=now(),
        made_at=now(),
    )  # fmt: skip
    made.named |= {"token": token.pk, "webhook": webhook.pk, "delivery": delivery.pk}


def _file(name: str, body: bytes) -> Upload:
    return store(file=ContentFile(body, name), name=name, by=None, at=now())
