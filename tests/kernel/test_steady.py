"""What a page asks for once."""

from __future__ import annotations

from itertools import count

from nhanlucso.kernel.steady import forget, once, steady


def test_made_anew_each_time_outside() -> None:
    numbers = count()
    assert [once("n", lambda: next(numbers)) for _ in range(3)] == [0, 1, 2]


def test_made_once_inside_and_again_after() -> None:
    numbers = count()
    with steady():
        assert [once("n", lambda: next(numbers)) for _ in range(3)] == [0, 0, 0]
        assert once("other", lambda: "x") == "x"
    with steady():
        assert once("n", lambda: next(numbers)) == 1


def test_forgotten_is_made_anew() -> None:
    numbers = count()
    with steady():
        once("n", lambda: next(numbers))
        forget("n")
        assert once("n", lambda: next(numbers)) == 1
    forget("n")
