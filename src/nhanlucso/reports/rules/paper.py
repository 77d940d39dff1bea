"""The whole paper: head, five parts, recipients, signature, the line about its figures."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from nhanlucso.kernel.clock import ZONE
from nhanlucso.kernel.numbers import vi_date
from nhanlucso.papers.paper import Block, Dated, Heading, Paper, Paragraph, Signing
from nhanlucso.reports.rules import naming
from nhanlucso.reports.rules.content import Act, Content, StandingBody
from nhanlucso.reports.rules.gaps import proposals, shortcomings
from nhanlucso.reports.rules.law import standing
from nhanlucso.reports.rules.narrative import SUBJECT, done, opening, subject
from nhanlucso.reports.rules.periods import calendar_words
from nhanlucso.reports.rules.results import against_targets
from nhanlucso.reports.rules.tables import by_unit


def written(content: Content, acts: Sequence[Act], bodies: Sequence[StandingBody], at: datetime) -> Paper:
    """The paper that a content makes."""
    tables, annexes = by_unit(content)
    body = content.body
    form, position = naming.signing(body)
    blocks: list[Block] = [
        *opening(content, acts),
        Heading(1, "Kết quả thực hiện"),
        *done(content),
        Heading(1, "Kết quả so với chỉ tiêu"),
        *against_targets(content),
        Heading(1, "Số liệu theo đơn vị" if content.children else "Số liệu tổng hợp"),
        *tables,
        Heading(1, "Tồn tại, hạn chế"),
        *shortcomings(content),
        Heading(1, "Nhiệm vụ, đề xuất thời gian tới"),
        *proposals(content, _helpers(content, bodies)),
        Paragraph(f"Trên đây là báo cáo kết quả {SUBJECT} {content.label} của {naming.short(body)}."),
    ]
    return Paper(
        agency_above=naming.agency_above(content.line),
        agency=naming.agency(body),
        place=naming.place(content.line),
        symbol=naming.symbol(body),
        dated=_dated(content),
        kind_title="Báo cáo",
        subject=subject(content),
        blocks=tuple(blocks),
        recipients=recipients(content, bodies),
        signing=Signing(form, position),
        annexes=annexes,
        footer_note=footer(content),
        made_at=at,
    )


def _dated(content: Content) -> Dated:
    """The year of issue where it is sure: a period that ends with December is reported in the next year, too."""
    if (content.on.month, content.on.day) == (12, 31):
        return Dated()
    return Dated(year=content.on.year)


def _above(content: Content) -> naming.Body | None:
    """The body that the report goes to; None where nothing above it is known."""
    above = content.line[1] if len(content.line) > 1 else None
    return None if above is None or above.kind == naming.COUNTRY else above


def _standing_above(content: Content, bodies: Sequence[StandingBody]) -> str:
    """The body in charge at the level above, as it is called on the date of the report."""
    above = _above(content)
    name = standing(bodies, above.kind, content.on) if above else ""
    if above is None or not name or content.body.name.casefold().startswith(name.casefold()):
        return ""
    return f"{name} {naming.called(above)}"


def _helpers(content: Content, bodies: Sequence[StandingBody]) -> tuple[str, ...]:
    above = _above(content)
    if above is None or content.body.kind == naming.ENTERPRISE:
        return ()
    return tuple(filter(None, (naming.short(above), _standing_above(content, bodies))))


def recipients(content: Content, bodies: Sequence[StandingBody]) -> tuple[str, ...]:
    """Who gets the paper: the level above, the unit's own council and leaders, the bodies below, the file."""
    above, body = _above(content), content.body
    items = [f"{naming.short(above)} (b/c)"] if above else []
    items.append(_standing_above(content, bodies))
    if body.is_seat:
        word = naming.kind_word(body)
        items += [f"Thường trực HĐND {word}", f"Lãnh đạo UBND {word}"]
    else:
        items.append("Lãnh đạo cơ quan" if body.kind == naming.AGENCY else "Lãnh đạo đơn vị")
    items += [*_below(content), "Lưu: VT"]
    return tuple(filter(None, items))


def _below(content: Content) -> list[str]:
    kinds = {child.body.kind for child in content.children}
    items: list[str] = []
    if kinds & {naming.AGENCY, naming.DIVISION, naming.SERVICE_UNIT}:
        items.append(
            "Các sở, ban, ngành" if content.body.kind == naming.PROVINCE else "Các cơ quan, đơn vị trực thuộc"
        )
    words = naming.seat_words(child.body for child in content.children)
    if words:
        items.append(f"UBND các {', '.join(words)}")
    return items


def footer(content: Content) -> str:
    """What the figures were computed from, by which definitions, in which window and tree."""
    as_of = content.as_of.astimezone(ZONE)
    parts = [
        f"Số liệu{' ước' if content.estimated_on else ''} tính lúc {as_of:%H:%M} ngày {vi_date(as_of.date())} từ "
        f"bản dữ liệu {content.build}",
        f"định nghĩa chỉ số phiên bản {content.catalogue_version}",
        calendar_words(content),
        f"cây đơn vị ngày {vi_date(content.on)}",
    ]
    return f"{'; '.join(parts)}."
