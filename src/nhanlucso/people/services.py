"""Writing persons and their posts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from nhanlucso.audit.services import record
from nhanlucso.journal.recorder import Recorder
from nhanlucso.journal.rows import cut
from nhanlucso.journal.services import recording
from nhanlucso.kernel.clock import ALWAYS, EVER
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.ids import new_uid
from nhanlucso.kernel.numbers import vi_date
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.kernel.sealing import encrypt, match_hash
from nhanlucso.kernel.stopping import steadily
from nhanlucso.kernel.text import clean, fold, name_key
from nhanlucso.orgs.models import Unit
from nhanlucso.orgs.queries import history, reach, writable_unit
from nhanlucso.people.enums import Category, Duty, Sex
from nhanlucso.people.models import Person, Post
from nhanlucso.people.queries import visible_person, visible_post
from nhanlucso.people.rules import birth_of, national_id_of, phone_of


@dataclass(frozen=True, slots=True)
class PersonData:
    """What is known of a person; empty is unknown. `birth`: a day (ISO or 15/12/1985) or a year.

    `national_id` None leaves the stored number as it is.
    """

    full_name: str
    birth: str = ""
    sex: str = ""
    phone: str = ""
    email: str = ""
    national_id: str | None = None


@dataclass(frozen=True, slots=True)
class PostData:
    """A post of a unit; None and empty are unknown."""

    unit: Unit
    title: str = ""
    category: str = ""
    qualification: str = ""
    is_leader: bool | None = None
    is_main: bool | None = None
    duties: frozenset[str] = frozenset()
    valid_from: date = EVER
    valid_to: date = ALWAYS


_POST_FIELDS = (
    "unit_id", "title", "category", "qualification", "is_leader", "is_main", *Duty.values, "valid_from", "valid_to",
)  # fmt: skip


def add_person(*, person: PersonData, post: PostData | None, by: Scope, at: datetime) -> Person:
    """Adds a person with a first post. Only who reaches everything may leave the post out.

    Raises Refused("not_allowed", "name_missing", "bad_birth", "bad_phone", "bad_national_id", "bad_value",
    "post_missing", "bad_span", "unit_not_valid", "before_split"); Unit.DoesNotExist outside the scope.
    """
    by = by.require(Permission.EDIT_PEOPLE)
    if post is None and not by.everything:
        raise Refused("post_missing", _("Chưa có vị trí công tác đầu tiên."))
    with transaction.atomic():
        row = Person(uid=new_uid(), **_person_fields(person))
        row.save()
        if post is not None:
            _store_post(row, post, by)
        _written("person.add", "person", row.uid, by, at)
    return row


def add_people(
    *,
    newcomers: Sequence[tuple[PersonData, PostData]],
    posts: Sequence[tuple[int, PostData]] = (),
    by: Scope,
    at: datetime,
) -> list[Person]:
    """Adds many people, each with a first post, and further `posts` to known people (ids read with the scope of `by`).

    Raises as `add_person`; nothing is written then.
    """
    by = by.require(Permission.EDIT_PEOPLE)
    _check_posts([post for _, post in (*newcomers, *posts)], by)
    people = [Person(uid=new_uid(), **_person_fields(person)) for person, _ in steadily(newcomers)]
    with transaction.atomic():
        for some in cut(people):
            Person.objects.bulk_create(some)
        rows = [_post_row(person.pk, post) for person, (_, post) in zip(people, newcomers, strict=True)]
        rows += [_post_row(person, post) for person, post in posts]
        for some_posts in cut(rows):
            Post.objects.bulk_create(some_posts)
        _written("person.add", "person", "", by, at, count=len(people) + len(posts))
    return people


def complete_people(
    *,
    changes: Mapping[int, Mapping[str, str]],
    posts: Mapping[int, Mapping[str, str]],
    by: Scope,
    at: datetime,
) -> None:
    """Writes fields of `PersonData` of known people, and `title` and `category` of known posts (ids read with the
    scope of `by`). Raises as `change_person`; nothing is written then.
    """
    by = by.require(Permission.EDIT_PEOPLE)
    with transaction.atomic():
        _complete_persons(changes)
        _complete_posts(posts)
        _written("person.change", "person", "", by, at, count=len(changes) + len(posts))


def _complete_persons(changes: Mapping[int, Mapping[str, str]]) -> None:
    for some in cut(sorted(changes)):
        for person in Person.objects.filter(pk__in=some).order_by("pk"):
            kept = PersonData(
                person.full_name, birth=person.birth, sex=person.sex, phone=person.phone, email=person.email
            )
            fields = _person_fields(replace(kept, **changes[person.pk]))
            for name, value in fields.items():
                setattr(person, name, value)
            person.save(update_fields=list(fields))


def _complete_posts(posts: Mapping[int, Mapping[str, str]]) -> None:
    for some in cut(sorted(posts)):
        for post in Post.objects.filter(pk__in=some).order_by("pk"):
            told = posts[post.pk]
            if told.get("category", "") not in ("", *Category.values):
                raise Refused("bad_value", _("Không có đối tượng này."))
            post.title, post.category = told.get("title", post.title), told.get("category", post.category)
            post.save(update_fields=["title", "category"])


def change_person(*, person: Person, data: PersonData, by: Scope, at: datetime) -> Person:
    """Corrects what is known of a person whom `by` reaches. Raises as `add_person`, Person.DoesNotExist."""
    by = by.require(Permission.EDIT_PEOPLE)
    visible_person(by, person.pk)
    fields = _person_fields(data)
    with _kept("person.change", person.full_name, by, at) as recorder:
        recorder.watch(Person.objects.filter(pk=person.pk))
        for name, value in fields.items():
            setattr(person, name, value)
        person.save(update_fields=list(fields))
        _written("person.change", "person", person.uid, by, at)
    return person


def add_post(*, person: Person, post: PostData, by: Scope, at: datetime) -> Post:
    """Gives a person whom `by` reaches a further post. Raises as `add_person`, Refused("before_split") for a post
    that began before a split of its unit, of which `by` would see nothing; Person.DoesNotExist."""
    by = by.require(Permission.EDIT_PEOPLE)
    visible_person(by, person.pk)
    with transaction.atomic():
        row = _store_post(person, post, by)
        _written("post.add", "post", row.uid, by, at)
    return row


def change_post(*, post: Post, data: PostData, by: Scope, at: datetime) -> Post:
    """Corrects a post, its unit and days too. Raises as `add_post`; Post.DoesNotExist outside the scope. What stands
    so already leaves no trace."""
    by = by.require(Permission.EDIT_PEOPLE)
    visible_post(by, post.pk)
    with _kept("post.change", post.title, by, at) as recorder:
        recorder.watch(Post.objects.filter(pk=post.pk))
        held = Post.objects.get(pk=post.pk)
        _check_posts([data], by)
        _check_split(data, by)
        row = _post_row(held.person_id, data)
        names = [name for name in _POST_FIELDS if getattr(row, name) != getattr(held, name)]
        for name in names:
            setattr(held, name, getattr(row, name))
        if names:
            held.save(update_fields=names)
            _written("post.change", "post", held.uid, by, at)
    return held


def end_post(*, post: Post, last_day: date, by: Scope, at: datetime) -> Post:
    """Ends a post after `last_day`. Raises Refused("not_allowed", "bad_span"); Post.DoesNotExist outside the scope:
    also where the unit lies inside today, but the post is older than the split that left it there.
    """
    visible_post(by.require(Permission.EDIT_PEOPLE), post.pk)
    _check_span(post.valid_from, last_day)
    with _kept("post.end", post.title, by, at) as recorder:
        recorder.watch(Post.objects.filter(pk=post.pk))
        post.valid_to = last_day
        post.save(update_fields=["valid_to"])
        _written("post.end", "post", post.uid, by, at)
    return post


def _kept(kind: str, title: str, by: Scope, at: datetime) -> AbstractContextManager[Recorder]:
    """The act with the rows before and after it: what the history of a record tells."""
    return recording(kind=kind, subject="", title=title, permission=Permission.EDIT_PEOPLE, by=by, at=at)


def _store_post(person: Person, post: PostData, by: Scope) -> Post:
    _check_posts([post], by)
    _check_split(post, by)
    row = _post_row(person.pk, post)
    row.save()
    return row


def _check_split(post: PostData, by: Scope) -> None:
    """Raises for a post that began before a split of its unit, of which `by` would see nothing."""
    since = reach(by).since
    if since is not None and post.valid_from < (first := since[post.unit.pk]):
        raise Refused(
            "before_split",
            _(
                "Đơn vị thay đổi ngày %(day)s: ghi vị trí từ ngày đó, hoặc nhờ cấp trên ghi cho thời gian trước."
            )
            % {"day": vi_date(first)},
        )


def _check_posts(posts: Iterable[PostData], by: Scope) -> None:
    """Raises for the first post that may not be written; each unit and day is looked up once."""
    past = history()
    seen: set[tuple[int, date]] = set()
    for post in posts:
        _check_span(post.valid_from, post.valid_to)
        if post.category and post.category not in Category.values:
            raise Refused("bad_value", _("Không có đối tượng này."))
        if post.duties - set(Duty.values):
            raise Refused("bad_value", _("Không có nhiệm vụ này."))
        place = (post.unit.pk, post.valid_from)
        if place in seen:
            continue
        seen.add(place)
        writable_unit(by, Permission.EDIT_PEOPLE, post.unit.pk)
        if post.valid_from != EVER and past.version(post.unit.pk, post.valid_from) is None:
            raise Refused("unit_not_valid", _("Đơn vị không có hiệu lực vào ngày đầu của vị trí này."))


def _post_row(person: int, post: PostData) -> Post:
    return Post(
        uid=new_uid(),
        person_id=person,
        unit=post.unit,
        title=clean(post.title),
        category=post.category,
        qualification=clean(post.qualification),
        is_leader=post.is_leader,
        is_main=post.is_main,
        valid_from=post.valid_from,
        valid_to=post.valid_to,
        **{duty: duty in post.duties for duty in Duty.values},
    )


def _check_span(first: date, last: date) -> None:
    if first > last:
        raise Refused("bad_span", _("Ngày cuối không thể trước ngày đầu."))


def _person_fields(data: PersonData) -> dict[str, str]:
    """The columns of a person. Raises Refused for what cannot be."""
    name, birth, phone = clean(data.full_name), birth_of(data.birth), phone_of(data.phone)
    if not name:
        raise Refused("name_missing", _("Chưa có họ và tên."))
    if birth is None:
        raise Refused("bad_birth", _("Ngày sinh này không có. Viết như 15/12/1985, hoặc chỉ năm 1985."))
    if phone is None:
        raise Refused("bad_phone", _("Số điện thoại phải có 8 đến 12 chữ số."))
    if data.sex and data.sex not in Sex.values:
        raise Refused("bad_value", _("Không có giới tính này."))
    fields = {
        "full_name": name,
        "name_folded": fold(name),
        "name_key": name_key(name),
        "birth": birth,
        "sex": data.sex,
        "phone": phone,
        "email": data.email.strip().lower(),
    }
    if data.national_id is not None:
        number = national_id_of(data.national_id)
        if number is None:
            raise Refused("bad_national_id", _("Số định danh phải có 12 chữ số (số CMND cũ: 9)."))
        fields |= {"national_id_cipher": encrypt(number), "national_id_hash": match_hash(number)}
    return fields


def _written(verb: str, object_type: str, object_id: str, by: Scope, at: datetime, *, count: int = 1) -> None:
    record(
        verb=verb,
        object_type=object_type,
        object_id=object_id,
        by=by.account_id,
        at=at,
        count=count,
        facts=True,
    )
