"""Where things belong for one unit, window and tree, and the shapes a figure can have."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from tests.reference.world import (
    ELSEWHERE,
    PLACED,
    UNALLOCATED,
    Row,
    Window,
    World,
    begins,
    carry,
    day,
    several,
    standing,
    valid,
)

STAFF = ("cadre", "civil_servant", "public_employee", "contract_worker")


# --- one figure's surroundings -----------------------------------------------------------------------------

PostTest = Callable[[Row], bool]


def any_post(post: Row) -> bool:
    return True


def staff_post(post: Row) -> bool:
    return post["category"] in STAFF


def leader_post(post: Row) -> bool:
    return staff_post(post) and post["is_leader"] == "true"


def dedicated_post(post: Row) -> bool:
    return staff_post(post) and "dt_dedicated" in several(post["duties"])


def concurrent_post(post: Row) -> bool:
    return staff_post(post) and "dt_concurrent" in several(post["duties"])


def officer_post(post: Row) -> bool:
    return dedicated_post(post) or concurrent_post(post)


def civil_servant_post(post: Row) -> bool:
    return post["category"] == "civil_servant"


@dataclass(frozen=True)
class Question:
    """One unit, window and tree in one world; the methods answer where things belong."""

    world: World
    unit: str
    window: Window
    tree: date

    def person(self, person: str, on: date, test: PostTest = any_post) -> str:
        """Where a fact of this person on this day belongs, by the main post that passes the test."""
        posts = [post for post in self.world.posts.get(person, []) if valid(post, on) and test(post)]
        if not posts:
            return ELSEWHERE
        main = min(posts, key=lambda post: (post["is_main"] != "true", begins(post), post["id"]))
        return self.placed(main["unit_id"], begins(main), person)

    def placed(self, unit: str, start: date, person: str | None = None) -> str:
        return standing(self.world, carry(self.world, unit, start, self.tree, person), self.unit, self.tree)

    def team(self, team: str) -> str:
        row = self.world.teams[team]
        return self.placed(row["unit_id"], begins(row))

    def host(self, class_id: str) -> str:
        first = day(self.world.sessions_of[class_id][0]["starts_at"])
        assert first is not None
        return self.placed(self.world.classes[class_id]["host_unit_id"], first)

    def audience(self, test: PostTest) -> dict[str, str]:
        """Each person with a post on the last day of the window that passes the test -> where placed."""
        on = self.window[1]
        return {
            person: self.person(person, on, test)
            for person, posts in self.world.posts.items()
            if any(valid(post, on) and test(post) for post in posts)
        }


# --- shapes of figures -------------------------------------------------------------------------------------

Answer = dict[str, Any]


def number(
    value: int, unallocated: int, qualifier: str = "exact", low: int | None = None, high: int | None = None
) -> Answer:
    return {
        "value": value,
        "numerator": None,
        "denominator": None,
        "qualifier": qualifier,
        "low": value if low is None else low,
        "high": value + unallocated if high is None else high,
        "unallocated": unallocated,
    }


def distinct(facts: Iterable[tuple[object, str]]) -> Answer:
    """Facts (what is counted once, where it belongs): those placed, and those that may be and are not yet."""
    listed = list(facts)
    sure = {key for key, place in listed if place == PLACED}
    maybe = {key for key, place in listed if place == UNALLOCATED} - sure
    return number(len(sure), len(maybe))


def total(facts: Iterable[tuple[int, str]]) -> Answer:
    listed = list(facts)
    return number(
        sum(amount for amount, place in listed if place == PLACED),
        sum(amount for amount, place in listed if place == UNALLOCATED),
    )


def share(places: dict[str, str], good: set[str]) -> Answer:
    """Percentage of `places` (member -> where it belongs) that are in `good`, with its bounds."""
    sure = [member for member, place in places.items() if place == PLACED]
    maybe = [member for member, place in places.items() if place == UNALLOCATED]
    d, n = len(sure), len([member for member in sure if member in good])
    u, q = len(maybe), len([member for member in maybe if member in good])
    value = low = high = None
    if d:
        value, low, high = 100 * n / d, 100 * n / (d + u - q), 100 * (n + q) / (d + q)
    elif u:  # the extremes over the non-empty choices among the unallocated
        low, high = (0.0 if q < u else 100.0), (100.0 if q else 0.0)
    answer = number(0, u)
    answer.update(value=value, numerator=n, denominator=d, low=low, high=high)
    return answer
