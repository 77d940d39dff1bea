"""Names of people in capsules: keyed, the same in every capsule of an installation, told back by nobody without
its key."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Collection

from django.conf import settings

from nhanlucso.kernel.batches import parts
from nhanlucso.people.models import FormerId, Person

_DIGITS = 32


def pseudonym(uid: str, origin: str = "") -> str:
    """The pseudonym of the person with this id: 32 hexadecimal digits."""
    key = settings.PSEUDONYM_KEY.encode()
    return hmac.new(key, f"{origin}\0{uid}".encode(), hashlib.sha256).hexdigest()[:_DIGITS]


def pseudonyms(ids: Collection[int]) -> dict[int, str]:
    """Pseudonyms by primary key; a person who is gone since is named by the key itself."""
    found = {pk: pseudonym(f"gone {pk}", "\0") for pk in ids}
    for part in parts(sorted(ids)):
        rows = Person.objects.filter(pk__in=part).values_list("pk", "uid", "origin")
        found.update((pk, pseudonym(uid, origin)) for pk, uid, origin in rows)
    return found


def behind(ids: Collection[int]) -> dict[str, int]:
    """The persons (primary keys) whom pseudonyms may mean, of those given: by their own ids and by ids of records that
    were joined with theirs. Callers give the persons of their scope."""
    found: dict[str, int] = {}
    for part in parts(sorted(ids)):
        former = FormerId.objects.filter(table=Person._meta.label_lower, row__in=part)
        found.update(
            (pseudonym(uid, origin), row) for row, uid, origin in former.values_list("row", "uid", "origin")
        )
    return found | {name: pk for pk, name in pseudonyms(ids).items()}
