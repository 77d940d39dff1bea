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

    @property
    def stored_name(self) -> str:
        """Where the bytes lie below the uploads; the suffix is kept because readers go by it."""
        suffix = self.name.rpartition(".")[2].lower()
        safe = f".{suffix}" if suffix.isalnum() and len(suffix) <= 5 and "." in self.name else ""
        return f"{self.sha256[:2]}/{self.sha256}{safe}"
