"""Findings as data: ids of records, never names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from nhanlucso.courses.models import Course
from nhanlucso.indicators.quality.findings import Finding
from nhanlucso.indicators.quality.queries import Told
from nhanlucso.learning.models import CourseResult
from nhanlucso.orgs.models import Sourced, Unit
from nhanlucso.orgs.queries import record_references
from nhanlucso.people.models import Person, Post
from nhanlucso.plans.models import Plan, Target
from nhanlucso.teams.models import Team
from nhanlucso.training.models import ClassSession, HeadCount, TrainingClass

_TABLES: Mapping[str, type[Sourced]] = {
    "person": Person,
    "other_person": Person,
    "post": Post,
    "other_post": Post,
    "session": ClassSession,
    "other_session": ClassSession,
    "training_class": TrainingClass,
    "other_class": TrainingClass,
    "head": HeadCount,
    "other_head": HeadCount,
    "result": CourseResult,
    "course": Course,
    "team": Team,
    "unit": Unit,
    "held_unit": Unit,
    "plan": Plan,
    "target": Target,
}
Ids = Mapping[tuple[type[Sourced], int], str]


def finding_ids(findings: Iterable[Finding]) -> Ids:
    """The ids of all records that findings name, by kind and primary key."""
    wanted: dict[type[Sourced], set[int]] = {Unit: set()}
    for finding in findings:
        if finding.unit is not None:
            wanted[Unit].add(finding.unit)
        for name, value in finding.facts.items():
            if name in _TABLES and value is not None:
                wanted.setdefault(_TABLES[name], set()).add(value)
    return {
        (model, pk): reference
        for model, keys in wanted.items()
        for pk, reference in record_references(model, sorted(keys)).items()
    }


def as_json(told: Told, ids: Ids) -> dict[str, object]:
    """A finding as data, its records by their ids; a record that is gone meanwhile is null."""
    finding = told.finding
    return {
        "rule": finding.rule.code,
        "rule_version": finding.rule.version,
        "severity": finding.rule.severity.value,
        "unit_id": None if finding.unit is None else ids.get((Unit, finding.unit)),
        "date": finding.day.isoformat() if finding.day else None,
        "facts": {
            name: ids.get((_TABLES[name], value)) if name in _TABLES else value
            for name, value in finding.facts.items()
        },
        "accepted": told.accepted is not None,
    }
