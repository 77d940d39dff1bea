"""Composing indicators: drafts that may change, versions that never do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from nhanlucso.audit.services import record
from nhanlucso.indicators.catalogue import OWN
from nhanlucso.indicators.models import OwnDefinition, OwnIndicator
from nhanlucso.indicators.own.queries import composer
from nhanlucso.indicators.own.refusals import refusal
from nhanlucso.indicators.own.rules import Parts, as_data, slug_is_written_right
from nhanlucso.indicators.own.wording import told
from nhanlucso.kernel.clock import EVER
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.numbers import vi_date
from nhanlucso.kernel.scope import Scope
from nhanlucso.kernel.text import clean

NAME_LENGTH, NOTE_LENGTH = 200, 1_000


@dataclass(frozen=True, slots=True)
class OwnData:
    """A definition as it is composed; the sentence is made from the parts."""

    name: str
    parts: Parts
    note: str = ""


def begin_indicator(*, slug: str, data: OwnData, by: Scope, at: datetime) -> OwnDefinition:
    """A new own indicator with its first draft; sent twice by the same account, the draft of then as it is now.

    Raises Refused("not_allowed", "bad_slug", "slug_taken", and as `save_draft`).
    """
    by = composer(by)
    if not slug_is_written_right(slug):
        raise refusal("bad_slug")
    fields = _fields(data, at)
    with transaction.atomic():
        own, new = OwnIndicator.objects.get_or_create(
            slug=slug, defaults={"created_at": at, "created_by_id": by.account_id}
        )
        if not new:
            held = list(own.definitions.all())
            same = len(held) == 1 and held[0].published_at is None and own.created_by_id == by.account_id
            if not same:
                raise refusal("slug_taken")
            return _written(held[0], fields, by, at)
        draft = OwnDefinition.objects.create(indicator=own, version=1, **fields)
        _record("indicator.compose", own, by, at)
    return draft


def save_draft(*, slug: str, data: OwnData, by: Scope, at: datetime) -> OwnDefinition:
    """Writes the draft of the next version; what is published stays as it is.

    Raises Refused("not_allowed", "name_missing", "name_too_long", "note_too_long", "bad_age", "members_have_no_posts",
    "event_missing", "nothing_to_count", "form_of_classes", "self_paced_of_results", "bad_months", "course_unknown",
    "measure_stays", "retired"), OwnIndicator.DoesNotExist.
    """
    by = composer(by)
    fields = _fields(data, at)
    with transaction.atomic():
        own = _locked(slug)
        if own.retired_on is not None:
            raise refusal("retired")
        held = list(own.definitions.order_by("version"))
        published = [one for one in held if one.published_at is not None]
        if published and published[0].measure != data.parts.measure:
            raise refusal("measure_stays")
        draft = next((one for one in held if one.published_at is None), None)
        if draft is None:
            draft = OwnDefinition(indicator=own, version=held[-1].version + 1)
        return _written(draft, fields, by, at)


def publish(*, slug: str, valid_from: date | None, by: Scope, at: datetime) -> OwnDefinition:
    """Publishes the draft: it holds for periods that end on `valid_from` or later (None: all periods, for a first
    version). Sent twice, the version of then.

    Raises Refused("not_allowed", "nothing_to_publish", "day_missing", "day_too_early", "retired"),
    OwnIndicator.DoesNotExist.
    """
    by = composer(by)
    with transaction.atomic():
        own = _locked(slug)
        draft = own.definitions.filter(published_at=None).first()
        before = own.definitions.filter(published_at__isnull=False).order_by("-version").first()
        if draft is None:
            if before is not None and valid_from in (None, before.valid_from):
                return before
            raise refusal("nothing_to_publish")
        if own.retired_on is not None:
            raise refusal("retired")
        if before is not None:
            _check_day(before, valid_from)
        draft.valid_from = valid_from or EVER
        draft.published_at, draft.published_by_id = at, by.account_id
        draft.save()
        _record("indicator.publish", own, by, at)
    return draft


def drop_draft(*, slug: str, by: Scope, at: datetime) -> None:
    """Throws the draft away, and the indicator with it if nothing of it was published.

    Raises Refused("not_allowed", "nothing_to_drop"), OwnIndicator.DoesNotExist.
    """
    by = composer(by)
    with transaction.atomic():
        own = _locked(slug)
        dropped, _of = own.definitions.filter(published_at=None).delete()
        if not dropped:
            raise refusal("nothing_to_drop")
        if not own.definitions.exists():
            own.delete()
        _record("indicator.drop", own, by, at)


def set_reported(*, slug: str, reported: bool, by: Scope, at: datetime) -> OwnIndicator:
    """Puts an indicator into official reports that are written from now on, or leaves it out of them; what was
    submitted stays. Sent twice, nothing more.

    Raises Refused("not_allowed", "not_published"), OwnIndicator.DoesNotExist.
    """
    by = composer(by)
    with transaction.atomic():
        own = _locked(slug)
        if not own.definitions.filter(published_at__isnull=False).exists():
            raise refusal("not_published")
        if own.reported != reported:
            own.reported = reported
            own.save()
            _record("indicator.report" if reported else "indicator.unreport", own, by, at)
    return own


def retire(*, slug: str, on: date, by: Scope, at: datetime) -> OwnIndicator:
    """Ends an indicator: periods that end after the day have no figure of it; what was published stays.

    Raises Refused("not_allowed", "not_published", "day_too_early"), OwnIndicator.DoesNotExist.
    """
    by = composer(by)
    with transaction.atomic():
        own = _locked(slug)
        newest = own.definitions.filter(published_at__isnull=False).order_by("-valid_from").first()
        if newest is None:
            raise refusal("not_published")
        if on < newest.valid_from:
            words = {"day": vi_date(newest.valid_from)}
            raise Refused(
                "day_too_early", _("Chọn từ ngày %(day)s trở đi, ngày phiên bản cuối có hiệu lực.") % words
            )
        if own.retired_on != on:
            own.retired_on = on
            own.save()
            own.definitions.filter(published_at=None).delete()
            _record("indicator.retire", own, by, at)
    return own


def _fields(data: OwnData, at: datetime) -> dict[str, object]:
    name, note = clean(data.name), clean(data.note)
    if not name:
        raise refusal("name_missing")
    if len(name) > NAME_LENGTH:
        raise refusal("name_too_long")
    if len(note) > NOTE_LENGTH:
        raise refusal("note_too_long")
    return {
        "name": name,
        "note": note,
        "measure": data.parts.measure,
        "parts": as_data(data.parts),
        "sentence": told(data.parts),
        "saved_at": at,
    }


def _written(draft: OwnDefinition, fields: dict[str, object], by: Scope, at: datetime) -> OwnDefinition:
    for name, value in fields.items():
        setattr(draft, name, value)
    draft.save()
    _record("indicator.compose", draft.indicator, by, at)
    return draft


def _locked(slug: str) -> OwnIndicator:
    return OwnIndicator.objects.select_for_update().get(slug=slug)


def _check_day(before: OwnDefinition, valid_from: date | None) -> None:
    if valid_from is None:
        raise refusal("day_missing")
    if valid_from <= before.valid_from:
        raise _too_early(before.valid_from)


def _too_early(day: date) -> Refused:
    return Refused(
        "day_too_early", _("Chọn ngày sau %(day)s, ngày phiên bản trước có hiệu lực.") % {"day": vi_date(day)}
    )


def _record(verb: str, own: OwnIndicator, by: Scope, at: datetime) -> None:
    record(verb=verb, object_type="indicator", object_id=f"{OWN}{own.slug}", by=by.account_id, at=at)
