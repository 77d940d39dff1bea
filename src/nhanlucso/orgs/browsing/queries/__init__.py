"""The tree of a day, one unit through time, units by words."""

from nhanlucso.orgs.browsing.queries.finding import Match, matches
from nhanlucso.orgs.browsing.queries.story import became, communes_became, story, what_became
from nhanlucso.orgs.browsing.queries.tree import Branch, Choice, Tree, choices, unit_rows, unit_tree
from nhanlucso.orgs.browsing.queries.unit import (
    UnitLine,
    UnitView,
    line_above,
    lines_of,
    unit_lines,
    unit_view,
)

__all__ = [
    "Branch",
    "Choice",
    "Match",
    "Tree",
    "UnitLine",
    "UnitView",
    "became",
    "choices",
    "communes_became",
    "line_above",
    "lines_of",
    "matches",
    "story",
    "unit_lines",
    "unit_rows",
    "unit_tree",
    "unit_view",
    "what_became",
]
