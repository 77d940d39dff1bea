"""Part I: what was done, in sentences. Each stands only where there is something to say.

Persons and attendances (lượt) never meet in one number.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from nhanlucso.kernel.numbers import vi_date, vi_number
from nhanlucso.papers.paper import Block, Bullets, Heading, Paragraph
from nhanlucso.reports.rules.amounts import fraction, members, percent, spoken
from nhanlucso.reports.rules.content import Act, Content
from nhanlucso.reports.rules.law import citable, citation, without
from nhanlucso.reports.rules.naming import short
from nhanlucso.reports.rules.phrases import capital, ended, number, subject_of, target_of
from nhanlucso.reports.rules.training import online, training

CHANNELS = {
    "press": "báo chí",
    "portal": "cổng, trang thông tin điện tử",
    "radio_tv": "phát thanh, truyền hình",
    "loudspeaker": "truyền thanh cơ sở",
    "social": "mạng xã hội",
    "event": "sự kiện",
    "": "kênh khác",
}
FIELDS = {
    "public_service": "dịch vụ công",
    "health": "y tế",
    "education": "giáo dục",
    "transport": "giao thông",
    "tourism": "du lịch",
    "banking": "ngân hàng",
    "other": "lĩnh vực khác",
    "": "lĩnh vực khác",
}
SHARES = {
    "coverage.basic": (
        "tỷ lệ cán bộ, công chức, viên chức và người lao động được tập huấn, bồi dưỡng, phổ cập kỹ năng số cơ bản"
    ),
    "coverage.ict_standard": (
        "tỷ lệ công chức được tập huấn, đào tạo, đào tạo lại, chuẩn hóa kỹ năng ứng dụng công nghệ thông tin"
    ),
    "coverage.leaders": "tỷ lệ lãnh đạo được đào tạo, tập huấn",
    "coverage.dt_officers": (
        "tỷ lệ cán bộ chuyên trách, kiêm nhiệm công nghệ thông tin, chuyển đổi số được đào tạo, tập huấn"
    ),
    "status.basic": "tỷ lệ cán bộ, công chức, viên chức và người lao động đã có kỹ năng số cơ bản",
    "status.ict_standard": "tỷ lệ công chức đã đạt chuẩn kỹ năng ứng dụng công nghệ thông tin",
}
STAFF_WORDS = "cán bộ, công chức, viên chức và người lao động"
SUBJECT = "đào tạo, bồi dưỡng kỹ năng số và phát triển nguồn nhân lực chuyển đổi số"


def subject(content: Content) -> str:
    return f"Kết quả {SUBJECT} {content.label}"


def opening(content: Content, acts: Iterable[Act]) -> list[Block]:
    """What the report stands on, who reports what."""
    said = {code for code, figure in content.to_date.items() if figure.numerator}
    said |= {target.code for target in content.targets}
    cited = citable(acts, content.on, content.window[1], said)
    documents = [*without(content.programmes, cited), *content.plans]
    cited = [act for act in cited if not _cited_as_plan(act, content)]
    basis = [act.words for act in cited if act.role == "basis"]
    tasks = [
        *(act.words for act in cited if act.role == "task"),
        *(citation(document) for document in documents),
    ]
    blocks: list[Block] = []
    if basis:
        blocks.append(Paragraph(f"Căn cứ {'; '.join(basis)};"))
    lead = f"Thực hiện {'; '.join(tasks)}, " if tasks else ""
    who = short(content.body)
    blocks.append(
        Paragraph(f"{lead}{who if lead else capital(who)} báo cáo kết quả {SUBJECT} {content.label} như sau:")
    )
    if content.on > content.window[1]:
        blocks.append(
            Paragraph(
                f"Số liệu của kỳ được quy về cơ cấu đơn vị ngày {vi_date(content.on)}; người thuộc đơn vị đã sắp xếp "
                "được tính cho đơn vị kế thừa."
            )
        )
    if content.estimated_on:
        blocks.append(
            Paragraph(
                f"Kỳ báo cáo kết thúc ngày {vi_date(content.window[1])}; số liệu dưới đây tính đến ngày "
                f"{vi_date(content.estimated_on)} nên là số ước, sẽ thay bằng số chính thức khi hết kỳ."
            )
        )
    return blocks


def _cited_as_plan(act: Act, content: Content) -> bool:
    return any(plan.number and plan.number == act.number for plan in content.plans)


def done(content: Content) -> list[Block]:
    """The whole of part I below its heading."""
    sections = (
        ("Công tác chỉ đạo, điều hành", _direction(content)),
        ("Nguồn nhân lực", _workforce(content)),
        ("Đào tạo, bồi dưỡng, tập huấn", training(content)),
        ("Học trực tuyến", online(content)),
        ("Mức độ phổ cập, chuẩn hóa kỹ năng", _shares(content)),
        ("Tổ công nghệ số cộng đồng", _teams(content)),
        ("Thông tin, tuyên truyền", _outreach(content)),
    )
    blocks: list[Block] = []
    for title, section in sections:
        if section:
            blocks += [Heading(2, title), *section]
    if not blocks:
        blocks.append(Paragraph(f"Trong {content.label}, {subject_of(content)} chưa có số liệu."))
    return blocks


def _direction(content: Content) -> list[Block]:
    blocks: list[Block] = []
    if board := content.board:
        decision = f" ({board.decision})" if board.decision else ""
        if board.standing:
            blocks.append(Paragraph(f"Cơ quan thường trực của {board.name}{decision} là {board.standing}."))
        else:
            blocks.append(Paragraph(f"{subject_of(content).capitalize()} có {board.name}{decision}."))
    if content.issued:
        papers = [citation(document) for document in content.issued]
        if len(papers) == 1:
            blocks.append(Paragraph(f"Trong kỳ đã ban hành {papers[0]}."))
        else:
            blocks.append(Paragraph(f"Trong kỳ đã ban hành {len(papers)} văn bản:"))
            blocks.append(Bullets(ended([capital(paper) for paper in papers])))
    return blocks


def _workforce(content: Content) -> list[Block]:
    staff = number(content, "staff.headcount")
    if not staff:
        return []
    leaders, dedicated, concurrent = (
        number(content, code) for code in ("staff.leaders", "it.dedicated", "it.concurrent")
    )
    until = "Dự kiến đến" if content.estimated_on else "Đến"
    sentence = f"{until} ngày {vi_date(content.window[1])}, {subject_of(content)} có {vi_number(staff)} {STAFF_WORDS}"
    if leaders:
        sentence += f", trong đó {vi_number(leaders)} người giữ chức vụ lãnh đạo"
    parts = [f"{sentence}."]
    if dedicated and concurrent:
        parts.append(
            f"Có {vi_number(dedicated)} người chuyên trách, {vi_number(concurrent)} người kiêm nhiệm công nghệ thông "
            "tin, chuyển đổi số."
        )
    elif dedicated:
        parts.append(f"Có {vi_number(dedicated)} người chuyên trách công nghệ thông tin, chuyển đổi số.")
    elif concurrent:
        who = "cả" if concurrent == staff else ""
        parts.append(
            f"Do chưa có cán bộ chuyên trách về công nghệ thông tin, {f'{who} {vi_number(concurrent)}'.strip()} người "
            "ngoài nhiệm vụ chuyên môn đều kiêm nhiệm công tác chuyển đổi số."
        )
    return [Paragraph(" ".join(parts))]


def _shares(content: Content) -> list[Block]:
    sentences = [
        f"{words} {said}"
        for code, words in SHARES.items()
        if (said := _share(content, code))
        and not (code == "status.ict_standard" and not target_of(content, code))
    ]
    if not sentences:
        return []
    since, end = content.year_window
    lead = f"lũy kế từ ngày {vi_date(since)} đến ngày {vi_date(end)}, " if content.sums_up_year else ""
    return [Paragraph(f"{capital(lead + '; '.join(sentences))}.")]


def _share(content: Content, code: str) -> str:
    """What the narrative says of a share; nothing where nobody is asked about and no target speaks."""
    target, figure = target_of(content, code), content.to_date.get(code)
    if target is not None:
        return spoken(target, estimated=content.estimated_on is not None)
    if figure is None or not figure.numerator or figure.value is None:
        return ""
    return f"{'ước đạt' if content.estimated_on else 'đạt'} {percent(figure.value)}"


def _teams(content: Content) -> list[Block]:
    teams, assists = number(content, "teams.count"), number(content, "teams.assists")
    villages = content.figures.get("teams.village_coverage")
    sentences: list[str] = []
    if teams:
        people = number(content, "teams.members")
        with_people = f" với {vi_number(people)} thành viên" if people else ""
        sentences.append(f"Có {vi_number(teams)} tổ công nghệ số cộng đồng{with_people}")
    if villages is not None and villages.value is not None and villages.denominator:
        sentences.append(
            f"{percent(villages.value)} thôn, bản, tổ dân phố có tổ ({fraction(villages)} {members(villages)})"
        )
    text = "; ".join(sentences)
    parts = [f"{capital(text)}."] if text else []
    if assists:
        fields = _breakdown(content.fields, FIELDS)
        parts.append(
            f"Trong kỳ, các tổ đã hỗ trợ người dân sử dụng dịch vụ số thành công {vi_number(assists)} lượt{fields}."
        )
    return [Paragraph(" ".join(parts))] if parts else []


def _breakdown(counts: Mapping[str, int], words: Mapping[str, str]) -> str:
    """« (dịch vụ công: 120; y tế: 40)», the largest first, the rest last; empty where nothing is told apart."""
    named: dict[str, int] = {}
    for key, held in counts.items():
        if held:
            named[words.get(key, words[""])] = named.get(words.get(key, words[""]), 0) + held
    if not named or list(named) == [words[""]]:
        return ""
    ordered = sorted(named.items(), key=lambda item: (item[0] == words[""], -item[1]))
    return f" ({'; '.join(f'{name}: {vi_number(held)}' for name, held in ordered)})"


def _outreach(content: Content) -> list[Block]:
    items = number(content, "outreach.items")
    if not items:
        return []
    channels = _breakdown(content.channels, CHANNELS)
    return [
        Paragraph(
            f"Trong kỳ đã đăng, phát {vi_number(items)} tin, bài, phóng sự, chương trình tuyên truyền về chuyển đổi "
            f"số{channels}."
        )
    ]
