"""The national catalogue of administrative units: a read-only reference, shipped as tables in data/.

An entry is one version of a province, district or commune: the time in which it had one code, name and
parent. Its key, "02944@" or "02908@2025-07-01", is its code and first day; a code alone is never an identity,
since codes are used again. Where the tables come from and how far back they go: data/README.md.
"""

from nhanlucso.orgs.catalogue.history import changes, successors
from nhanlucso.orgs.catalogue.records import KINDS, Change, Entry, Successor
from nhanlucso.orgs.catalogue.search import as_json, entries, entry, find, subtree

__all__ = [
    "KINDS",
    "Change",
    "Entry",
    "Successor",
    "as_json",
    "changes",
    "entries",
    "entry",
    "find",
    "subtree",
    "successors",
]
