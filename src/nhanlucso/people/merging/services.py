"""Making two records of one person one, and two again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from nhanlucso.audit.services import record
from nhanlucso.journal.models import Act
from nhanlucso.journal.recorder import Recorder
from nhanlucso.journal.rows import label_of, values_of
from nhanlucso.journal.services import Undone, recording, undo
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.people.merging.queries import MERGED
from nhanlucso.people.merging.relations import former, relations
from nhanlucso.people.merging.rules import FIELDS, GONE, KEPT, taken_from
from nhanlucso.people.models import DistinctPair, FormerId, Person, PersonAccount
from nhanlucso.people.queries import visible_person

_PERSON = label_of(Person)


@dataclass(frozen=True, slots=True)
class Merged:
    """The person who stays, and the act that took the other in; `already`: somebody had merged them before."""

    person: Person
    act: Act
    already: bool = False


def merge(*, kept: int, gone: int, choices: Mapping[str, str], by: Scope, at: datetime) -> Merged:
    """The person `gone` (primary key) becomes part of `kept`, with everything that belongs to them; `by` reaches both.

    choices: field of `rules.FIELDS` → «kept» or «gone»; of a field not chosen, what is known of `kept`, else of
    `gone`. Where only one row may stand for a person (both in one session, one seat), the weightier one stays; rows
    that say the same become one. Sent twice it is done once. Raises Refused("not_allowed", "same_person",
    "bad_value", "two_accounts"), Person.DoesNotExist.
    """
    by = by.require(Permission.MERGE_PEOPLE)
    if kept == gone:
        raise Refused("same_person", _("Hai hồ sơ phải khác nhau."))
    if any(field not in FIELDS or choice not in (KEPT, GONE) for field, choice in choices.items()):
        raise Refused("bad_value", _("Không có lựa chọn này."))
    with transaction.atomic():
        stays = visible_person(by, kept)
        found = {
            one.pk: one
            for one in Person.objects.select_for_update().filter(pk__in=(kept, gone)).order_by("pk")
        }
        if gone not in found and (act := _merged_before(kept, gone)):
            return Merged(stays, act, already=True)
        goes, stays = visible_person(by, gone), found[kept]
        _refuse_two_accounts(kept, gone)
        title = _("Gộp hồ sơ %(gone)s vào %(kept)s") % {"gone": goes.full_name, "kept": stays.full_name}
        with recording(
            kind=MERGED, subject=str(kept), title=title, permission=Permission.MERGE_PEOPLE, by=by, at=at
        ) as recorder:
            _take_in(recorder, stays, goes, choices)
            record(
                verb=MERGED, object_type="person", object_id=stays.uid, by=by.account_id, at=at, facts=True
            )
        return Merged(stays, Act.objects.get(uid=recorder.uid))


def unmerge(*, act: Act, by: Scope, at: datetime) -> Undone:
    """Two people again, with everything that was theirs. Raises as `journal.services.undo`, Person.DoesNotExist where
    `by` does not reach the person."""
    by = by.require(Permission.MERGE_PEOPLE)
    if act.kind != MERGED:
        raise Act.DoesNotExist
    visible_person(by, int(act.subject))
    return undo(act=act, by=by, at=at)


def _take_in(recorder: Recorder, kept: Person, gone: Person, choices: Mapping[str, str]) -> None:
    both = (kept.pk, gone.pk)
    recorder.watch(Person.objects.filter(pk__in=both))
    said = DistinctPair.objects.filter(Q(one=gone) | Q(other=gone))
    recorder.watch(said)
    said.delete()
    formers = [former(gone, kept.pk)]
    for relation in relations():
        recorder.watch(relation.rows(*both))
        formers += relation.repoint(*both)
    _pass_on(recorder, formers)
    changed = taken_from(values_of(kept), values_of(gone), choices)
    rows = Person.objects.filter(pk=gone.pk)
    rows._raw_delete(rows.db)  # whatever still referred to it would be refused by the database, not lost
    for name, value in changed.items():
        setattr(kept, name, value)
    if changed:
        kept.save(update_fields=list(changed))


def _pass_on(recorder: Recorder, formers: list[FormerId]) -> None:
    """Writes down where the ids of what was joined lead; ids that led to it before lead on."""
    for new in formers:
        earlier = FormerId.objects.filter(table=new.table, row=new.was)
        recorder.watch(earlier)
        earlier.update(row=new.row)
    made = FormerId.objects.bulk_create(formers)
    recorder.made(FormerId, "pk", [one.pk for one in made])


def _merged_before(kept: int, gone: int) -> Act | None:
    if not FormerId.objects.filter(table=_PERSON, was=gone, row=kept).exists():
        return None
    acts = Act.objects.filter(
        kind=MERGED,
        undone_at__isnull=True,
        rows__table=_PERSON,
        rows__row=str(gone),
        rows__after__isnull=True,
    )
    return acts.order_by("-pk").first()


def _refuse_two_accounts(kept: int, gone: int) -> None:
    if PersonAccount.objects.filter(person__in=(kept, gone)).count() > 1:
        raise Refused(
            "two_accounts",
            _("Cả hai hồ sơ đều có tài khoản đăng nhập. Gỡ một tài khoản khỏi hồ sơ của nó trước, rồi gộp."),
        )
