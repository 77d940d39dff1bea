"""Chance with a fixed seed. Only `Random.random` is used: its sequence is the same in every Python version."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, timedelta
from typing import TypeVar

T = TypeVar("T")


class Dice:
    """Draws that depend on nothing but the word they were made with."""

    def __init__(self, seed: str) -> None:
        self._random = random.Random(seed)

    def below(self, n: int) -> int:
        """0 … n-1."""
        return int(self._random.random() * n)

    def between(self, low: int, high: int) -> int:
        """low … high, both included."""
        return low + self.below(high - low + 1)

    def chance(self, share: float) -> bool:
        return self._random.random() < share

    def pick(self, things: Sequence[T]) -> T:
        return things[self.below(len(things))]

    def some(self, things: Sequence[T], n: int) -> list[T]:
        """n different places of the sequence, in its order."""
        places = list(range(len(things)))
        chosen = [places.pop(self.below(len(places))) for _ in range(min(n, len(things)))]
        return [things[place] for place in sorted(chosen)]

    def weighted(self, weights: dict[T, int]) -> T:
        draw = self.below(sum(weights.values()))
        for thing, weight in weights.items():
            draw -= weight
            if draw < 0:
                return thing
        raise AssertionError("weights are positive")

    def day(self, first: date, last: date) -> date:
        return first + timedelta(days=self.below((last - first).days + 1))

    def weekday(self, first: date, last: date) -> date:
        """A day from Monday to Friday."""
        day = self.day(first, last)
        while day.weekday() > 4:
            day = day - timedelta(days=1) if day > first else day + timedelta(days=2)
        return day
