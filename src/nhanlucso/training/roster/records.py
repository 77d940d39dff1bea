"""Rows of one class as plain ids, for queries and services that have looked the class up in a scope."""

from __future__ import annotations

from nhanlucso.training.models import Attendance, Invitation


def marks_of(class_id: int) -> dict[int, dict[int, str]]:
    """person -> session -> mark; "" where somebody is on the roster and nothing is recorded."""
    marks: dict[int, dict[int, str]] = {}
    rows = Attendance.objects.filter(session__training_class=class_id)
    for person, session, status in rows.values_list("person_id", "session_id", "status"):
        marks.setdefault(person, {})[session] = status
    return marks


def invited_to(class_id: int) -> set[int]:
    """Ids of those who are invited."""
    return set(Invitation.objects.filter(training_class=class_id).values_list("person_id", flat=True))
