"""Filters of SCIM (RFC 7644, 3.4.2.2): `userName eq "an" and not (active eq false)`, as conditions on accounts."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from django.db.models import Q
from django.utils.translation import gettext as _

from nhanlucso.kernel.errors import Refused

_TOKEN = re.compile(r'\s*(?:([()])|("(?:[^"\\]|\\.)*")|([^\s()"]+))')
_DEEPEST = 10
_LOOKUPS = {"eq": "iexact", "co": "icontains", "sw": "istartswith", "ew": "iendswith"}
ACTIVE = "is_active"
Columns = Mapping[str, str]  # attribute in small letters -> column


def condition(text: str, columns: Columns) -> Q:
    """The condition that a filter means. Raises Refused("invalidFilter")."""
    parser = _Parser(_tokens(text), columns)
    found = parser.either(0)
    if parser.rest:
        raise _bad(parser.rest[0])
    return found


def _bad(token: str = "") -> Refused:
    words = _("Bộ lọc không đọc được ở «%(token)s»; nhận: eq, ne, co, sw, ew, pr, and, or, not, ngoặc.")
    return Refused("invalidFilter", words % {"token": token[:50]})


def _tokens(text: str) -> list[str]:
    found, at = [], 0
    while at < len(text.rstrip()):
        match = _TOKEN.match(text, at)
        if match is None:
            raise _bad(text[at:])
        found.append(next(part for part in match.groups() if part))
        at = match.end()
    return found


class _Parser:
    def __init__(self, tokens: list[str], columns: Columns) -> None:
        self.rest, self._columns = tokens, columns

    def _take(self) -> str:
        if not self.rest:
            raise _bad(_("cuối bộ lọc"))
        return self.rest.pop(0)

    def _next_is(self, word: str) -> bool:
        return bool(self.rest) and self.rest[0].lower() == word

    def either(self, depth: int) -> Q:
        found = self._both(depth)
        while self._next_is("or"):
            self._take()
            found |= self._both(depth)
        return found

    def _both(self, depth: int) -> Q:
        found = self._one(depth)
        while self._next_is("and"):
            self._take()
            found &= self._one(depth)
        return found

    def _one(self, depth: int) -> Q:
        if depth > _DEEPEST:
            raise _bad("(")
        negated = self._next_is("not")
        if negated:
            self._take()
        if self._next_is("("):
            self._take()
            found = self.either(depth + 1)
            if self._take() != ")":
                raise _bad("(")
            return ~found if negated else found
        if negated:
            raise _bad("not")
        return self._comparison()

    def _comparison(self) -> Q:
        name, operator = self._take(), self._take().lower()
        column = self._columns.get(name.lower())
        if column is None:
            raise _bad(name)
        if operator == "pr":
            return Q() if column in (ACTIVE, "pk") else ~Q(**{column: ""})
        value = _value(self._take())
        negated, operator = operator == "ne", "eq" if operator == "ne" else operator
        if operator not in _LOOKUPS:
            raise _bad(operator)
        found = _compared(column, operator, value)
        return ~found if negated else found


def _value(token: str) -> str | bool:
    try:
        value = json.loads(token)
    except ValueError:
        raise _bad(token) from None
    if not isinstance(value, str | bool):
        raise _bad(token)
    return value


def _compared(column: str, operator: str, value: str | bool) -> Q:
    if column == ACTIVE:
        if not isinstance(value, bool) or operator != "eq":
            raise _bad("active")
        return Q(is_active=value)
    if isinstance(value, bool) or "\0" in value:
        raise _bad(str(value))
    if column == "pk":
        if operator != "eq":
            raise _bad("id")
        return Q(pk=int(value)) if value.isascii() and value.isdecimal() and len(value) < 19 else Q(pk=0)
    return Q(**{f"{column}__{_LOOKUPS[operator]}": value})
