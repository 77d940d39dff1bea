"""Pages of long lists: in the order of the records' own keys, so that nothing is skipped or told twice while others
write; the cursor of the next page stands in the answer."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, TypeVar

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nhanlucso.kernel.errors import Refused
from nhanlucso.web.api.v1.operations import Asked, Param
from nhanlucso.web.api.v1.shapes import Says

MOST, USUAL = 200, 100
PAGED = (
    Param("cursor", Annotated[str, Says(most=100)], gettext_lazy("Chỗ đọc tiếp: `next` của trang trước.")),
    Param(
        "limit",
        Annotated[int, Says(least=1, most=MOST)],
        gettext_lazy("Số dòng mỗi trang, mặc định 100, nhiều nhất 200."),
    ),
)
_Row = TypeVar("_Row", bound=Model)


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list; `next` is null on the last one."""

    items: list[Any]
    next: str | None


def paged(asked: Asked, rows: QuerySet[_Row], told: Callable[[list[_Row]], list[Any]]) -> Page:
    """The page that is asked for of the rows, which are put in order here; `told` makes answers of its rows."""
    limit = asked["limit"] or USUAL
    found = list(rows.order_by("pk").filter(pk__gt=after(asked))[: limit + 1])
    kept = found[:limit]
    return Page(told(kept), cursor(kept[-1].pk) if len(found) > limit else None)


def paged_list(asked: Asked, keys: list[int], told: Callable[[list[int]], list[Any]]) -> Page:
    """As `paged`, of keys that are known already."""
    limit, begin = asked["limit"] or USUAL, after(asked)
    found = sorted(key for key in keys if key > begin)[: limit + 1]
    kept = found[:limit]
    return Page(told(kept), cursor(kept[-1]) if len(found) > limit else None)


def cursor(key: int) -> str:
    """The place behind a record."""
    return base64.urlsafe_b64encode(f"1:{key}".encode()).decode().rstrip("=")


def after(asked: Asked) -> int:
    """The key that the page begins behind. Raises Refused("bad_cursor")."""
    text = asked["cursor"]
    if text is None:
        return 0
    try:
        version, _colon, key = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode().partition(":")
        number = int(key)
    except (ValueError, binascii.Error):
        version, number = "", 0
    if version != "1" or not 0 <= number < 2**62:
        raise Refused("bad_cursor", _("Con trỏ trang không đúng; đọc lại từ trang đầu."))
    return number
