"""Parts IV and V: what is missing, and what follows from it. Nothing is proposed that no gap asks for."""

from __future__ import annotations

from dataclasses import dataclass

from nhanlucso.kernel.numbers import vi_number
from nhanlucso.papers.paper import Block, Bullets, Paragraph
from nhanlucso.reports.rules.amounts import MISSED, aim, fraction, left, percent, verdict
from nhanlucso.reports.rules.content import Child, Content, TargetLine
from nhanlucso.reports.rules.naming import VILLAGE, called, listed, short
from nhanlucso.reports.rules.phrases import capital, subject_of, target_of

WORST = 5
BASIC, ICT, LEADERS, OFFICERS = (
    "coverage.basic",
    "coverage.ict_standard",
    "coverage.leaders",
    "coverage.dt_officers",
)
_BASIC_TASK = "Tổ chức lớp phổ cập kỹ năng số cơ bản cho {people} người chưa được phổ cập{where}"
_ICT_TASK = (
    "Mở lớp chuẩn hóa kỹ năng ứng dụng công nghệ thông tin cho {people} công chức chưa được chuẩn hóa{where}"
)
_OFFICERS_TASK = (
    "Cử {people} cán bộ chuyên trách, kiêm nhiệm công nghệ thông tin, chuyển đổi số{where} tham gia đào tạo, "
    "bồi dưỡng"
)


@dataclass(frozen=True, slots=True)
class Missing:
    """People of one share who are not in its numerator: how many, and where most of them are."""

    code: str
    people: int
    where: tuple[tuple[Child, int], ...]


def missing(content: Content, code: str) -> Missing | None:
    """None where nobody is missing or nobody is asked about."""
    figure = content.to_date.get(code)
    if figure is None or not figure.denominator or not left(figure):
        return None
    where = [
        (child, left(child.to_date[code]))
        for child in content.children
        if child.body.kind != VILLAGE and code in child.to_date and left(child.to_date[code])
    ]
    # The worst first: the lowest share, among equals the most people.
    where.sort(key=lambda item: (item[0].to_date[code].value or 0.0, -item[1]))
    return Missing(code, left(figure), tuple(where))


def shortcomings(content: Content) -> list[Block]:
    """Part IV."""
    items = [
        *_missed_targets(content),
        *_uncovered(content),
        *_without_officers(content),
        *_without_team(content),
        *_unlisted(content),
        *_undecided(content),
    ]
    if not items:
        return [Paragraph("Qua số liệu của kỳ báo cáo, chưa phát hiện tồn tại cần nêu.")]
    return [Bullets(tuple(f"{item}." for item in items))]


def _missed_targets(content: Content) -> list[str]:
    missed = [target for target in content.targets if verdict(target) == MISSED]
    if not missed:
        return []
    named = "; ".join(f"{_lower(_name(target))} ({_distance(target)})" for target in missed)
    return [f"{len(missed)}/{len(content.targets)} chỉ tiêu năm {content.year} chưa đạt: {named}"]


def _name(target: TargetLine) -> str:
    return str(target.figure.indicator.name) if target.figure else target.quote or target.code


def _distance(target: TargetLine) -> str:
    """«87,3 % so với tối thiểu 90 %»."""
    figure = target.figure
    if figure is None or figure.value is None:
        return aim(target)
    value = percent(figure.value, target.value or 0) if figure.indicator.is_share else vi_number(figure.value)
    return f"{value} so với {aim(target)}"


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _uncovered(content: Content) -> list[str]:
    items: list[str] = []
    if basic := missing(content, BASIC):
        items.append(
            f"Còn {vi_number(basic.people)} cán bộ, công chức, viên chức, người lao động chưa được phổ cập kỹ năng "
            f"số cơ bản trong năm{_worst(basic)}"
        )
    if ict := missing(content, ICT):
        items.append(
            f"Còn {vi_number(ict.people)} công chức chưa được chuẩn hóa kỹ năng ứng dụng công nghệ thông tin trong "
            f"năm{_worst(ict)}"
        )
    if officers := missing(content, OFFICERS):
        items.append(
            f"Còn {vi_number(officers.people)} cán bộ chuyên trách, kiêm nhiệm công nghệ thông tin, chuyển đổi số chưa "
            f"hoàn thành khóa đào tạo, tập huấn nào trong năm{_worst(officers)}"
        )
    return items


def _worst(gap: Missing) -> str:
    """«; thấp nhất là xã A (12 người, đạt 40 %), …»."""
    shown = [
        f"{called(child.body)} (còn {vi_number(people)} người, đạt {percent(child.to_date[gap.code].value or 0)})"
        for child, people in gap.where[:WORST]
    ]
    if not shown:
        return ""
    rest = len(gap.where) - len(shown)
    return f"; thấp nhất là {', '.join(shown)}" + (f"; và {rest} đơn vị khác" if rest > 0 else "")


def _bodies_without_officer(content: Content) -> list[Child]:
    return [
        child
        for child in content.children
        if child.body.kind != VILLAGE
        and (child.figures["staff.headcount"].value or 0)
        and not child.figures["it.dedicated"].value
        and not child.figures["it.dedicated"].unallocated
    ]


def _without_officers(content: Content) -> list[str]:
    staffed = [
        child
        for child in content.children
        if child.body.kind != VILLAGE and child.figures["staff.headcount"].value
    ]
    without = _bodies_without_officer(content)
    if without:
        if len(without) == len(staffed) > 1:
            return [
                f"Cả {len(staffed)} cơ quan, đơn vị trực thuộc chưa có cán bộ chuyên trách công nghệ thông tin, "
                "chuyển đổi số"
            ]
        names = listed([called(child.body) for child in without], 6)
        return [
            f"{len(without)}/{len(staffed)} cơ quan, đơn vị trực thuộc chưa có cán bộ chuyên trách công nghệ thông "
            f"tin, chuyển đổi số: {names}"
        ]
    own = content.figures.get("it.dedicated")
    if not staffed and own is not None and not own.value and content.figures["staff.headcount"].value:
        return [
            f"{capital(subject_of(content))} chưa có cán bộ chuyên trách công nghệ thông tin, chuyển đổi số"
        ]
    return []


def _villages_without(content: Content) -> tuple[int, list[tuple[Child, int]]]:
    figure = content.figures.get("teams.village_coverage")
    if figure is None or not figure.denominator:
        return 0, []
    where = [
        (child, left(child.figures["teams.village_coverage"]))
        for child in content.children
        if left(child.figures["teams.village_coverage"])
    ]
    return left(figure), where


def _without_team(content: Content) -> list[str]:
    villages, where = _villages_without(content)
    if not villages:
        return []
    figure = content.figures["teams.village_coverage"]
    held = f"(đã có {fraction(figure)})"
    text = f"Còn {vi_number(villages)} thôn, bản, tổ dân phố chưa có tổ công nghệ số cộng đồng {held}"
    return [f"{text}: {_villages(where)}" if where else text]


def _villages(where: list[tuple[Child, int]]) -> str:
    """Villages by name, or how many there are in each commune or district."""
    if all(child.body.kind == VILLAGE for child, _ in where):
        return listed([called(child.body) for child, _ in where], others="thôn, tổ dân phố")
    return listed([f"{called(child.body)} {vi_number(count)} thôn" for child, count in where])


def _unlisted(content: Content) -> list[str]:
    persons = content.figures.get("training.persons")
    if persons is None or persons.qualifier != "over":
        return []
    return ["Một số lớp, hội nghị chỉ có số đếm đại biểu, chưa có danh sách nên chưa tính được số người"]


def _undecided(content: Content) -> list[str]:
    staff = content.figures.get("staff.headcount")
    if staff is None or not staff.unallocated:
        return []
    return [
        f"Còn {vi_number(staff.unallocated)} người thuộc đơn vị đã chia, tách chưa xác định được nơi công tác mới, "
        "nên chưa tính cho đơn vị nào"
    ]


def proposals(content: Content, above: tuple[str, ...]) -> list[Block]:
    """Part V. `above`: short names of the bodies that may be asked for help."""
    tasks = [
        *_classes(content, BASIC, _BASIC_TASK),
        *_ict(content),
        *_classes(content, OFFICERS, _OFFICERS_TASK),
        *_leaders(content),
        *_teams(content),
        *_lists(content),
        *_places(content),
    ]
    blocks: list[Block] = []
    if tasks:
        blocks.append(Bullets(tuple(f"{task}." for task in tasks)))
    else:
        blocks.append(
            Paragraph(
                "Tiếp tục duy trì kết quả đã đạt; rà soát, cập nhật danh sách cán bộ để bồi dưỡng kịp thời."
            )
        )
    return [*blocks, *_requests(content, above)]


def _classes(content: Content, code: str, words: str) -> list[str]:
    gap = missing(content, code)
    if gap is None:
        return []
    by_people = sorted(gap.where, key=lambda item: -item[1])
    named = [f"{called(child.body)} ({vi_number(people)} người)" for child, people in by_people]
    where = f" tại {listed(named, 6)}" if named else ""
    return [words.format(people=vi_number(gap.people), where=where)]


def _ict(content: Content) -> list[str]:
    """A target that is met asks for nothing more."""
    target = target_of(content, ICT)
    if target is not None and verdict(target) != MISSED:
        return []
    return _classes(content, ICT, _ICT_TASK)


def _leaders(content: Content) -> list[str]:
    target, gap = target_of(content, LEADERS), missing(content, LEADERS)
    if gap is None or target is None or verdict(target) != MISSED:
        return []
    return [
        f"Bố trí chuyên đề về chuyển đổi số cho {vi_number(gap.people)} lãnh đạo chưa được tập huấn trong năm"
    ]


def _teams(content: Content) -> list[str]:
    villages, where = _villages_without(content)
    if not villages:
        return []
    at = f": {_villages(where)}" if where else ""
    return [
        f"Thành lập tổ công nghệ số cộng đồng tại {vi_number(villages)} thôn, bản, tổ dân phố chưa có tổ{at}"
    ]


def _lists(content: Content) -> list[str]:
    return (
        ["Lập danh sách người dự ở mọi lớp, hội nghị để tính đúng số người được tập huấn"]
        if _unlisted(content)
        else []
    )


def _places(content: Content) -> list[str]:
    return (
        ["Rà soát, xác định nơi công tác của những người thuộc đơn vị đã chia, tách"]
        if _undecided(content)
        else []
    )


def _requests(content: Content, above: tuple[str, ...]) -> list[Block]:
    """What is asked of the bodies above: only for what the unit itself cannot mend."""
    if not above:
        return []
    asks: list[str] = []
    basic = target_of(content, BASIC)
    if basic is not None and verdict(basic) == MISSED and (gap := missing(content, BASIC)):
        asks.append(f"hỗ trợ giảng viên, tài liệu để mở lớp cho {vi_number(gap.people)} người nêu trên")
    if _without_officers(content):
        asks.append("xem xét, hướng dẫn bố trí cán bộ chuyên trách công nghệ thông tin, chuyển đổi số")
    if not asks:
        return []
    return [Paragraph(f"{short(content.body)} đề nghị {listed(above)} {'; '.join(asks)}.")]
