"""Report capsules: a signed file from which anybody computes every figure of a report again (docs/capsule.md)."""

from nhanlucso.indicators.capsules.pseudonyms import pseudonym, pseudonyms
from nhanlucso.indicators.capsules.reading import Capsule, People, read_capsule
from nhanlucso.indicators.capsules.writing import write_capsule

__all__ = ["Capsule", "People", "pseudonym", "pseudonyms", "read_capsule", "write_capsule"]
