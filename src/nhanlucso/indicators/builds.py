"""Building facts."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, transaction
from django.utils.translation import gettext as _

from nhanlucso.audit.models import Touch
from nhanlucso.audit.queries import open_touches
from nhanlucso.audit.services import settle_touches
from nhanlucso.indicators.changes import changes_of
from nhanlucso.indicators.engine import build
from nhanlucso.indicators.engine.renewal import anchors_of, may_renew, renew
from nhanlucso.indicators.facts import Changed, read_changed, read_tables
from nhanlucso.indicators.models import FactsBuild
from nhanlucso.jobs.services import shown
from nhanlucso.kernel.disk import trouble_of
from nhanlucso.kernel.ids import new_uid
from nhanlucso.kernel.locks import alone
from nhanlucso.kernel.snapshots import snapshot
from nhanlucso.kernel.steady import forget, once
from nhanlucso.orgs.queries import HISTORY, history

log = logging.getLogger(__name__)
KEPT = 3  # builds that stay on disk, for pages that are still being drawn from an older one


def facts_folder() -> Path:
    return Path(settings.FACTS_FOLDER)


def current_build(at: datetime) -> FactsBuild:
    """The newest build, made first if records changed since or its files are missing.

    One process builds, the others wait for it.
    """
    return once("build", lambda: _current(at))


def _current(at: datetime) -> FactsBuild:
    found = _fresh()
    if found is not None:
        return found
    try:
        with alone(facts_folder()):
            return _fresh() or _build(at)
    except (OSError, DatabaseError) as problem:
        older = newest_build()
        if trouble_of(problem) is None or older is None or not (facts_folder() / older.name).is_dir():
            raise
        log.error("%s: figures are shown as of %s", trouble_of(problem), older.as_of)
        return older  # every figure says as of when


def _fresh() -> FactsBuild | None:
    if open_touches():  # asked first: a build that settles touches after this is found by the next line
        return None
    newest = newest_build()
    return newest if newest is not None and (facts_folder() / newest.name).is_dir() else None


def newest_build() -> FactsBuild | None:
    """The newest build, unless an earlier release wrote it in another layout."""
    found = FactsBuild.objects.order_by("-pk").first()
    return found if found is not None and found.name.startswith(f"{build.LAYOUT}-") else None


def _build(at: datetime) -> FactsBuild:
    name = f"{build.LAYOUT}-{at:%Y%m%dT%H%M%S}-{new_uid()}"
    draft = facts_folder() / f".{name}"
    draft.mkdir(parents=True)
    with shown(kind="facts.build", title=_("Dựng số liệu từ hồ sơ"), by=None, at=at) as say:
        say(0, 2, _("Đọc hồ sơ"))
        forget(HISTORY)  # the tree of the same moment as the records
        with snapshot():
            touches = open_touches()
            before, changed = _changed(touches)
            tables = read_tables(history()) if changed is None else changed.tables
        say(1, 2, _("Ghi tệp số liệu"))
        if changed is None:
            rows, checksum = build.write(tables, draft)
        else:
            rows, checksum = renew(tables, changed.sessions, before, draft)
        draft.rename(facts_folder() / name)
        with transaction.atomic():
            made = FactsBuild.objects.create(name=name, as_of=at, rows=rows, checksum=checksum)
            settle_touches(up_to=[touch.pk for touch in touches])
    _prune()
    return made


def _changed(touches: Sequence[Touch]) -> tuple[Path, Changed | None]:
    """The folder of the newest build, and what to read anew to go on from it; None where that is everything."""
    newest = newest_build()
    before = facts_folder() / (newest.name if newest else "-")
    changes = changes_of([(touch.verb, touch.object_id) for touch in touches])
    if changes is None or not may_renew(before):
        return before, None
    try:
        return before, read_changed(history(), anchors_of(before), changes)
    except LookupError:
        return before, None


def _prune() -> None:
    """Drops old builds and what interrupted ones left behind. Only the holder of the lock calls this."""
    kept = list(FactsBuild.objects.order_by("-pk").values_list("name", flat=True)[:KEPT])
    FactsBuild.objects.exclude(name__in=kept).delete()
    for folder in facts_folder().iterdir():
        if folder.is_dir() and folder.name not in kept:
            shutil.rmtree(folder, ignore_errors=True)
