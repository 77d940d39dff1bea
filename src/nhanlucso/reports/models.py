"""Reports on their way from draft to acceptance. A draft is always written from the records as they are; what was
submitted is kept as it was seen: a trigger refuses to change or delete a revision, or a step."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from nhanlucso.access.models import Account
from nhanlucso.files.models import Upload
from nhanlucso.kernel.periods import DECREE, Period, parse_period
from nhanlucso.orgs.models import Unit
from nhanlucso.reports.enums import ReportState, Verb


class Report(models.Model):
    """The report of a unit for a period. `tree`: «then» (the last day of the period) or a date.

    `revision` is the number of the last submission, 0 before the first. A correction of what was approved begins as
    a draft again; the approved revision holds meanwhile.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    period = models.CharField(max_length=20)
    calendar = models.CharField(max_length=10, default=DECREE)
    tree = models.CharField(max_length=10, default="then")
    state = models.CharField(max_length=20, choices=ReportState, default=ReportState.DRAFT)
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "kind", "period", "calendar", "tree"], name="reports_report_once"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[ReportState.DRAFT, ReportState.CHECKED]) | Q(revision__gt=0),
                name="reports_report_submitted",
            ),
        ]
        indexes = [models.Index(fields=["state"])]

    @property
    def when(self) -> Period:
        return parse_period(self.period)


class ReportRevision(models.Model):
    """What was submitted: figures as they stood, the text of the paper, its three files.

    `figures`: a list of figures in the shape of the exchange contract, of the period and of the year so far;
    `text`: the paper as papers.reading tells it; `build`: the facts that both come from. `frozen` is the file with
    all that is published on approval (`freezing`), `checksum` its SHA-256, `product` the version that made it; none
    of them for revisions older than freezing. `capsule`: the same for outsiders, signed, with pseudonyms. `note`:
    what differs from the approved revision that this one corrects (`rules.notes`), else empty.
    """

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    figures = models.JSONField()
    text = models.JSONField()
    build = models.CharField(max_length=60)
    as_of = models.DateTimeField()
    docx = models.ForeignKey(Upload, on_delete=models.PROTECT, related_name="+")
    pdf = models.ForeignKey(Upload, on_delete=models.PROTECT, related_name="+")
    xlsx = models.ForeignKey(Upload, on_delete=models.PROTECT, related_name="+")
    frozen = models.ForeignKey(Upload, null=True, on_delete=models.PROTECT, related_name="+")
    capsule = models.ForeignKey(Upload, null=True, on_delete=models.PROTECT, related_name="+")
    checksum = models.CharField(max_length=64, default="", blank=True)
    product = models.CharField(max_length=40, default="", blank=True)
    note = models.JSONField(default=dict, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report", "number"], name="reports_revision_number"),
            models.CheckConstraint(
                condition=Q(frozen__isnull=True, checksum="") | (Q(frozen__isnull=False) & ~Q(checksum="")),
                name="reports_revision_frozen",
            ),
        ]


class ReportStep(models.Model):
    """One step of a report: who did what, when, and what they said to it. Steps are only added.

    `found`: what a check saw: {"figures": digest of them, "gaps": how many things were missing, "findings": how many
    of each rule of quality, None where nobody had searched}.
    """

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="steps")
    revision = models.ForeignKey(
        ReportRevision, null=True, blank=True, on_delete=models.CASCADE, related_name="steps"
    )
    verb = models.CharField(max_length=20, choices=Verb)
    account = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()
    comment = models.CharField(max_length=2000, default="", blank=True)
    found = models.JSONField(default=dict, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(verb__in=[Verb.BEGIN, Verb.CHECK], revision__isnull=True)
                | (~Q(verb__in=[Verb.BEGIN, Verb.CHECK]) & Q(revision__isnull=False)),
                name="reports_step_revision",
            ),
            models.UniqueConstraint(
                fields=["revision"], condition=Q(verb=Verb.SUBMIT), name="reports_submitted_once"
            ),
            models.UniqueConstraint(
                fields=["revision"],
                condition=Q(verb__in=[Verb.APPROVE, Verb.RETURN]),
                name="reports_decided_once",
            ),
            models.UniqueConstraint(
                fields=["revision"],
                condition=Q(verb__in=[Verb.ACCEPT, Verb.SEND_BACK]),
                name="reports_answered_once",
            ),
        ]
