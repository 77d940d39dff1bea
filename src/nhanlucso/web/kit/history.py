"""What there is to tell of one record: who did what to it, when, and what was written there before.

Whoever may read the log, or may change such records, sees it for the records where that holds. Values that identify
people are masked; a change of them is told, not what they were.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.core.exceptions import ObjectDoesNotExist
from django.urls import reverse
from django.utils.translation import gettext as _

from nhanlucso.access.queries import account_names, visible_accounts
from nhanlucso.audit.queries import events_about
from nhanlucso.journal.models import Act
from nhanlucso.journal.queries import Change, changes_to
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.learning.models import CourseResult
from nhanlucso.orgs.queries import history, reach, visible_unit
from nhanlucso.people.models import Post
from nhanlucso.plans.documents.queries import writable_plan
from nhanlucso.plans.models import Activity, Directive, Plan, Target
from nhanlucso.teams.queries import reached_person
from nhanlucso.training.models import ClassSession, HeadCount
from nhanlucso.training.queries.classes import hosted_class
from nhanlucso.web.kit.columns import Difference, differences

MOST = 500  # lines of one record, the newest


@dataclass(frozen=True, slots=True)
class Subject:
    """A record with all that belongs to it: ids by kind as the log names them, rows as the journal does."""

    name: str
    url: str
    kinds: tuple[str, ...]
    ids: tuple[str, ...]
    rows: Mapping[str, tuple[int, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Deed:
    """One line: when, who, the act as the log names it, what is different since."""

    at: datetime
    who: str
    verb: str
    count: int
    differences: tuple[Difference, ...] = ()


def reads_log(scope: Scope) -> bool:
    """Whether the log may be read of all that the scope looks into, so that a link to a history never fails."""
    seen = scope.to(Permission.READ_AUDIT)
    return seen.everything or (bool(seen.unit_ids) and seen.unit_ids == scope.unit_ids)


def subject(scope: Scope, kind: str, pk: int) -> tuple[Subject, Permission]:
    """The record, and by which permission its history is open. Raises DoesNotExist of its model, KeyError."""
    find, edit = SUBJECTS[kind]
    if scope.may(Permission.READ_AUDIT):
        try:
            return find(scope.to(Permission.READ_AUDIT), Permission.READ_AUDIT, pk), Permission.READ_AUDIT
        except ObjectDoesNotExist:
            if not scope.may(edit):
                raise
    return find(scope.require(edit), edit, pk), edit


def deeds(scope: Scope, about: Subject, permission: Permission) -> list[Deed]:
    """Newest first; acts of the log and what the journal kept of them, and of lists that were read in."""
    changed: dict[tuple[datetime, int | None], list[Change]] = defaultdict(list)
    acts: dict[tuple[datetime, int | None], Act] = {}
    for act, change in changes_to(scope, about.rows, MOST, permission):
        changed[act.at, act.account_id].append(change)
        acts[act.at, act.account_id] = act
    events = events_about(scope, about.kinds, about.ids, MOST, permission)
    accounts = {one.account_id for one in events} | {account for _at, account in acts}
    who = _names(scope, [one for one in accounts if one is not None], permission)
    found = []
    for event in events:
        key = (event.at, event.account_id)
        acts.pop(key, None)
        told = differences(changed.pop(key, ()))
        found.append(Deed(event.at, who(event.account_id), event.verb, event.count, told))
    for (at, account), act in acts.items():
        found.append(Deed(at, who(account), act.kind, 1, differences(changed[at, account])))
    return sorted(found, key=lambda deed: deed.at, reverse=True)


def _names(scope: Scope, ids: Iterable[int], permission: Permission) -> Callable[[int | None], str]:
    """How the doers are called: by name for who reads the log or manages accounts, else only whether it was oneself."""
    names = account_names(scope, list(ids))
    named = permission == Permission.READ_AUDIT or bool(names)

    def who(account: int | None) -> str:
        if account is None:
            return _("Hệ thống")
        if account == scope.account_id and account not in names:
            return _("Bạn")
        return names.get(account, "") or (_("Tài khoản đã xóa") if named else _("Người khác"))

    return who


def _person(scope: Scope, permission: Permission, pk: int) -> Subject:
    person = reached_person(scope.to(permission), pk)
    posts = dict(Post.objects.filter(person=pk).values_list("pk", "uid"))
    results = dict(CourseResult.objects.filter(person=pk).values_list("pk", "uid"))
    return Subject(
        person.full_name,
        reverse("person", args=[pk]),
        ("person", "post", "course_result"),
        (person.uid, *posts.values(), *results.values()),
        {"people.person": (pk,), "people.post": tuple(posts), "learning.courseresult": tuple(results)},
    )


def _class(scope: Scope, permission: Permission, pk: int) -> Subject:
    found = hosted_class(scope.to(permission), pk)
    sessions = dict(ClassSession.objects.filter(training_class=pk).values_list("pk", "uid"))
    counts = HeadCount.objects.filter(training_class=pk).values_list("uid", flat=True)
    return Subject(
        found.title,
        reverse("training-class", args=[pk]),
        ("training_class", "class_session", "head_count"),
        (found.uid, *sessions.values(), *counts),
        {"training.trainingclass": (pk,), "training.classsession": tuple(sessions)},
    )


def _plan(scope: Scope, permission: Permission, pk: int) -> Subject:
    if permission == Permission.EDIT_PLANS:
        plan = writable_plan(scope, pk)
    else:
        plan = Plan.objects.get(pk=pk)
        if not scope.everything and not reach(scope).holds(plan.issuer_unit_id or 0):
            raise Plan.DoesNotExist
    parts = [
        uid
        for model in (Target, Activity, Directive)
        for uid in model._default_manager.filter(plan=pk).values_list("uid", flat=True)
    ]
    return Subject(
        plan.title,
        reverse("plan", args=[pk]),
        ("plan", "target", "activity", "directive"),
        (plan.uid, *parts),
        {"plans.plan": (pk,)},
    )


def _unit(scope: Scope, permission: Permission, pk: int) -> Subject:
    unit = visible_unit(scope.to(permission), pk)
    last = history().last_version(pk)
    versions = tuple(unit.versions.values_list("pk", flat=True))
    return Subject(
        last.name if last else unit.uid,
        reverse("unit", args=[pk]),
        ("unit",),
        (unit.uid,),
        {"orgs.unit": (pk,), "orgs.unitversion": versions},
    )


def _account(scope: Scope, permission: Permission, pk: int) -> Subject:
    found = visible_accounts(scope, permission).get(pk=pk)
    return Subject(found.get_full_name(), reverse("admin-account", args=[pk]), ("account",), (str(pk),))


Find = Callable[[Scope, Permission, int], Subject]
SUBJECTS: dict[str, tuple[Find, Permission]] = {
    "can-bo": (_person, Permission.EDIT_PEOPLE),
    "lop-hoc": (_class, Permission.EDIT_CLASSES),
    "ke-hoach": (_plan, Permission.EDIT_PLANS),
    "don-vi": (_unit, Permission.EDIT_UNITS),
    "tai-khoan": (_account, Permission.MANAGE_ACCOUNTS),
}
