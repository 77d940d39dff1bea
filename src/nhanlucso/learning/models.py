"""Results of self-paced study and tests, from any platform."""

from __future__ import annotations

from django.db import models

from nhanlucso.courses.models import Course
from nhanlucso.learning.enums import ResultState
from nhanlucso.learning.rules import state_of
from nhanlucso.orgs.models import Sourced
from nhanlucso.people.models import Person


class CourseResult(Sourced):
    """What one platform says of one person in one course. Enrolment is not completion."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="results")
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="results")
    enrolled_at = models.DateField(null=True, blank=True)
    completed_at = models.DateField(null=True, blank=True)
    score = models.FloatField(null=True, blank=True)
    passed = models.BooleanField(null=True)
    platform = models.CharField(max_length=100, default="", blank=True)

    @property
    def state(self) -> ResultState:
        """How far the person got."""
        return ResultState(state_of(self.completed_at, self.passed))
