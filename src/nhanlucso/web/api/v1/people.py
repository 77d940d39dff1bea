"""People: names within reach, what identifies them masked."""

from __future__ import annotations

from datetime import date
from typing import Literal

from django.utils.translation import gettext_lazy as _

from nhanlucso.kernel.clock import today
from nhanlucso.kernel.permissions import Permission as P
from nhanlucso.kernel.scope import Scope
from nhanlucso.orgs.models import Unit
from nhanlucso.orgs.references import found_by
from nhanlucso.people.enums import Duty
from nhanlucso.people.identity import masked
from nhanlucso.people.models import Person, Post
from nhanlucso.people.queries import PeopleAsked, PostLine, lines, people_asked, visible_people
from nhanlucso.web.api.v1.operations import Asked, Operation, Param, operation
from nhanlucso.web.api.v1.paging import PAGED, Page, paged
from nhanlucso.web.api.v1.rows import PersonRow, PostRow, Text
from nhanlucso.web.api.v1.telling import ids, masked_mail, since, until
from nhanlucso.web.api.v1.units import unit_asked

_Category = Literal[
    "staff", "cadre", "civil_servant", "public_employee", "contract_worker", "part_time", "enterprise_worker",
    "citizen",
]  # fmt: skip
_Duty = Literal["dt_dedicated", "dt_concurrent", "dt_lead", "one_stop", "records"]


@operation(
    Operation(
        "list_people", "people", _("Người có vị trí công tác trong phạm vi."), (P.SEE_PEOPLE,), PersonRow,
        (
            Param("unit", Text, _("Chỉ đơn vị này và các đơn vị bên dưới.")),
            Param("on", date, _("Ngày của vị trí công tác; để trống: hôm nay.")),
            Param("category", _Category, _("Đối tượng; staff: cán bộ, công chức, viên chức, hợp đồng.")),
            Param("duty", _Duty, _("Nhiệm vụ của vị trí.")),
            Param("former", bool, _("Cả người đã thôi hoặc chưa bắt đầu.")),
            *PAGED,
        ),
    )
)  # fmt: skip
def people(scope: Scope, asked: Asked) -> Page:
    day = asked["on"] or today()
    wanted = PeopleAsked(
        on=day,
        unit=unit_asked(scope, asked),
        category=asked["category"] or "",
        duty=asked["duty"] or "",
        former=bool(asked["former"]),
    )
    return paged(asked, people_asked(scope, wanted), lambda found: _rows(scope, found, day))


@operation(
    Operation("get_person", "people", _("Một người với vị trí công tác hôm nay."), (P.SEE_PEOPLE,), PersonRow)
)
def person(scope: Scope, asked: Asked) -> PersonRow:
    found = found_by(visible_people(scope), asked.path["person_id"])
    return _rows(scope, [found], today())[0]


def _rows(scope: Scope, found: list[Person], on: date) -> list[PersonRow]:
    told = lines(scope, found, on)
    posts = [line.post for one in told for line in one.posts]
    units, own = ids(Unit, [post.unit_id for post in posts]), ids(Person, [one.pk for one in found])
    keys = ids(Post, [post.pk for post in posts])
    return [
        PersonRow(
            own[one.person.pk],
            one.person.full_name,
            one.person.birth[:4],
            one.person.sex,  # type: ignore[arg-type]
            masked(one.person.phone),
            masked_mail(one.person.email) if one.person.email else "",
            [_post(line, keys[line.post.pk], units[line.post.unit_id]) for line in one.posts],
        )
        for one in told
    ]


def _post(line: PostLine, key: str, unit: str) -> PostRow:
    post = line.post
    return PostRow(
        key,
        unit,
        post.title,
        post.category,
        post.is_leader,
        post.is_main,
        [duty.value for duty in Duty if getattr(post, duty.value)],
        since(post.valid_from),
        until(post.valid_to),
    )
