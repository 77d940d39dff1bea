"""The declared rules, the gravest first; order is the order of every listing."""

from __future__ import annotations

from collections.abc import Mapping

from nhanlucso.indicators.quality.declared import attendance, copies, figures, people, teams
from nhanlucso.indicators.quality.enums import Severity
from nhanlucso.indicators.quality.rule import Rule

_ALL = (*attendance.RULES, *copies.RULES, *people.RULES, *figures.RULES, *teams.RULES)

RULES: Mapping[str, Rule] = {
    rule.code: rule for severity in Severity for rule in _ALL if rule.severity == severity
}
