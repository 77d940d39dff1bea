"""Classes and conferences, their sessions, who attended, and head counts where no list exists."""

from __future__ import annotations

from django.db import models

from nhanlucso.courses.models import Course
from nhanlucso.orgs.models import Sourced, Unit
from nhanlucso.people.models import Person
from nhanlucso.plans.models import Activity
from nhanlucso.training.enums import Form, Mark, Mode, Qualifier


class TrainingClass(Sourced):
    """A class, conference, seminar, mentoring visit or contest; it holds sessions."""

    course = models.ForeignKey(
        Course, null=True, blank=True, on_delete=models.PROTECT, related_name="classes"
    )
    activity = models.ForeignKey(
        Activity, null=True, blank=True, on_delete=models.SET_NULL, related_name="classes"
    )
    title = models.CharField(max_length=300)
    form = models.CharField(max_length=20, choices=Form, default="", blank=True)
    mode = models.CharField(max_length=20, choices=Mode, default="", blank=True)
    host_unit = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="classes"
    )
    co_host_units = models.ManyToManyField(Unit, related_name="co_hosted_classes", blank=True)
    round = models.CharField(max_length=100, default="", blank=True)
    capacity = models.PositiveIntegerField(null=True, blank=True)


class ClassSession(Sourced):
    """One meeting (buổi) of a class."""

    training_class = models.ForeignKey(TrainingClass, on_delete=models.CASCADE, related_name="sessions")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)
    place = models.CharField(max_length=300, default="", blank=True)


class Attendance(models.Model):
    """What is known of one person in one session."""

    session = models.ForeignKey(ClassSession, on_delete=models.CASCADE, related_name="attendances")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="attendances")
    status = models.CharField(max_length=10, choices=Mark, default="", blank=True)
    recorded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "person"], name="training_attendance_once")]


class HeadCount(Sourced):
    """People present who stand on no roster. An unknown count is empty, never 0."""

    training_class = models.ForeignKey(
        TrainingClass, null=True, blank=True, on_delete=models.CASCADE, related_name="head_counts"
    )
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="head_counts")
    audience = models.CharField(max_length=200, default="", blank=True)
    count = models.PositiveIntegerField(null=True, blank=True)
    qualifier = models.CharField(max_length=10, choices=Qualifier, default="", blank=True)
    date = models.DateField()


class Invitation(models.Model):
    """A person asked to come to a class."""

    training_class = models.ForeignKey(TrainingClass, on_delete=models.CASCADE, related_name="invitations")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="invitations")
    invited_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["training_class", "person"], name="training_invitation_once")
        ]
