"""Classes and conferences, their sessions, who attended, and head counts where no list exists."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from nhanlucso.access.models import Account
from nhanlucso.courses.models import Course
from nhanlucso.files.models import Upload
from nhanlucso.orgs.models import Sourced, Unit
from nhanlucso.people.models import Person
from nhanlucso.plans.models import Activity
from nhanlucso.training.enums import Confirmation, Form, Mark, Mode, PaperKind, Qualifier


class TrainingClass(Sourced):
    """A class, conference, seminar, mentoring visit or contest; it holds sessions."""

    course = models.ForeignKey(
        Course, null=True, blank=True, on_delete=models.PROTECT, related_name="classes"
    )
    activity = models.ForeignKey(
        Activity, null=True, blank=True, on_delete=models.PROTECT, related_name="classes"
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

    # Where two records of one person become one, who came is who one of them says came.
    weightier = {"status": (Mark.PRESENT, Mark.LATE, Mark.EXCUSED, Mark.ABSENT, "")}

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


class MarkChange(models.Model):
    """A mark set by hand: what stood before, what stands after. Who marks at the same time sees by this whom they
    crossed; the last act can be taken back. Marks set together share an `act`."""

    session = models.ForeignKey(ClassSession, on_delete=models.CASCADE, related_name="mark_changes")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="mark_changes")
    act = models.CharField(max_length=40)
    before = models.CharField(max_length=10, choices=Mark, default="", blank=True)
    after = models.CharField(max_length=10, choices=Mark, default="", blank=True)
    account = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()
    undone = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["session", "account", "id"]),
            models.Index(fields=["session", "person", "id"]),
        ]


class RosterConfirmation(models.Model):
    """What a unit that does not host a class says of the marks of its own people; the last word stands.

    `fingerprint` is that of the marks as they were then (`roster.rules.fingerprint`), `people` how many they were.
    """

    training_class = models.ForeignKey(TrainingClass, on_delete=models.CASCADE, related_name="confirmations")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=Confirmation)
    note = models.CharField(max_length=500, default="", blank=True)
    people = models.PositiveIntegerField()
    fingerprint = models.CharField(max_length=64)
    account = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["training_class", "unit"], name="training_confirmation_once")
        ]


class RosterObjection(models.Model):
    """A unit disagrees with the marks of one of its people; the host answers."""

    training_class = models.ForeignKey(TrainingClass, on_delete=models.CASCADE, related_name="objections")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    note = models.CharField(max_length=500)
    account = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()
    answer = models.CharField(max_length=500, default="", blank=True)
    answered_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["training_class", "unit", "person"],
                condition=Q(answered_at__isnull=True),
                name="training_objection_open_once",
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=False) | Q(answered_by__isnull=True, answer=""),
                name="training_objection_answered",
            ),
        ]


class PaperList(models.Model):
    """A picture of the signed list of a session, kept until it is typed. Taken away, its row stays with the reason
    and the file goes."""

    session = models.ForeignKey(ClassSession, on_delete=models.CASCADE, related_name="papers")
    upload = models.OneToOneField(Upload, null=True, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=PaperKind)
    added_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    added_at = models.DateTimeField()
    typed_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    typed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    removed_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=300, default="", blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(typed_at__isnull=False) | Q(typed_by__isnull=True), name="training_paper_typed"
            ),
            models.CheckConstraint(
                condition=Q(removed_at__isnull=True, upload__isnull=False, removed_by__isnull=True, reason="")
                | (Q(removed_at__isnull=False, upload__isnull=True) & ~Q(reason="")),
                name="training_paper_removed",
            ),
        ]
