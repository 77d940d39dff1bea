"""Uploaded files, stored by content; the bytes lie in the data folder, never in the database."""

from __future__ import annotations

from django.db import models

from nhanlucso.access.models import Account


class Upload(models.Model):
    """A file as it was given to us."""

    name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField()
    account = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()
