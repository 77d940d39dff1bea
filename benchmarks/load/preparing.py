"""A province in the database that the environment names, and who will ask: run as a process, writes what it made to
`visitors.json` beside the data. Settings are read at the first import of Django."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

MEMBERS_AT_ONCE = 1_000


def main(folder: Path, staff: int, villages: int, attendances: int, users: int) -> None:
    from benchmarks.world import write_world
    from nhanlucso.cli.setup import ready

    ready()
    from nhanlucso.exchange.bundle.importing import import_bundle
    from nhanlucso.indicators.builds import current_build
    from nhanlucso.kernel.clock import now

    write_world(folder / "bundle", staff=staff, villages=villages, attendances=attendances)
    import_bundle(folder / "bundle", dry_run=False, by=None, at=now())
    current_build(now())
    told = {"officers": [_officer("p"), *(_officer(f"c{n}") for n in range(3))], "members": _members(users)}
    (folder / "visitors.json").write_text(json.dumps(told))


def _officer(place: str) -> dict[str, Any]:
    """A cookie, and the ordinary pages of an officer there; each answers."""
    from django.conf import settings
    from django.test import Client
    from django.urls import reverse

    from nhanlucso.access.models import Account, Assignment
    from nhanlucso.kernel.clock import now
    from nhanlucso.orgs.queries import resolve_unit
    from nhanlucso.people.models import Post
    from nhanlucso.training.models import TrainingClass

    settings.ALLOWED_HOSTS = ["testserver"]
    unit = resolve_unit(place)
    account = Account.objects.create(username=f"load-{place}", full_name="Load", toured_at=now())
    Assignment.objects.create(account=account, role="officer", unit=unit)
    client = Client()
    client.force_login(account)
    where = {} if place == "p" else {"unit": unit}
    post = Post.objects.filter(**where).order_by("pk").first()
    held = TrainingClass.objects.filter(**({"host_unit": unit} if where else {})).order_by("pk").first()
    assert post and held
    addresses = [
        reverse("home"),
        reverse("people"),
        reverse("person", args=[post.person_id]),
        reverse("classes"),
        reverse("training-class", args=[held.pk]),
        reverse("unit", args=[unit.pk]),
        reverse("figures"),
        reverse("figure", args=["coverage.basic"]),
        reverse("teams"),
        reverse("plans"),
    ]
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code == 200, (place, address, answer.status_code)
    return {"place": place, "cookie": f"sessionid={client.session.session_key}", "pages": addresses}


def _members(users: int) -> list[dict[str, Any]]:
    """Members of village teams, each signed in on a phone by a card."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from nhanlucso.access.models import Account, Assignment, SignInCard
    from nhanlucso.access.secret import hash_of
    from nhanlucso.kernel.clock import now
    from nhanlucso.teams.models import Team
    from nhanlucso.web.kit.keeping import BEGUN, CARD, SEEN

    at, teams, told = now(), list(Team.objects.order_by("pk")), []
    for begin in range(0, users, MEMBERS_AT_ONCE):
        numbers = range(begin, min(users, begin + MEMBERS_AT_ONCE))
        accounts = Account.objects.bulk_create(
            [Account(username=f"field-{n}", full_name=f"Field {n}", toured_at=at) for n in numbers]
        )
        places = [(account, teams[n % len(teams)]) for n, account in zip(numbers, accounts, strict=True)]
        Assignment.objects.bulk_create(
            [
                Assignment(account=account, role="team_member", unit_id=team.unit_id)
                for account, team in places
            ]
        )
        secret = {account.pk: hash_of(f"card {account.pk}") for account in accounts}
        SignInCard.objects.bulk_create(
            [SignInCard(account=one, secret_hash=secret[one.pk], pin="", made_at=at) for one in accounts]
        )
        for account, team in places:
            session = SessionStore()
            session.update({
                SESSION_KEY: str(account.pk),
                BACKEND_SESSION_KEY: "django.contrib.auth.backends.ModelBackend",
                HASH_SESSION_KEY: account.get_session_auth_hash(),
                CARD: secret[account.pk],
                BEGUN: int(at.timestamp()),
                SEEN: int(at.timestamp()),
            })  # fmt: skip
            session.create()
            told.append({"cookie": f"sessionid={session.session_key}", "team": team.pk})
    return told


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.load.settings"
    main(Path(sys.argv[1]), *map(int, sys.argv[2:6]))
