"""Imports of lists in sight: one's own to go on with, those of others only as facts about them."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q, QuerySet

from nhanlucso.exchange.enums import ImportState
from nhanlucso.exchange.lists.kept import Kept, kept
from nhanlucso.exchange.lists.stating import reach_of
from nhanlucso.exchange.models import ListImport, ListShape
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.orgs.queries import reach


def own_imports(scope: Scope) -> QuerySet[ListImport]:
    """The account's imports, newest first, into units where it may still import."""
    scope = scope.to(Permission.IMPORT_LISTS)
    if scope.is_empty or scope.account_id is None:
        return ListImport.objects.none()
    mine = ListImport.objects.filter(reach(scope).rows("unit_id"), account_id=scope.account_id)
    return mine.select_related("upload", "job").order_by("-at", "-pk")


def own_import(scope: Scope, uid: UUID) -> ListImport:
    """One of them; raises ListImport.DoesNotExist."""
    return own_imports(scope).select_related("unit", "training_class", "account").get(uid=uid)


def reading_of(scope: Scope, item: ListImport) -> Kept | None:
    """The present reading of an import; None where there is none, or where the account reached somewhere else when it
    was made: people out of reach now may stand in it, and it is to be made again."""
    found = kept(item.uid, item.reading)
    return found if found is not None and found.summary.get("reach") == reach_of(scope) else None


def open_imports(scope: Scope) -> QuerySet[ListImport]:
    """Those that wait for the account to go on."""
    return own_imports(scope).filter(state__in=(ImportState.READ, ImportState.ASKED))


def seen_imports(scope: Scope) -> QuerySet[ListImport]:
    """One's own imports, and those into units whose audit the account may read: who, what, when; never rows."""
    audited, seen = scope.to(Permission.READ_AUDIT), ListImport.objects.all()
    if not audited.everything:
        below = Q(pk__in=[]) if audited.is_empty else reach(audited).rows("unit_id")
        seen = seen.filter(below | Q(pk__in=own_imports(scope).values("pk")))
    return seen.select_related("upload", "job", "account", "unit").order_by("-at", "-pk")


def remembered(scope: Scope, shape: str) -> ListShape | None:
    """What was said before of the columns of such a list; holds for the whole installation."""
    if not shape or not scope.may(Permission.IMPORT_LISTS):
        return None
    return ListShape.objects.select_related("account").filter(shape=shape).first()
