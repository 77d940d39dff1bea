"""Rules on persons, their posts and results."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import combinations

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from nhanlucso.indicators.quality.enums import Severity, Subject
from nhanlucso.indicators.quality.rule import Found, Limits, Rule, Search, query
from nhanlucso.kernel.clock import ALWAYS, EVER
from nhanlucso.kernel.scope import SYSTEM
from nhanlucso.people.duplicates.queries import proposed_pairs
from nhanlucso.people.enums import STAFF
from nhanlucso.people.models import Post

Main = tuple[int, int, date, date]  # person, post, first day, last day


def _mains() -> Iterator[list[Main]]:
    """The main staff posts of every person with more than one."""
    mains = Post.objects.filter(is_main=True, category__in=STAFF)
    several = mains.values("person").annotate(held=Count("pk")).filter(held__gt=1).values("person")
    of_person: list[Main] = []
    rows = mains.filter(person__in=several).order_by("person", "valid_from", "pk")
    for row in rows.values_list("person_id", "pk", "valid_from", "valid_to").iterator():
        if of_person and of_person[0][0] != row[0]:
            yield of_person
            of_person = []
        of_person.append(row)
    if of_person:
        yield of_person


def _two_mains(search: Search, limits: Limits) -> Iterator[Found]:
    pairs = []
    for mains in _mains():
        for one, other in combinations(mains, 2):
            if max(one[2], other[2]) <= min(one[3], other[3]):
                pairs.append((one, other))
                break
    anchors = _anchors(search, [one[1] for one, _other in pairs])
    for one, other in pairs:
        since = max(one[2], other[2])
        facts = {
            "person": one[0],
            "post": one[1],
            "other_post": other[1],
            "since": since.isoformat(),
            "until": min(one[3], other[3]).isoformat(),
        }
        yield Found(facts, None if since == EVER else since, anchors.get(one[1]))


def _anchors(search: Search, posts: list[int]) -> dict[int, int]:
    wanted = ", ".join(map(str, posts)) or "NULL"
    return dict(search.rows(f"SELECT record, anchor FROM posts WHERE record IN ({wanted})"))


TWO_MAINS = Rule(
    "person.two_mains",
    _("Hai vị trí chính cùng lúc"),
    _("Hai vị trí chính"),
    why=_(
        "Mỗi người được tính một lần, ở vị trí chính. Hai vị trí chính thì máy phải chọn, có thể nhầm đơn vị."
    ),
    how=_("Một người giữ cùng lúc hai vị trí cán bộ, công chức, viên chức, hợp đồng đều đánh dấu là chính."),
    mend=_("Bỏ dấu «chính» ở một vị trí, hoặc kết thúc vị trí cũ đúng ngày."),
    severity=Severity.MEDIUM,
    subject=Subject.PERSON,
    key=("person",),
    sentence=_("%(person)s có hai vị trí chính cùng lúc."),
    find=_two_mains,
)


def _outside(search: Search, limits: Limits) -> Iterator[Found]:
    """Posts that begin before the unit or after its end, or end before it. One that outlives its unit is carried
    to what the unit became."""
    spans = {unit: (vs[0].valid_from, vs[-1].valid_to) for unit, vs in search.past.versions.items()}
    bounded = [unit for unit, span in spans.items() if span != (EVER, ALWAYS)]
    wanted = ", ".join(map(str, bounded)) or "NULL"
    rows = search.rows(
        "SELECT record, person, unit, anchor, valid_from, valid_to FROM posts "
        f"WHERE unit IN ({wanted}) ORDER BY record"
    )
    for record, person, unit, anchor, start, end in rows:
        first, last = spans[unit]
        if end < first or start > last or EVER < start < first:
            facts = {
                "person": person,
                "post": record,
                "held_unit": unit,
                "since": start.isoformat(),
                "until": end.isoformat(),
                "first": first.isoformat(),
                "last": last.isoformat(),
            }
            yield Found(facts, None if start == EVER else start, anchor)


OUTSIDE_UNIT = Rule(
    "post.outside_unit",
    _("Vị trí công tác ngoài thời gian của đơn vị"),
    _("Vị trí sai ngày"),
    why=_("Vị trí bắt đầu khi đơn vị chưa có hoặc đã hết thì cây đơn vị của ngày đó không chứa người này."),
    how=_(
        "Vị trí có ngày bắt đầu trước ngày đơn vị được lập hoặc sau ngày đơn vị kết thúc, hoặc kết thúc trước ngày "
        "lập. Vị trí còn lại sau khi đơn vị kết thúc là đúng: nó đi theo đơn vị mới."
    ),
    mend=_("Sửa ngày của vị trí, hoặc ghi vị trí ở đơn vị có thật vào ngày đó."),
    severity=Severity.MEDIUM,
    subject=Subject.PERSON,
    key=("post",),
    sentence=_("%(person)s: vị trí ở %(held_unit)s từ %(since)s, đơn vị có từ %(first)s đến %(last)s."),
    find=_outside,
)

RESULT_DATES = Rule(
    "result.dates",
    _("Ngày học không thể có"),
    _("Ngày học sai"),
    why=_("Kết quả rơi vào kỳ theo ngày hoàn thành; ngày sai thì tính vào kỳ sai, hoặc không kỳ nào."),
    how=_("Ngày hoàn thành trước ngày ghi danh, hoặc một trong hai ngày sau hôm nay."),
    mend=_("Sửa ngày của kết quả theo nền tảng học hoặc giấy chứng nhận."),
    severity=Severity.HIGH,
    subject=Subject.PERSON,
    key=("result",),
    sentence=_("%(person)s, %(course)s: ghi danh %(enrolled)s, hoàn thành %(completed)s."),
    find=query(
        """SELECT p.anchor, r.day, struct_pack(person := r.person, result := r.result, course := r.course,
          enrolled := strftime(r.enrolled, '%Y-%m-%d'), completed := strftime(r.completed, '%Y-%m-%d'))
        FROM (SELECT *, coalesce(completed, enrolled) AS day, coalesce(nullif(completed_post, -1),
                nullif(enrolled_post, -1)) AS post FROM results
              WHERE completed < enrolled OR completed > {today} OR enrolled > {today}) r
        LEFT JOIN (SELECT person, min(post) AS post FROM posts GROUP BY person) f ON f.person = r.person
        LEFT JOIN posts p ON p.post = coalesce(r.post, f.post)"""
    ),
)


def _duplicates(search: Search, limits: Limits) -> Iterator[Found]:
    pairs = proposed_pairs(SYSTEM).pairs
    wanted = ", ".join(str(pk) for pair in pairs for pk in (pair.one, pair.other)) or "NULL"
    anchors: dict[int, int] = dict(
        search.rows(f"SELECT person, arg_min(anchor, post) FROM posts WHERE person IN ({wanted}) GROUP BY 1")
    )
    homes = search.homes(anchors.values())
    for pair in pairs:
        at = [homes.get(anchors.get(pk, -1)) for pk in (pair.one, pair.other)]
        where = search.common([unit for unit in at if unit is not None]) if None not in at else None
        facts = {
            "person": pair.one,
            "other_person": pair.other,
            "share": round(100 * pair.likelihood.probability),
        }
        yield Found(facts, unit=where)


DUPLICATES = Rule(
    "person.duplicates",
    _("Hai hồ sơ có thể là một người"),
    _("Trùng hồ sơ"),
    why=_("Một người hai hồ sơ thì đếm thành hai người, và phần đã học bị chia đôi."),
    how=_(
        "Hai hồ sơ giống nhau ở tên, ngày sinh, số định danh, điện thoại hoặc đơn vị, chưa ai nói là hai người."
    ),
    mend=_("So hai hồ sơ: gộp làm một, hoặc nói rõ là hai người."),
    severity=Severity.HIGH,
    subject=Subject.PERSON,
    key=("person", "other_person"),
    sentence=_("%(person)s và %(other_person)s có thể là một người (%(share)s %%)."),
    find=_duplicates,
)

RULES = (TWO_MAINS, OUTSIDE_UNIT, RESULT_DATES, DUPLICATES)
