"""Rules on villages and community teams."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from nhanlucso.indicators.engine.relations import village_table
from nhanlucso.indicators.quality.enums import Severity, Subject
from nhanlucso.indicators.quality.rule import Found, Limit, Limits, Rule, Search, query
from nhanlucso.orgs.enums import UnitKind


def _bare_villages(search: Search, limits: Limits) -> Iterator[Found]:
    search.store.villages(search.today, search.today)  # makes the table of today's villages
    for (village,) in search.rows(
        f"SELECT village FROM {village_table(search.today)} WHERE NOT has_team ORDER BY village"
    ):
        yield Found({"unit": village}, unit=village)


NO_TEAM = Rule(
    "village.no_team",
    _("Thôn, tổ dân phố chưa có tổ công nghệ số"),
    _("Thôn chưa có tổ"),
    why=_("Mỗi thôn có một tổ riêng; tổ của cấp xã, hay tổ của thôn cũ đã chia, không thay được."),
    how=_("Thôn, bản, tổ dân phố còn hiệu lực hôm nay mà không tổ nào còn hiệu lực là của riêng nó."),
    mend=_("Lập tổ theo quyết định của Chủ tịch xã, hoặc ghi lại tổ đã có."),
    severity=Severity.LOW,
    subject=Subject.UNIT,
    key=("unit",),
    sentence=_("%(unit)s chưa có tổ."),
    find=_bare_villages,
)

_MEMBERS = """(SELECT t.team, t.unit, t.valid_from, t.anchor, count(DISTINCT m.person) AS members
  FROM teams t LEFT JOIN members m ON m.team = t.team AND {today} BETWEEN m.valid_from AND m.valid_to
  WHERE {today} BETWEEN t.valid_from AND t.valid_to GROUP BY ALL)"""

EMPTY_TEAM = Rule(
    "team.no_members",
    _("Tổ chưa có thành viên"),
    _("Tổ trống"),
    why=_("Tổ không có người thì không ai giúp dân, mà tỷ lệ thôn có tổ vẫn tính là có."),
    how=_("Tổ còn hiệu lực hôm nay mà không ai đang là thành viên."),
    mend=_("Ghi tổ trưởng và thành viên theo quyết định, hoặc kết thúc tổ."),
    severity=Severity.MEDIUM,
    subject=Subject.TEAM,
    key=("team",),
    sentence=_("%(team)s chưa có thành viên."),
    find=query(f"SELECT anchor, NULL::DATE, struct_pack(team := team) FROM {_MEMBERS} WHERE members = 0"),
)


def _crowded(search: Search, limits: Limits) -> Iterator[Found]:
    least = min(limits["village"], limits["commune"])
    held = _MEMBERS.format(today=f"DATE '{search.today}'")
    rows = search.rows(f"SELECT team, anchor, members FROM {held} WHERE members > {least} ORDER BY team")
    homes = search.homes(anchor for _team, anchor, _members in rows)
    for team, anchor, members in rows:
        home = search.standing.get(homes.get(anchor, -1))
        of_village = home is not None and home.kind == UnitKind.VILLAGE
        most = limits["village" if of_village else "commune"]
        if members > most:
            yield Found({"team": team, "members": members, "most": most}, anchor=anchor)


CROWDED_TEAM = Rule(
    "team.too_many",
    _("Tổ có nhiều thành viên hơn quy định"),
    _("Tổ quá đông"),
    why=_("Thành viên đã thôi mà chưa ghi ngày thôi thì vẫn được tính là người của tổ."),
    how=_("Số thành viên hôm nay nhiều hơn mức của tổ thôn, hoặc của tổ cấp xã."),
    mend=_("Ghi ngày thôi của người không còn ở tổ; nếu đúng, chấp nhận và ghi số quyết định."),
    severity=Severity.LOW,
    subject=Subject.TEAM,
    key=("team",),
    sentence=_("%(team)s có %(members)s thành viên, nhiều nhất %(most)s."),
    limits=(
        Limit("village", 5, _("Tổ của thôn: nhiều nhất")),
        Limit("commune", 10, _("Tổ của xã, phường: nhiều nhất")),
    ),
    find=_crowded,
)

RULES = (NO_TEAM, EMPTY_TEAM, CROWDED_TEAM)
