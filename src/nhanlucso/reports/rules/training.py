"""The sentences on classes, conferences and online study."""

from __future__ import annotations

from collections.abc import Mapping

from nhanlucso.kernel.numbers import vi_number
from nhanlucso.papers.paper import Block, Bullets, Paragraph
from nhanlucso.reports.rules.amounts import amount, count, count_as_planned
from nhanlucso.reports.rules.content import Content, Hosted
from nhanlucso.reports.rules.naming import called, listed, short
from nhanlucso.reports.rules.phrases import capital, ended, number, subject_of, target_of

FORMS = {
    "class": "lớp tập huấn",
    "conference": "hội nghị",
    "seminar": "hội thảo",
    "mentoring": "cuộc hướng dẫn “cầm tay chỉ việc”",
    "contest": "hội thi",
}
MODES = {"in_person": "trực tiếp", "online": "trực tuyến", "hybrid": "trực tiếp kết hợp trực tuyến"}
MOST_HOSTS = 12


def training(content: Content) -> list[Block]:
    """What was held, how many came, and who held it."""
    forms: dict[str, int] = {"class": 0, "conference": 0}
    for host in content.hosted:
        for form, times in host.forms.items():
            forms[form] = forms.get(form, 0) + times
    forms["class"] = number(content, "training.classes")
    forms["conference"] = number(content, "training.conferences")
    attendances = number(content, "training.attendances")
    sentences: list[str] = []
    if any(forms.values()):
        held = _held(number(content, "training.rounds"), forms)
        where = f"{subject_of(content)} đã tổ chức"
        sentences.append(f"Trong {content.label}, {where} {held}.")
    if attendances:
        sentences.append(_attended(content, opens=not sentences))
    blocks: list[Block] = [Paragraph(" ".join(sentences))] if sentences else []
    return [*blocks, *_hosts(content)]


def _held(rounds: int, forms: Mapping[str, int]) -> str:
    """«2 đợt tập huấn với 2 lớp và 8 hội nghị», «5 lớp tập huấn»."""
    words = FORMS | {"class": "lớp"} if rounds else FORMS
    counted = listed([f"{vi_number(forms[form])} {word}" for form, word in words.items() if forms.get(form)])
    return f"{vi_number(rounds)} đợt tập huấn với {counted}" if rounds and counted else counted


def _attended(content: Content, *, opens: bool) -> str:
    """Attendances and persons, each by its own name."""
    figure = content.figures["training.attendances"]
    persons = content.figures.get("training.persons")
    start = f"Trong {content.label}, có" if opens else "Có"
    target = target_of(content, "training.attendances")
    said = count_as_planned(figure, target) if target and not content.sums_up_year else count(figure)
    text = f"{start} {said} {content.audience} tham gia tập huấn"
    if persons is None or persons.value is None:
        return f"{text}."
    if persons.qualifier == "exact":
        return f"{text}, của {vi_number(persons.value)} người (mỗi người chỉ tính một lần)."
    if persons.value:
        return (
            f"{text}; trong đó danh sách ghi tên {vi_number(persons.value)} người (mỗi người chỉ tính một lần), các "
            "đại biểu khác chỉ có số đếm nên không suy ra số người."
        )
    return f"{text}; các hội nghị, lớp chỉ có số đếm đại biểu, chưa có danh sách để tính số người."


def _hosts(content: Content) -> list[Block]:
    hosts = [host for host in content.hosted if any(host.forms.get(form) for form in FORMS)]
    if not hosts:
        return []
    if len(hosts) == 1 and hosts[0].body == content.body:
        return [Paragraph(f"{capital('; '.join(_details(hosts[0])))}.")] if _details(hosts[0]) else []
    hosts.sort(key=lambda host: -host.attendances)
    items = [_host(host, content) for host in hosts[:MOST_HOSTS]]
    rest = hosts[MOST_HOSTS:]
    if rest:
        items.append(
            f"{len(rest)} đơn vị khác tổ chức {sum(sum(host.forms.values()) for host in rest)} lớp, hội nghị"
        )
    return [Paragraph("Theo đơn vị chủ trì:"), Bullets(ended(items))]


def _host(host: Hosted, content: Content) -> str:
    name = short(host.body) if host.body == content.body else called(host.body)
    text = f"{capital(name)} tổ chức {_held(host.rounds, host.forms)}"
    if host.attendances:
        text += f", cho {amount(host.attendances, host.qualifier, 'lượt')} {_came(host)}"
    return "; ".join([text, *_details(host)])


def _details(host: Hosted) -> list[str]:
    """How and about what: «hình thức trực tiếp», «nội dung: …»."""
    parts = []
    modes = [words for mode, words in MODES.items() if mode in host.modes]
    if modes:
        parts.append(f"hình thức {listed(modes)}")
    if host.topics:
        parts.append(f"nội dung: {', '.join(_quoted(topic) for topic in host.topics[:4])}")
    if host.contests:
        parts.append(f"hội thi: {', '.join(_quoted(title) for title in host.contests[:3])}")
    return parts


def _quoted(title: str) -> str:
    return f"“{title.strip('“”«» ')}”"


def _came(host: Hosted) -> str:
    """Delegates where they were only counted, learners where there is a list."""
    word = "đại biểu" if host.counted_only * 2 > host.attendances else "học viên"
    if host.counted_only and 0 < len(host.audiences) <= 3:
        return f"{word} là {listed(host.audiences)}"
    return word


def online(content: Content) -> list[Block]:
    """Who studied online; enrolment is not completion."""
    learners, completions = number(content, "mooc.learners"), number(content, "mooc.completions")
    if not learners and not completions:
        return []
    parts: list[str] = []
    if learners:
        who = f"{vi_number(learners)} {content.learners}"
        parts.append(f"{subject_of(content)} đã tổ chức tập huấn trên nền tảng MOOCs cho {who}")
    if completions:
        parts.append(f"có {vi_number(completions)} lượt hoàn thành khóa học và đạt yêu cầu")
    return [Paragraph(f"Trong {content.label}, {'; '.join(parts)}.")]
