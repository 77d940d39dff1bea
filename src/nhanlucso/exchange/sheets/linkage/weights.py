"""What agreement and disagreement are worth, and when a match is certain. All numbers of matching stand here.

For one field, `m` is how often a row about a person says this of him or her, `u` how often a row about somebody else
would say it by chance. A pair is worth the product of its m/u. Against all pairs of a row stands the chance that the
person is not in the register at all; what a person's pair weighs in the sum of all is the probability. The m are
taken from lists as they are met: contacts and units change, dates are mistyped, marks are lost. The u are counted in
the register where it can tell (`frequencies`), since «Nguyễn Thị Hương» agrees by chance and «Lù Seo Phừ» does not.
"""

from __future__ import annotations

from enum import IntEnum

# A match counts as certain from here on, if the rules of `linking` allow it at all. What is above is mostly far above:
# measured, less than one in a thousand is wrong (docs/matching.md).
CERTAIN = 0.99
# A person is proposed from here on: below, the proposals would be noise that teaches people to click it away.
POSSIBLE = 0.02
# A row that means nobody known is created; it is told that somebody is alike from here on.
ALIKE = 0.25
# No proposal is shown as if it were certain.
MOST_DOUBTFUL = 0.99
# So many are shown of those whom a row may mean.
LISTED = 20

# How many rows of a list are about people of the register.
KNOWN_STAFF = 0.8  # staff lists bring newcomers
KNOWN_LEARNERS = 0.95  # attendance and results are of people who were on a list before

NAME = {
    "same_name": 0.86,  # letter by letter, tone by tone
    "same_name_bare": 0.09,  # marks lost or put elsewhere
    "name_typo": 0.02,
    "name_part": 0.01,
    "name_initials": 0.005,
    "name_order": 0.005,
    "other_name": 0.00001,
}
# A name at a slip's distance from one of the register: so many other names lie there.
NEIGHBOURS = 20
ORDERS = 2
INITIALS_ALIKE = 0.1  # of those with one given name

BIRTH = {
    "same_birth": 0.93,
    "same_year": 0.97,  # one of the two knows the year only
    "swapped_birth": 0.01,
    "near_birth": 0.02,
    "other_birth": 0.02,
}
DAYS = 365
NEW_YEAR = 0.05  # so many dates are 1 January, put in where only the year was known
NEAR_DATES = 0.004  # of all dates are one digit away
CONTRADICTING = frozenset({"near_birth", "other_birth"})

SEX_SAME, SEX_OTHER, SEX_BY_CHANCE = 0.99, 0.01, 0.5
PHONE_SAME, PHONE_OTHER = 0.7, 0.3
EMAIL_SAME, EMAIL_OTHER = 0.8, 0.2
ID_OTHER = 0.1  # the number of an older card
UNIT = {"same_unit": 0.8, "became_unit": 0.8, "near_unit": 0.12, "other_unit": 0.08}

TAKEN = 0.05  # what is left of a proposal that another row has certainly


class Strength(IntEnum):
    """What a certain match rests on."""

    NAME = 0  # the name alone, and only one bears it there
    YEAR = 1
    CONTACT = 2
    DAY = 3
    ID = 4
    DECIDED = 5  # a person said so
