"""Rules on who came where."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from django.utils.translation import gettext_lazy as _

from nhanlucso.indicators.quality.enums import Severity, Subject
from nhanlucso.indicators.quality.rule import Found, Limits, Rule, Search, query
from nhanlucso.training.models import Attendance

_BATCH = 5_000

TWO_PLACES = Rule(
    "person.two_places",
    _("Một người có mặt hai nơi cùng lúc"),
    _("Hai nơi"),
    why=_("Không ai ở hai nơi cùng lúc: một trong hai lần điểm danh sai, và lượt tham gia bị tính thừa."),
    how=_("Hai buổi học chồng giờ nhau mà cùng một người có mặt hoặc đến muộn ở cả hai."),
    mend=_("Xem giờ của hai buổi và danh sách ký tên; sửa giờ buổi học, hoặc bỏ điểm danh ở buổi sai."),
    severity=Severity.HIGH,
    subject=Subject.PERSON,
    key=("person", "session", "other_session"),
    sentence=_("%(person)s có mặt cùng lúc ở %(session)s và %(other_session)s."),
    find=query(
        """WITH seen AS (
          SELECT a.person, s.session, s.training_class, s.day, s.starts, greatest(s.ends, s.starts) AS ends,
            unnest(range(s.starts // 86400, greatest(s.ends, s.starts) // 86400 + 1)) AS date
          FROM attendance a JOIN sessions s USING (session)),
        both_seen AS (
          SELECT DISTINCT a.person, a.session, b.session AS other_session, a.training_class, a.day, a.starts,
            a.ends, b.starts AS other_starts, b.ends AS other_ends
          FROM seen a JOIN seen b ON b.person = a.person AND b.date = a.date AND a.session < b.session
            AND (a.starts = b.starts OR (a.starts < b.ends AND b.starts < a.ends)))
        SELECT coalesce(p.anchor, c.anchor), a.day, struct_pack(
          person := a.person, session := a.session, other_session := a.other_session,
          training_class := a.training_class, starts := a.starts, ends := a.ends,
          other_starts := a.other_starts, other_ends := a.other_ends)
        FROM both_seen a
        JOIN classes c ON c.training_class = a.training_class
        LEFT JOIN attended t ON t.person = a.person AND t.training_class = a.training_class AND t.day = a.day
        LEFT JOIN posts p ON p.post = t.post"""
    ),
)

OVER_CAPACITY = Rule(
    "class.over_capacity",
    _("Có mặt nhiều hơn sức chứa"),
    _("Quá chỗ"),
    why=_("Danh sách dài hơn số chỗ thường là danh sách gộp nhiều buổi, hoặc sức chứa ghi nhầm."),
    how=_("Số người có mặt trong một buổi lớn hơn sức chứa ghi ở lớp."),
    mend=_("Đối chiếu danh sách ký tên của buổi; sửa điểm danh, hoặc sửa sức chứa của lớp."),
    severity=Severity.MEDIUM,
    subject=Subject.CLASS,
    key=("session",),
    sentence=_("%(session)s: %(present)s người có mặt, sức chứa %(capacity)s."),
    find=query(
        """SELECT c.anchor, s.day, struct_pack(session := s.session, training_class := c.training_class,
          present := count(*), capacity := c.capacity)
        FROM attendance a JOIN sessions s USING (session) JOIN classes c USING (training_class)
        GROUP BY c.anchor, s.day, s.session, c.training_class, c.capacity HAVING count(*) > c.capacity"""
    ),
)

NO_POST = Rule(
    "person.no_post",
    _("Điểm danh người không có vị trí công tác"),
    _("Không vị trí"),
    why=_(
        "Lượt của người không có vị trí vào ngày đó không thuộc đơn vị nào, nên không được tính cho đơn vị nào."
    ),
    how=_("Người có mặt ở một lớp mà vào ngày đó không giữ vị trí nào, ở bất kỳ đơn vị nào."),
    mend=_("Ghi vị trí công tác của người đó từ đúng ngày, hoặc sửa điểm danh nếu ghi nhầm người."),
    severity=Severity.HIGH,
    subject=Subject.PERSON,
    key=("person", "training_class"),
    sentence=_("%(person)s có mặt %(days)s ngày ở %(training_class)s khi chưa có vị trí công tác."),
    find=query(
        """SELECT c.anchor, min(t.day), struct_pack(person := t.person, training_class := t.training_class,
          days := count(*))
        FROM attended t JOIN classes c USING (training_class)
        WHERE t.post = -1 GROUP BY c.anchor, t.person, t.training_class"""
    ),
)


def _unmarked(search: Search, limits: Limits) -> Iterator[Found]:
    """Sessions before today where nobody came, of classes without a head count; then without those where it is known
    who was absent: facts hold only who came."""
    held = search.rows(
        f"""SELECT s.session, s.training_class, s.day, c.anchor FROM sessions s
        JOIN classes c USING (training_class)
        WHERE s.day < DATE '{search.today}' AND s.session NOT IN (SELECT session FROM attendance)
          AND s.training_class NOT IN (SELECT training_class FROM heads WHERE training_class IS NOT NULL)"""
    )
    marked = _marked(session for session, *_rest in held)
    for session, training_class, day, anchor in held:
        if session not in marked:
            yield Found({"session": session, "training_class": training_class}, day, anchor)


def _marked(sessions: Iterable[int]) -> set[int]:
    found: set[int] = set()
    rest = iter(sessions)
    while batch := list(islice(rest, _BATCH)):
        marks = Attendance.objects.filter(session__in=batch).exclude(status="")
        found.update(marks.values_list("session_id", flat=True))
    return found


NO_MARKS = Rule(
    "session.no_attendance",
    _("Buổi học đã qua chưa điểm danh"),
    _("Chưa điểm danh"),
    why=_("Không có điểm danh thì không ai được tính đã học, dù lớp đã mở."),
    how=_("Buổi học trước hôm nay chưa có điểm danh nào, và lớp cũng không có số đếm đại biểu."),
    mend=_("Điểm danh buổi học, ghi số đếm nếu không có danh sách, hoặc bỏ buổi không tổ chức."),
    severity=Severity.LOW,
    subject=Subject.CLASS,
    key=("session",),
    sentence=_("%(session)s chưa có điểm danh."),
    find=_unmarked,
)


def _without_sessions(search: Search, limits: Limits) -> Iterator[Found]:
    rows = search.rows("SELECT training_class, host_unit FROM classes WHERE first_day IS NULL")
    for training_class, host in rows:
        heirs = (
            [version.unit for version in search.past.standing([host], search.today)]
            if host is not None
            else []
        )
        yield Found({"training_class": training_class}, unit=search.common(heirs))


NO_SESSIONS = Rule(
    "class.no_sessions",
    _("Lớp chưa có buổi học nào"),
    _("Không buổi"),
    why=_("Lớp không có buổi thì không có ngày, không thuộc kỳ nào và không được tính."),
    how=_("Lớp không có buổi học nào."),
    mend=_("Thêm buổi học với ngày giờ, hoặc xóa lớp nếu đã ghi nhầm."),
    severity=Severity.LOW,
    subject=Subject.CLASS,
    key=("training_class",),
    sentence=_("%(training_class)s chưa có buổi học nào."),
    find=_without_sessions,
)

RULES = (TWO_PLACES, OVER_CAPACITY, NO_POST, NO_MARKS, NO_SESSIONS)
