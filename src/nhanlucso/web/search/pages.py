"""Pages of the product, found by what one wants to do there: «điểm danh», «báo cáo 9 tháng»."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from django.urls import NoReverseMatch, resolve, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from nhanlucso.kernel.clock import today
from nhanlucso.kernel.periods import parse_period
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.kernel.text import clean, fold
from nhanlucso.web.kit.doors import Door
from nhanlucso.web.kit.periods import period_label
from nhanlucso.web.search.hits import Hit

Spelling = Callable[[str], str]
_SHAPES = ("-9M", "-H1", "-H2", "-Q1", "-Q2", "-Q3", "-Q4", "")
_SHORTEST = 2  # letters that a search for a page begins with
_LONG = 4  # letters from which on the beginning of a word that is not in the title counts


@dataclass(frozen=True, slots=True)
class Page:
    """A page: the name of its address, its title, and other words that people may look for it by. Its door says who
    is let in; `needs`: what one must be allowed besides, for the page to be what its title says."""

    name: str
    label: str | Promise
    words: str | Promise = ""
    needs: Permission | None = None


PAGES = (
    Page("home", _("Hôm nay"), _("trang chủ việc cần làm")),
    Page("classes", _("Điểm danh"), _("buổi học có mặt vắng lớp"), Permission.RECORD_ATTENDANCE),
    Page("people", _("Danh sách cán bộ"), _("người nhân sự hồ sơ công chức viên chức")),
    Page("person-add", _("Thêm cán bộ"), _("người mới")),
    Page("people-duplicates", _("Hồ sơ có thể trùng"), _("trùng lặp cán bộ, gộp hồ sơ")),
    Page("classes", _("Lớp học"), _("hội nghị tập huấn đào tạo bồi dưỡng danh sách lớp")),
    Page("class-calendar", _("Lịch lớp học"), _("lịch học tháng")),
    Page("class-add", _("Mở lớp"), _("tạo lớp mới hội nghị")),
    Page("results", _("Kết quả học tập"), _("học trực tuyến mooc chứng nhận")),
    Page("results-record", _("Ghi kết quả học tập"), _("nhập kết quả")),
    Page("courses", _("Danh mục khóa học"), _("khóa học chương trình")),
    Page("teams", _("Tổ công nghệ số"), _("tổ cộng đồng thôn bản chưa có tổ"), Permission.SEE_TEAMS),
    Page("my-teams", _("Tổ của tôi"), _("ghi lượt hỗ trợ")),
    Page("outreach", _("Truyền thông"), _("tuyên truyền tin bài")),
    Page("plans", _("Kế hoạch, chỉ tiêu"), _("mục tiêu nhiệm vụ ban chỉ đạo")),
    Page("programmes", _("Đề án, chương trình")),
    Page("figures", _("Các chỉ số"), _("số liệu thống kê tỷ lệ")),
    Page("reports", _("Báo cáo"), _("tháng quý năm lập báo cáo")),
    Page("units", _("Cây đơn vị"), _("xã phường thôn sáp nhập sắp xếp tỉnh")),
    Page("unit-catalogue", _("Lấy đơn vị từ danh mục"), _("danh mục hành chính cả nước")),
    Page("imports", _("Nhập liệu"), _("nhập danh sách excel tải lên tệp")),
    Page("jobs", _("Việc đang chạy"), _("tiến độ nhập báo cáo")),
    Page("own", _("Hồ sơ của tôi"), _("lớp của tôi chứng nhận của tôi")),
    Page("account", _("Tài khoản"), _("mật khẩu làm thay đăng nhập")),
    Page("admin", _("Tài khoản và vai trò"), _("quản trị người dùng phân quyền")),
    Page("admin-trail", _("Nhật ký"), _("ai đã làm gì")),
    Page("guide", _("Hướng dẫn"), _("trợ giúp cách dùng")),
)


def find_pages(scope: Scope, words: str, most: int) -> list[Hit]:
    """Pages that let the scope in and have a word that begins like each of the words: with marks where some are
    written, so that «bảo thắng» is no «báo cáo tháng»."""
    spell = fold if fold(words) == _with_marks(words) else _with_marks
    wanted = spell(words).split()
    if sum(map(len, wanted)) < _SHORTEST:
        return []
    found = [(page, url) for page in PAGES if _suits(page, wanted, spell) and (url := _way_in(page, scope))]
    found.sort(key=lambda one: not _begin_like(spell(str(one[0].label)).split(), wanted))
    hits = [Hit(str(page.label), url) for page, url in found]
    return [*_report_pages(scope, wanted, spell), *hits][:most]


def _with_marks(text: str) -> str:
    return clean(text).casefold()


def _report_pages(scope: Scope, wanted: list[str], spell: Spelling) -> Iterator[Hit]:
    """The reports of this year and the last, by period, where «báo cáo» and a period were asked for."""
    way_in = _entrance("reports")
    if (
        way_in is None
        or not way_in[1].lets_in(scope)
        or not set(wanted) > set(spell(gettext("Báo cáo")).split())
    ):
        return
    day = today()
    year = day.year + (day >= date(day.year, 12, 15))
    for asked in (year, year - 1):
        for shape in _SHAPES:
            label = gettext("Báo cáo %(period)s") % {"period": period_label(parse_period(f"{asked}{shape}"))}
            if _begin_like(spell(label).split(), wanted):
                yield Hit(label, f"{way_in[0]}?period={asked}{shape}")


def _suits(page: Page, wanted: list[str], spell: Spelling) -> bool:
    """Whether the title has words that begin like these; of the other words, short beginnings do not count."""
    title, others = spell(str(page.label)).split(), spell(str(page.words)).split()
    return all(
        _begin_like(title, [asked])
        or asked in others
        or (len(asked) >= _LONG and _begin_like(others, [asked]))
        for asked in wanted
    )


def _begin_like(words: list[str], wanted: list[str]) -> bool:
    return all(any(word.startswith(asked) for word in words) for asked in wanted)


def _way_in(page: Page, scope: Scope) -> str:
    """The address of a page that lets the scope in, else nothing."""
    found = _entrance(page.name)
    allowed = page.needs is None or scope.may(page.needs)
    person = page.name != "own" or scope.person_id is not None
    return found[0] if found and allowed and person and found[1].lets_in(scope) else ""


@cache
def _entrance(name: str) -> tuple[str, Door] | None:
    """The address of a page and its door."""
    try:
        url = reverse(name)
    except NoReverseMatch:
        return None
    door: Door = resolve(url).func.door  # type: ignore[attr-defined]
    return url, door
