"""Forms that superiors send, and which figure stands in which blank."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from nhanlucso.access.models import Account
from nhanlucso.files.models import Upload
from nhanlucso.forms.enums import Mark, Part, Span
from nhanlucso.orgs.models import Unit


class ReportForm(models.Model):
    """A form as it came, kept by a unit; `shared`: every unit may use it. `shape` is the same for two files of one
    form. `unknown`: what is written where a figure is not known."""

    title = models.CharField(max_length=200)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    upload = models.ForeignKey(Upload, on_delete=models.PROTECT, related_name="+")
    shape = models.CharField(max_length=64, db_index=True)
    shared = models.BooleanField(default=False)
    unknown = models.CharField(max_length=20, choices=Mark, default=Mark.DASH, blank=True)
    account = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()


class FormBinding(models.Model):
    """What stands in one blank: an indicator's figure (`code`), or a text (`enums.Text`). No `unit`: of whoever fills
    the form in, or, if `named`, of the unit below it that the row or column of the blank names."""

    form = models.ForeignKey(ReportForm, on_delete=models.CASCADE, related_name="bindings")
    spot = models.CharField(max_length=40)
    code = models.CharField(max_length=100)
    part = models.CharField(max_length=20, choices=Part, default=Part.VALUE)
    span = models.CharField(max_length=20, choices=Span, default=Span.PERIOD)
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    named = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["form", "spot"], name="forms_binding_once"),
            models.CheckConstraint(condition=Q(named=False) | Q(unit=None), name="forms_binding_one_unit"),
        ]
