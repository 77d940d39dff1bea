"""Acts of the journal in words: what taking one back would do, and what stands in the way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nhanlucso.access.queries import account_names
from nhanlucso.journal.conflicts import Conflict
from nhanlucso.journal.enums import ChangeKind, ConflictKind
from nhanlucso.journal.queries import Changes
from nhanlucso.kernel.scope import Scope
from nhanlucso.orgs.queries import history
from nhanlucso.people.queries import people_by_ids
from nhanlucso.web.kit.wording import moment

TABLES = {
    "orgs.unit": gettext_lazy("đơn vị"),
    "orgs.unitversion": gettext_lazy("giai đoạn của đơn vị"),
    "orgs.unitchange": gettext_lazy("thay đổi đơn vị"),
    "reform.plannedunit": gettext_lazy("đơn vị mới của nghị quyết"),
    "reform.plannedchange": gettext_lazy("dòng của nghị quyết khác"),
    "reform.resolution": gettext_lazy("nghị quyết khác"),
    "access.assignment": gettext_lazy("phân công tài khoản"),
    "access.invite": gettext_lazy("lời mời lập tài khoản"),
    "exchange.listimport": gettext_lazy("lần nhập danh sách"),
    "plans.target": gettext_lazy("chỉ tiêu"),
    "plans.plan": gettext_lazy("kế hoạch"),
    "plans.board": gettext_lazy("ban chỉ đạo"),
    "reports.report": gettext_lazy("báo cáo"),
    "teams.team": gettext_lazy("tổ công nghệ số"),
    "training.trainingclass": gettext_lazy("lớp học"),
    "outreach.outreachitem": gettext_lazy("tin truyền thông"),
    "people.person": gettext_lazy("hồ sơ cán bộ"),
    "people.post": gettext_lazy("vị trí công tác"),
    "people.personaccount": gettext_lazy("tài khoản đăng nhập"),
    "people.personinvite": gettext_lazy("lời mời lập tài khoản"),
    "people.formerid": gettext_lazy("mã cũ"),
    "people.distinctpair": gettext_lazy("ý kiến «là hai người»"),
    "training.attendance": gettext_lazy("dấu điểm danh"),
    "training.markchange": gettext_lazy("lần sửa điểm danh"),
    "training.invitation": gettext_lazy("giấy mời học"),
    "training.rosterobjection": gettext_lazy("ý kiến về điểm danh"),
    "training.headcount": gettext_lazy("số lượng người"),
    "learning.courseresult": gettext_lazy("kết quả học"),
    "teams.teammember": gettext_lazy("vị trí trong tổ công nghệ số"),
    "plans.boardmember": gettext_lazy("vị trí trong ban chỉ đạo"),
}
_OURS = frozenset(
    {"people.formerid", "reform.plannedunit"}
)  # ways for machines, nothing that anybody entered
_UNDOING = {
    ChangeKind.CREATED: gettext_lazy("Xóa %(what)s đã thêm"),
    ChangeKind.CHANGED: gettext_lazy("Trả %(what)s lại như cũ"),
    ChangeKind.REMOVED: gettext_lazy("Khôi phục %(what)s"),
}
_CONFLICTS = {
    ConflictKind.CHANGED: gettext_lazy("đã sửa sau đó"),
    ConflictKind.GONE: gettext_lazy("đã xóa sau đó"),
    ConflictKind.HANGS: gettext_lazy("được ghi thêm sau đó"),
    ConflictKind.MISSING: gettext_lazy("thuộc về một mục không còn"),
    ConflictKind.TAKEN: gettext_lazy("đã có mục khác thay chỗ"),
}


@dataclass(frozen=True, slots=True)
class InTheWay:
    """A row that has changed since: which, what happened, who and when as far as is known."""

    what: str
    why: str
    who: str
    when: str


@dataclass(frozen=True, slots=True)
class Undoing:
    """For `kit/_undoing.html`: what is put back and how many rows of it, and what stands in the way."""

    counts: tuple[tuple[str, int], ...]
    in_the_way: tuple[InTheWay, ...]


def undoing(scope: Scope, told: Changes, *, most: int = 50) -> Undoing:
    """What taking an act back would do, in words."""
    counts = tuple(
        (_UNDOING[count.kind] % {"what": table_words(count.table)}, count.rows)
        for count in told.counts
        if count.table not in _OURS
    )
    return Undoing(counts, tuple(_in_the_way(scope, told.conflicts[:most])))


def table_words(table: str) -> str:
    """«people.post» as people call it; the name itself of a table that no act touches."""
    return str(TABLES.get(table, table))


def _in_the_way(scope: Scope, conflicts: Sequence[Conflict]) -> list[InTheWay]:
    people = people_by_ids(scope, {pk for one in conflicts if (pk := one.values.get("person_id"))})
    accounts = account_names(scope, {one.by for one in conflicts if one.by is not None})
    found = []
    for one in conflicts:
        person = people.get(one.values.get("person_id") or 0)
        name = one.values.get("full_name") or (person.name if person else "") or _own_name(one)
        found.append(
            InTheWay(
                _("%(what)s của %(name)s") % {"what": table_words(one.table), "name": name}
                if name
                else table_words(one.table),
                str(_CONFLICTS[one.kind]),
                accounts.get(one.by or 0, ""),
                moment(one.at) if one.at else "",
            )
        )
    return list(dict.fromkeys(found))


def _own_name(one: Conflict) -> str:
    """What a row is called, or the unit that it says something of."""
    unit = one.values.get("from_unit_id") or one.values.get("unit_id")
    version = history().last_version(unit) if unit and one.table.startswith("orgs.") else None
    return str(version.name if version else one.values.get("title") or one.values.get("name", ""))
