"""What must hold within a package: filled cells, values of their kind, ids once, references to rows that are there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from nhanlucso.exchange.bundle.report import Problems
from nhanlucso.exchange.oneroster.package import Line, Roster
from nhanlucso.exchange.oneroster.tables import DAY, FLAG, NUMBER, TABLES, YEAR, Field, Table
from nhanlucso.kernel.clock import day_of
from nhanlucso.kernel.errors import Detail, Refused

_LONGEST_ID = 255
_NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,15})?")
_YEAR = re.compile(r"[0-9]{4}")
_EXTENSION = "ext:"


def check_roster(roster: Roster) -> None:
    """Raises Refused with every place (file, line, column) that must be mended: "missing_value", "bad_value",
    "duplicate_id", "missing_reference", "org_below_itself"."""
    problems = Problems()
    ids = {table.name: _ids(table, roster, problems) for table in TABLES}
    for table in TABLES:
        for line in roster.of(table):
            for field in table.fields:
                _check_cell(table, field, line, ids, problems)
    _check_orgs(roster, problems)
    if problems:
        words = _("Gói OneRoster có %(count)d chỗ phải sửa; chưa ghi gì.") % {"count": problems.count}
        raise Refused(problems.code, words, problems.details)


def _ids(table: Table, roster: Roster, problems: Problems) -> dict[str, int]:
    found: dict[str, int] = {}
    for line in roster.of(table):
        uid = line["sourcedId"]
        if uid and found.setdefault(uid, line.number) != line.number:
            words = _("mã «%(id)s» đã có ở dòng %(line)d; mỗi mã một dòng.")
            values = {"id": uid, "line": found[uid]}
            problems.add("duplicate_id", Detail(words % values, table.file, line.number, "sourcedId"))
    return found


def _check_cell(
    table: Table, field: Field, line: Line, ids: dict[str, dict[str, int]], problems: Problems
) -> None:
    text = line[field.name]
    place = (table.file, line.number, field.name)
    if not text:
        if field.filled:
            problems.add("missing_value", Detail(_("ô này không được để trống."), *place))
        return
    if field.name == "sourcedId" and (len(text) > _LONGEST_ID or not text.isascii()):
        problems.add("bad_value", Detail(_("mã phải là chữ ASCII, dài nhất 255 ký tự."), *place))
    elif not _is_of_kind(field, text):
        problems.add("bad_value", Detail(_wanted(field), *place))
    for uid in _named(field, text):
        if uid not in ids[field.refers]:
            words = _("không có «%(id)s» trong %(file)s.") % {"id": uid, "file": f"{field.refers}.csv"}
            problems.add("missing_reference", Detail(words, *place))


def _named(field: Field, text: str) -> Iterator[str]:
    if not field.refers:
        return
    for part in text.split(",") if field.many else [text]:
        if part.strip():
            yield part.strip()


def _is_of_kind(field: Field, text: str) -> bool:
    if field.words:
        return text in field.words or text.startswith(_EXTENSION)
    if field.kind == DAY:
        return day_of(text) is not None
    if field.kind == FLAG:
        return text in ("true", "false")
    if field.kind == NUMBER:
        return _NUMBER.fullmatch(text) is not None
    return field.kind != YEAR or _YEAR.fullmatch(text) is not None


def _wanted(field: Field) -> str:
    if field.words:
        return _("phải là một trong: %(words)s.") % {"words": ", ".join(field.words)}
    return {
        DAY: _("phải là ngày, viết như 2026-03-15."),
        FLAG: _("phải là true hoặc false."),
        NUMBER: _("phải là một số, viết như 7.5."),
        YEAR: _("phải là năm, viết như 2026."),
    }[field.kind]


def _check_orgs(roster: Roster, problems: Problems) -> None:
    """No org stands, through its parents, below itself."""
    orgs = {line["sourcedId"]: line for line in roster.rows.get("orgs", [])}
    sound: set[str] = set()
    for start, line in orgs.items():
        walked: list[str] = []
        at = start
        while at in orgs and at not in sound and at not in walked:
            walked.append(at)
            at = orgs[at]["parentSourcedId"]
        if at in walked and at == start:
            words = _("đơn vị «%(id)s» nằm dưới chính nó.") % {"id": start}
            problems.add("org_below_itself", Detail(words, "orgs.csv", line.number, "parentSourcedId"))
        elif at not in walked:
            sound.update(walked)
