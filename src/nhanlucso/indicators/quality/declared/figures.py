"""Rules on figures of units: outliers, targets without data, periods without a record, splits nobody has decided."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from statistics import median

from django.utils.translation import gettext_lazy as _

from nhanlucso.indicators.catalogue import Indicator
from nhanlucso.indicators.definitions import definitions
from nhanlucso.indicators.engine.compute import counts
from nhanlucso.indicators.engine.relations import Window
from nhanlucso.indicators.quality.enums import Lack, Severity, Source, Subject
from nhanlucso.indicators.quality.rule import Found, Limit, Limits, Rule, Search, query
from nhanlucso.indicators.quality.rules import expected_range, quarter_name, quarter_of, year_of
from nhanlucso.indicators.quality.sources import recorded, sources_of
from nhanlucso.indicators.rules import Count, judge
from nhanlucso.kernel.periods import parse_period
from nhanlucso.orgs.enums import UnitKind
from nhanlucso.plans.models import Target

EARLIER = 8  # quarters with records that a value is compared with, at most

# Quarters by the decree, numbered from the year 0: the 15th belongs to the month after.
_MONTH = "date_trunc('month', day) + CASE WHEN day(day) >= 15 THEN INTERVAL 1 MONTH ELSE INTERVAL 0 MONTH END"
_QUARTER = f"(year({_MONTH}) * 4 + quarter({_MONTH}) - 1)"

_AMOUNTS = {
    "training.attendances": f"""
      SELECT p.anchor, r.slot, count(*) AS amount FROM (
        SELECT person, training_class, {_QUARTER} AS slot, arg_min(post, day) AS post
        FROM attended GROUP BY ALL) r
      JOIN posts p ON p.post = r.post GROUP BY ALL
      UNION ALL SELECT anchor, slot, sum(people) FROM (
        SELECT *, row_number() OVER (
          PARTITION BY training_class, unit, audience, slot ORDER BY people DESC, head) AS place
        FROM (SELECT *, {_QUARTER} AS slot FROM heads))
      WHERE place = 1 OR training_class IS NULL GROUP BY ALL""",
    "teams.assists": f"""
      SELECT t.anchor, {_QUARTER} AS slot, sum(a.people) AS amount FROM assists a JOIN teams t USING (team)
      WHERE a.outcome IN ('alone', 'helped') GROUP BY ALL""",
    "outreach.items": f"SELECT anchor, {_QUARTER} AS slot, sum(items) AS amount FROM outreach GROUP BY ALL",
}
"""Amounts by anchor and quarter, as the indicators count them in the window of each quarter."""


def quarterly(search: Search, code: str) -> dict[int, dict[int, int]]:
    """The figure of every unit for every quarter in which it is not nought: unit → quarter number → value."""
    found: dict[int, dict[int, int]] = {}
    sql = f"""SELECT l.x, r.slot, sum(r.amount) FROM ({_AMOUNTS[code]}) r JOIN {search.places} l USING (anchor)
      WHERE l.certain GROUP BY l.x, r.slot HAVING sum(r.amount) > 0 ORDER BY l.x, r.slot"""
    for unit, slot, amount in search.rows(sql):
        found.setdefault(unit, {})[int(slot)] = int(amount)
    return found


def _outliers(search: Search, limits: Limits) -> Iterator[Found]:
    running = quarter_of(search.today)
    for code in _AMOUNTS:
        for unit, series in quarterly(search, code).items():
            version = search.standing.get(unit)
            if version is not None and version.kind != UnitKind.VILLAGE:
                yield from _unusual(code, unit, series, running, limits)


def _unusual(
    code: str, unit: int, series: Mapping[int, int], running: int, limits: Limits
) -> Iterator[Found]:
    slots = sorted(slot for slot in series if slot < running)
    for place, slot in enumerate(slots):
        earlier = [series[before] for before in slots[max(0, place - EARLIER) : place]]
        if len(earlier) < limits["periods"]:
            continue
        low, high = expected_range(earlier, limits["spread"])
        if not low <= series[slot] <= high:
            period = quarter_name(slot)
            facts = {
                "unit": unit,
                "indicator": code,
                "period": period,
                "value": series[slot],
                "low": low,
                "high": high,
                "usual": round(median(earlier)),
            }
            yield Found(facts, parse_period(period).window()[1], unit=unit)


OUTLIER = Rule(
    "unit.outlier",
    _("Số liệu khác thường so với chính đơn vị"),
    _("Khác thường"),
    why=_("Một quý nhảy vọt hay tụt hẳn thường là nhập hai lần, nhập nhầm đơn vị, hoặc còn thiếu danh sách."),
    how=_(
        "Lượt tập huấn, lượt hỗ trợ, tin bài của một quý đã qua nằm ngoài khoảng thường thấy của chính đơn vị. Khoảng "
        "ấy lấy quý đứng giữa của các quý trước có bản ghi (nhiều nhất 8 quý, trung vị), cộng trừ nhiều lần mức chênh "
        "thường gặp so với quý ấy (ít nhất 10 %). Quý không có bản ghi không bị xét và không tính là 0."
    ),
    mend=_("Mở số liệu của quý đó để xem lớp, danh sách nào làm nên nó; nếu đúng, chấp nhận và ghi lý do."),
    severity=Severity.MEDIUM,
    subject=Subject.UNIT,
    key=("unit", "indicator", "period"),
    sentence=_("%(unit)s, %(period)s: %(indicator)s là %(value)s, thường từ %(low)s đến %(high)s."),
    limits=(
        Limit("periods", 4, _("Ít nhất bao nhiêu quý trước có bản ghi"), low=4, high=EARLIER),
        Limit("spread", 5, _("Xa quý đứng giữa bao nhiêu lần mức chênh thường gặp"), low=2, high=20),
    ),
    find=_outliers,
)


def _without_data(search: Search, limits: Limits) -> Iterator[Found]:
    year = year_of(search.today)
    first, last = parse_period(f"{year:04d}").window()
    window = Window(first, min(last, search.today))
    known = definitions(window.b)
    targets: dict[str, list[tuple[int, int, int]]] = {}
    for pk, plan, code, unit in (
        Target.objects.filter(year=year).order_by("pk").values_list("pk", "plan_id", "indicator", "unit_id")
    ):
        targets.setdefault(code, []).append((pk, plan, unit))
    records: dict[Source, set[int]] = {}
    for code, of_code in targets.items():
        indicator = known.get(code)
        figures = _values(search, indicator, window, {unit for _pk, _plan, unit in of_code})
        for pk, plan, unit in of_code:
            lack = _lack(search, indicator, window, unit, figures, records)
            if lack is not None:
                heirs = [version.unit for version in search.past.standing([unit], search.today)]
                facts = {
                    "target": pk,
                    "plan": plan,
                    "indicator": code,
                    "held_unit": unit,
                    "lack": lack.value,
                    "year": year,
                }
                yield Found(facts, window.b, unit=search.common(heirs))


def _values(
    search: Search, indicator: Indicator | None, window: Window, units: set[int]
) -> dict[int, float | int | None]:
    valid = [unit for unit in units if unit in search.tree]
    if indicator is None or not valid:
        return {}
    found = counts(search.store, indicator, window, search.today, valid)
    span = (window.a, window.b)
    return {
        unit: judge(indicator, unit, span, search.today, found.get(unit, Count()), "").value for unit in valid
    }


def _lack(
    search: Search,
    indicator: Indicator | None,
    window: Window,
    unit: int,
    figures: Mapping[int, float | int | None],
    records: dict[Source, set[int]],
) -> Lack | None:
    """Why the target has no data; None where it has, be it nought."""
    if indicator is None:
        return Lack.NO_INDICATOR
    if unit not in search.tree:
        return Lack.NO_UNIT
    if figures[unit] is None:
        return Lack.NO_VALUE
    sources = sources_of(indicator)
    if figures[unit] or not sources:
        return None
    for source in sources:
        if source not in records:
            records[source] = recorded(search, source, window)
        if unit in records[source]:
            return None
    return Lack.NO_RECORD


NO_DATA = Rule(
    "target.no_data",
    _("Chỉ tiêu không có số liệu"),
    _("Chỉ tiêu trống"),
    why=_("Chỉ tiêu không có số liệu thì không ai biết đạt hay chưa; chưa có bản ghi không phải là bằng 0."),
    how=_(
        "Chỉ tiêu của năm nay mà số liệu từ đầu năm không tính được, hoặc bằng 0 trong khi chưa có bản ghi nào thuộc "
        "nguồn của nó. Bằng 0 mà có bản ghi là số 0 thật, không bị xét."
    ),
    mend=_("Nhập danh sách, kết quả còn thiếu; nếu giao nhầm đơn vị hoặc nhầm mã, sửa chỉ tiêu."),
    severity=Severity.MEDIUM,
    subject=Subject.TARGET,
    key=("target",),
    sentence=_("%(held_unit)s, năm %(year)s, chỉ tiêu %(indicator)s: %(lack)s."),
    find=_without_data,
)


def _silent(search: Search, limits: Limits) -> Iterator[Found]:
    period = quarter_name(quarter_of(search.today) - 1)
    window = Window(*parse_period(period).window())
    asked = (Source.TRAINING, Source.ASSISTS, Source.OUTREACH)
    held = {source: recorded(search, source, window) for source in asked}
    counted = recorded(search, Source.HEADS, window)
    staffed = recorded(search, Source.POSTS, window)
    teamed = recorded(search, Source.TEAMS, window)
    for unit, version in search.standing.items():
        commune = version.kind == UnitKind.COMMUNE
        due = {
            Source.TRAINING: unit in staffed and (commune or version.kind == UnitKind.AGENCY),
            Source.ASSISTS: commune and unit in teamed,
            Source.OUTREACH: commune,
        }
        for source in asked:
            silent = unit not in held[source] and (source != Source.TRAINING or unit not in counted)
            if due[source] and silent:
                facts = {"unit": unit, "source": source.value, "period": period}
                yield Found(facts, window.b, unit=unit)


NO_RECORD = Rule(
    "unit.no_record",
    _("Đơn vị không có bản ghi nào trong quý"),
    _("Không bản ghi"),
    why=_("Không có bản ghi là chưa biết, không phải bằng 0: cộng lên cấp trên sẽ thấp hơn thực tế."),
    how=_(
        "Quý gần nhất đã qua: xã, phường hoặc cơ quan đang có cán bộ mà không có bản ghi tập huấn nào; xã, phường có "
        "tổ mà không có bản ghi hỗ trợ người dân nào; xã, phường không có tin bài nào. Có bản ghi mà tổng bằng 0 là số "
        "0 thật, không bị xét."
    ),
    mend=_("Nhập phần còn thiếu của quý; nếu đúng là không có việc gì, chấp nhận và ghi lý do."),
    severity=Severity.LOW,
    subject=Subject.UNIT,
    key=("unit", "source", "period"),
    sentence=_("%(unit)s, %(period)s: không có bản ghi nào về %(source)s."),
    find=_silent,
)

UNALLOCATED = Rule(
    "unit.unallocated",
    _("Chưa phân bổ sau khi chia, tách"),
    _("Chưa phân bổ"),
    why=_(
        "Chưa biết người, lớp, tổ thuộc đơn vị mới nào thì không đơn vị nào được tính; số của họ chỉ ở «cao nhất»."
    ),
    how=_(
        "Hồ sơ của đơn vị đã chia, tách mà chưa ai ghi thuộc về đơn vị mới nào, đếm theo đơn vị cũ và loại hồ sơ."
    ),
    mend=_("Phân bổ từng người, thôn, tổ về đơn vị mới."),
    severity=Severity.HIGH,
    subject=Subject.UNIT,
    key=("held_unit", "source"),
    sentence=_("%(held_unit)s: %(count)s bản ghi về %(source)s chưa phân bổ."),
    find=query(
        """WITH undecided AS (SELECT DISTINCT anchor FROM {places} WHERE NOT certain),
        records AS (
          SELECT anchor, 'posts' AS source, count(DISTINCT person) AS amount FROM posts
            WHERE {today} BETWEEN valid_from AND valid_to GROUP BY anchor
          UNION ALL SELECT p.anchor, 'training', count(DISTINCT (t.person, t.training_class))
            FROM attended t JOIN posts p USING (post) GROUP BY p.anchor
          UNION ALL SELECT anchor, 'classes', count(*) FROM classes GROUP BY anchor
          UNION ALL SELECT anchor, 'heads', count(*) FROM heads GROUP BY anchor
          UNION ALL SELECT anchor, 'teams', count(*) FROM teams
            WHERE {today} BETWEEN valid_from AND valid_to GROUP BY anchor
          UNION ALL SELECT anchor, 'outreach', count(*) FROM outreach GROUP BY anchor)
        SELECT min(a.anchor), NULL::DATE, struct_pack(held_unit := a.unit, source := r.source,
          count := sum(r.amount)::BIGINT)
        FROM records r JOIN undecided USING (anchor) JOIN anchors a USING (anchor)
        GROUP BY a.unit, r.source"""
    ),
)

RULES = (OUTLIER, NO_DATA, NO_RECORD, UNALLOCATED)
