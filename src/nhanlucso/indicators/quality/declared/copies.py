"""Rules on lists that look copied, and on head counts beside them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from nhanlucso.indicators.quality.enums import Severity, Subject
from nhanlucso.indicators.quality.rule import Limit, Rule, query

COPIED_MARKS = Rule(
    "class.copied_marks",
    _("Điểm danh giống hệt lớp khác"),
    _("Điểm danh chép"),
    why=_("Hai lớp khó có cùng những dấu vắng, có mặt từng buổi: thường là bảng điểm danh chép từ lớp khác."),
    how=_(
        "Hai lớp cùng số buổi, cùng số người, từng người có mặt và vắng ở đúng những buổi như nhau; hoặc là chính "
        "những người ấy, hoặc có nhiều người vắng ít nhất một buổi. Lớp mà ai cũng dự đủ không bị xét."
    ),
    mend=_("Đối chiếu danh sách ký tên của hai lớp; xóa điểm danh của lớp chép nhầm rồi nhập lại."),
    severity=Severity.HIGH,
    subject=Subject.CLASS,
    key=("training_class", "other_class"),
    sentence=_(
        "%(training_class)s có điểm danh giống hệt %(other_class)s: %(people)s người, %(sessions)s buổi, "
        "%(incomplete)s người vắng ít nhất một buổi."
    ),
    limits=(
        Limit("people", 10, _("Ít nhất bao nhiêu người")),
        Limit("sessions", 3, _("Ít nhất bao nhiêu buổi")),
        Limit("incomplete", 5, _("Khác người: ít nhất bao nhiêu người vắng một buổi")),
    ),
    find=query(
        """WITH placed AS (
          SELECT session, training_class, row_number() OVER (
            PARTITION BY training_class ORDER BY starts, session) AS place FROM sessions),
        sizes AS (SELECT training_class, count(*) AS sessions FROM sessions GROUP BY training_class),
        lines AS (
          SELECT p.training_class, a.person, bit_xor(hash(p.place)) AS marks, count(*) AS came
          FROM attendance a JOIN placed p USING (session) GROUP BY p.training_class, a.person),
        sheets AS (
          SELECT l.training_class, z.sessions, count(*) AS people,
            count(*) FILTER (l.came < z.sessions) AS incomplete, sum(hash(l.marks)) AS marks,
            sum(hash(l.marks, l.person)) AS whose
          FROM lines l JOIN sizes z USING (training_class) GROUP BY l.training_class, z.sessions
          HAVING people >= {people} AND z.sessions >= {sessions} AND incomplete >= 1),
        ordered AS (
          SELECT s.*, c.anchor, c.first_day,
            first_value(s.training_class) OVER (
              PARTITION BY s.sessions, s.people, s.whose ORDER BY c.first_day, s.training_class) AS same_people,
            first_value(s.training_class) OVER (
              PARTITION BY s.sessions, s.people, s.marks ORDER BY c.first_day, s.training_class) AS same_marks
          FROM sheets s JOIN classes c USING (training_class)),
        judged AS (
          SELECT *, CASE WHEN same_people <> training_class THEN same_people
            WHEN incomplete >= {incomplete} AND same_marks <> training_class THEN same_marks END AS other
          FROM ordered)
        SELECT anchor, first_day, struct_pack(training_class := training_class, other_class := other,
          people := people, sessions := sessions, incomplete := incomplete)
        FROM judged WHERE other IS NOT NULL"""
    ),
)

SAME_ROSTER = Rule(
    "class.same_roster",
    _("Hai lớp cùng ngày có đúng một danh sách"),
    _("Trùng danh sách"),
    why=_("Một danh sách nhập cho hai lớp làm lượt tham gia tăng gấp đôi."),
    how=_("Cùng một ngày, đúng những người ấy có mặt ở hai lớp, không thừa thiếu ai."),
    mend=_("Nếu chỉ có một lớp: xóa lớp thừa. Nếu đúng là hai lớp nối nhau: chấp nhận, ghi lý do."),
    severity=Severity.MEDIUM,
    subject=Subject.CLASS,
    key=("training_class", "other_class", "date"),
    sentence=_("%(training_class)s và %(other_class)s ngày %(date)s có cùng danh sách %(people)s người."),
    limits=(Limit("people", 5, _("Ít nhất bao nhiêu người")),),
    find=query(
        """WITH rosters AS (
          SELECT training_class, day, count(*) AS people, sum(hash(person)) AS one, bit_xor(hash(person)) AS two
          FROM attended GROUP BY training_class, day HAVING people >= {people}),
        ordered AS (
          SELECT *, first_value(training_class) OVER (
            PARTITION BY day, people, one, two ORDER BY training_class) AS other FROM rosters)
        SELECT c.anchor, o.day, struct_pack(training_class := o.training_class, other_class := o.other,
          date := strftime(o.day, '%Y-%m-%d'), people := o.people)
        FROM ordered o JOIN classes c USING (training_class) WHERE o.other <> o.training_class"""
    ),
)

_CLASS_HEADS = """counted AS (
          SELECT training_class, sum(people) AS heads, bool_and(qualifier = 'exact') AS exact FROM (
            SELECT *, row_number() OVER (
              PARTITION BY training_class, unit, audience ORDER BY people DESC, head) AS place
            FROM heads WHERE training_class IS NOT NULL)
          WHERE place = 1 GROUP BY training_class),
        rosters AS (
          SELECT training_class, count(DISTINCT person) AS roster FROM attended GROUP BY training_class),
        both_known AS (
          SELECT c.training_class, c.anchor, c.first_day, h.heads::BIGINT AS heads, h.exact, r.roster
          FROM counted h JOIN rosters r USING (training_class) JOIN classes c USING (training_class))"""

FAR_HEADS = Rule(
    "class.head_count_far",
    _("Số đếm khác xa danh sách"),
    _("Số đếm lệch"),
    why=_("Số đếm gấp nhiều lần danh sách thì lượt tham gia gần như chỉ dựa vào một con số không có tên."),
    how=_(
        "Lớp có cả danh sách và số đếm, hai số hơn kém nhau nhiều lần và nhiều người. Trong các số đếm của cùng đơn "
        "vị, đối tượng chỉ lấy số lớn nhất."
    ),
    mend=_("Xem lại số đếm; nếu đúng, bổ sung danh sách người dự, hoặc chấp nhận và ghi lý do."),
    severity=Severity.MEDIUM,
    subject=Subject.CLASS,
    key=("training_class",),
    sentence=_("%(training_class)s: số đếm %(heads)s, danh sách %(roster)s người."),
    limits=(
        Limit("times", 3, _("Hơn kém nhau ít nhất bao nhiêu lần"), low=2),
        Limit("difference", 10, _("Hơn kém nhau ít nhất bao nhiêu người")),
    ),
    find=query(
        f"""WITH {_CLASS_HEADS}
        SELECT anchor, first_day, struct_pack(training_class := training_class, heads := heads,
          roster := roster) FROM both_known
        WHERE (heads >= {{times}} * roster OR roster >= {{times}} * heads)
          AND abs(heads - roster) >= {{difference}}"""
    ),
)

COUNTED_TWICE = Rule(
    "class.counted_twice",
    _("Số đếm đúng bằng danh sách"),
    _("Đếm hai lần"),
    why=_(
        "Số đếm là người dự không có tên trong danh sách. Đếm cả người đã có tên thì mỗi người thành hai lượt."
    ),
    how=_("Tổng số đếm (đều là số đúng) của lớp bằng đúng số người có mặt trong danh sách."),
    mend=_("Xóa số đếm nếu đó là tổng của danh sách; nếu là người khác, chấp nhận và ghi lý do."),
    severity=Severity.HIGH,
    subject=Subject.CLASS,
    key=("training_class",),
    sentence=_("%(training_class)s: số đếm %(heads)s bằng đúng danh sách %(roster)s người."),
    limits=(Limit("people", 5, _("Ít nhất bao nhiêu người")),),
    find=query(
        f"""WITH {_CLASS_HEADS}
        SELECT anchor, first_day, struct_pack(training_class := training_class, heads := heads,
          roster := roster) FROM both_known WHERE exact AND heads = roster AND heads >= {{people}}"""
    ),
)

SAME_HEADS = Rule(
    "heads.repeated",
    _("Số đếm ghi hai lần"),
    _("Số đếm trùng"),
    why=_("Một lần đếm ghi hai dòng thì đại biểu được cộng hai lần."),
    how=_(
        "Hai số đếm cùng đơn vị, cùng ngày, cùng số người, đối tượng như nhau hoặc một dòng để trống; ít nhất một "
        "dòng không gắn với lớp nào, hoặc cả hai của một lớp. Hai lớp khác nhau không bị xét."
    ),
    mend=_("Xóa dòng ghi thừa, hoặc gắn số đếm vào đúng lớp."),
    severity=Severity.MEDIUM,
    subject=Subject.UNIT,
    key=("head", "other_head"),
    sentence=_("%(unit)s, ngày %(date)s: hai số đếm cùng %(people)s người."),
    limits=(Limit("people", 5, _("Ít nhất bao nhiêu người")),),
    find=query(
        """SELECT a.anchor, a.day, struct_pack(head := a.record, other_head := b.record, unit := a.unit,
          training_class := coalesce(a.training_class, b.training_class),
          date := strftime(a.day, '%Y-%m-%d'), people := a.people)
        FROM heads a JOIN heads b ON b.unit = a.unit AND b.day = a.day AND b.people = a.people
          AND a.head < b.head AND a.people >= {people}
          AND (a.audience = b.audience OR a.audience = '' OR b.audience = '')
        WHERE a.training_class IS NULL OR b.training_class IS NULL
          OR (a.training_class = b.training_class AND a.audience <> b.audience)"""
    ),
)

RULES = (COPIED_MARKS, SAME_ROSTER, FAR_HEADS, COUNTED_TWICE, SAME_HEADS)
