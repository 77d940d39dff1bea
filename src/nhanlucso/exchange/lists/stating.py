"""What was said of an import, turned into what reading and matching ask for."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from nhanlucso.exchange.lists.rules import Key, fingerprint, in_force
from nhanlucso.exchange.models import ListImport
from nhanlucso.exchange.sheets.plan import ImportRequest
from nhanlucso.kernel.clock import EVER
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.training.queries.classes import hosted_class


def said_of(item: ListImport) -> str:
    """A fingerprint of what the questions of an import depend on."""
    return fingerprint(_said(item))


def counted_of(item: ListImport) -> str:
    """A fingerprint of what its outcome depends on: that, and the decisions on rows."""
    return fingerprint(_said(item) | {"decisions": item.decisions})


def reach_of(scope: Scope) -> str:
    """A fingerprint of where an account may import: a reading names people from there."""
    scope = scope.to(Permission.IMPORT_LISTS)
    return fingerprint({"everything": scope.everything, "units": sorted(scope.unit_ids)})


def _said(item: ListImport) -> dict[str, object]:
    return {
        "kind": item.kind,
        "unit": item.unit_id,
        "category": item.category,
        "class": item.training_class_id,
        "since": str(item.since or ""),
        "corrections": item.corrections,
        "units": item.units,
        "left": item.left,
    }


def left_of(item: ListImport) -> frozenset[Key]:
    """The rows that a writing left undecided."""
    return frozenset((str(sheet), int(row)) for sheet, row in item.left)


def request_of(item: ListImport, scope: Scope, rows: Iterable[Key], *, decided: bool) -> ImportRequest:
    """The request of an import; without `decided` as if nobody had decided of any row, so that all doubts show.

    Raises TrainingClass.DoesNotExist if the class is out of reach now.
    """
    return ImportRequest(
        unit=item.unit,
        sessions=_sessions(item, scope),
        category=item.category,
        since=item.since or EVER,
        decisions=in_force(item.decisions if decided else [], rows, left_of(item)),
        units=item.units,
    )


def _sessions(item: ListImport, scope: Scope) -> tuple[int, ...]:
    if item.training_class_id is None:
        return ()
    return tuple(hosted_class(scope, item.training_class_id).sessions.values_list("pk", flat=True))


def file_of(item: ListImport) -> Path:
    """The uploaded bytes. Raises Refused("file_gone")."""
    path = Path(settings.DATA) / "uploads" / item.upload.stored_name
    if not path.is_file() or path.stat().st_size != item.upload.size:
        raise Refused(
            "file_gone",
            _("Tệp «%(name)s» đã tải lên không còn nguyên ở máy chủ. Hãy tải lại tệp này.")
            % {"name": item.upload.name},
        )
    return path
