"""Accounts that nobody has used for long."""

from __future__ import annotations

from datetime import datetime

from django.db.models import DateTimeField, Exists, OuterRef, QuerySet
from django.db.models.functions import Coalesce

from nhanlucso.access.models import Account, Assignment
from nhanlucso.access.rules import LIGHT
from nhanlucso.kernel.scope import Scope


def unused_since(scope: Scope, rows: QuerySet[Account], moment: datetime) -> QuerySet[Account]:
    """Of the accounts `rows`, found with the scope, those that may sign in and were last used before a moment; a new
    one counts from when it was made. Whoever has light roles alone, and comes to one class a year, is not among
    them."""
    held = Assignment.objects.filter(account=OuterRef("pk"))
    light_alone = Exists(held) & ~Exists(held.exclude(role__in=LIGHT))
    used = Coalesce("seen_at", "last_login", "date_joined", output_field=DateTimeField())
    return rows.annotate(used_at=used).filter(~light_alone, is_active=True, used_at__lt=moment)
