"""Whether the unit, team or class of a fact was there on its days; if not, the fact is taken with a warning."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from nhanlucso.exchange.bundle.columns import FileSpec
from nhanlucso.exchange.bundle.report import ImportReport
from nhanlucso.exchange.bundle.rows import Row
from nhanlucso.exchange.bundle.structure import UNITS_FILE, Timelines, Version, covered, timelines, written
from nhanlucso.kernel.clock import ALWAYS, EVER, local_date
from nhanlucso.kernel.errors import Detail
from nhanlucso.teams.models import Team
from nhanlucso.training.models import TrainingClass


class Places:
    """Spans of units, of teams, and of the host units of classes, by the numbers of the indexes."""

    def __init__(self, report: ImportReport) -> None:
        self._report = report
        self._units: Timelines | None = None
        self._teams: dict[int, list[Version]] | None = None
        self._hosts: dict[int, int | None] | None = None

    def take_units(self, lines: Timelines) -> None:
        self._units = lines
        for line in lines.values():
            for version in line:
                if version.row is None or version.parent is None:
                    continue
                if not covered(lines.get(version.parent, []), version.first, version.last):
                    message = _("đơn vị cấp trên không có hiệu lực trong cả thời gian này (%(span)s).")
                    values = {"span": written(version.first, version.last)}
                    self._warn(UNITS_FILE, version.row, "parent_id", message % values)

    def take(self, spec: FileSpec, row: Row, number: int) -> None:
        """Remembers where or when a new or changed team or class is."""
        values = row.values
        if spec.name == "teams":
            span = Version(values.get("valid_from", EVER), values.get("valid_to", ALWAYS), None, None)
            self._team_spans()[number] = [span]
        elif spec.name == "classes" and "host_unit_id" in values:
            self._host_units()[number] = values["host_unit_id"]

    def check(self, spec: FileSpec, row: Row) -> None:
        for first, second in spec.in_order:
            if row.values.get(first) and row.values.get(second) and row.values[second] < row.values[first]:
                self._warn(
                    spec.file, row, second, _("trước «%(column)s»; xin kiểm tra lại.") % {"column": first}
                )
        place = spec.placed
        if place is None:
            return
        number, first_day = row.values.get(place.column), _date(row.values.get(place.first))
        last_day = _date(row.values.get(place.last))
        if number is None or first_day is None or last_day is None:
            return
        spans = self._spans(spec, number)
        if spans is not None and not covered(spans, first_day, last_day):
            message = _("đơn vị hoặc tổ không có hiệu lực trong cả thời gian này (%(span)s); vẫn nhận.")
            if first_day == last_day:
                message = _("đơn vị hoặc tổ không có hiệu lực vào ngày %(day)s; vẫn nhận.")
            values = {"span": written(first_day, last_day), "day": first_day.isoformat()}
            self._warn(spec.file, row, place.column, message % values)

    def _spans(self, spec: FileSpec, number: int) -> Sequence[Version] | None:
        target = getattr(spec.by_name[spec.placed.column].cell, "target", "") if spec.placed else ""
        if target == "teams":
            return self._team_spans().get(number)
        unit = self._host_units().get(number) if target == "classes" else number
        if unit is None:
            return None
        if self._units is None:
            self._units = timelines([])
        return self._units.get(unit, [])

    def _team_spans(self) -> dict[int, list[Version]]:
        if self._teams is None:
            rows = Team.objects.values_list("pk", "valid_from", "valid_to")
            self._teams = {pk: [Version(first, last, None, None)] for pk, first, last in rows}
        return self._teams

    def _host_units(self) -> dict[int, int | None]:
        if self._hosts is None:
            self._hosts = dict(TrainingClass.objects.values_list("pk", "host_unit_id"))
        return self._hosts

    def _warn(self, file: str, row: Row, column: str, message: str) -> None:
        self._report.warn(Detail(message, file, row.line, column))


def _date(value: Any) -> date | None:
    return local_date(value) if isinstance(value, datetime) else value
