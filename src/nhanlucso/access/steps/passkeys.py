"""Keys of devices (WebAuthn): what the browser is asked, and whether its answer is right. Nothing is stored here.

The device must see its owner (fingerprint, face, PIN), so that a key alone is two steps: something held, and
something that only its owner is or knows.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from fido2.server import Fido2Server
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from nhanlucso.access.models import Account, Passkey
from nhanlucso.kernel.errors import Refused

State = dict[str, Any]
_LONGEST = 20_000  # letters of an answer


@dataclass(frozen=True, slots=True)
class Site:
    """Whom a key is made for: the host name of the address, and the address as browsers write it
    (https://host[:port]). `name`: what the device calls it."""

    host: str
    origin: str
    name: str


@dataclass(frozen=True, slots=True)
class MadeKey:
    """The public half of a new key."""

    handle: str
    public: str


def ask_for_new(site: Site, account: Account, held: list[Passkey]) -> tuple[str, State]:
    """What the browser is asked in order to make a key (JSON), and what is remembered until it answers."""
    user = PublicKeyCredentialUserEntity(
        id=f"nhanlucso-{account.pk}".encode(), name=account.username, display_name=account.get_full_name()
    )
    options, state = _server(site).register_begin(
        user,
        [_data(key) for key in held],
        resident_key_requirement=ResidentKeyRequirement.PREFERRED,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return json.dumps(dict(options)["publicKey"]), state


def made(site: Site, state: State | None, answer: str) -> MadeKey:
    """The key that the browser made. Raises Refused("bad_key")."""
    given = _read(answer)
    try:
        data = _server(site).register_complete(state, given).credential_data
    except (
        Exception
    ) as problem:  # what a browser sends may be anything; every way of being wrong is one answer
        raise _bad() from problem
    if data is None:
        raise _bad()
    return MadeKey(websafe_encode(data.credential_id), websafe_encode(bytes(data)))


def ask_for_proof(site: Site, keys: list[Passkey]) -> tuple[str, State]:
    """What the browser is asked in order to sign in: with one of these keys, or without any with one that it
    knows itself."""
    options, state = _server(site).authenticate_begin(
        [_data(key) for key in keys] or None, user_verification=UserVerificationRequirement.REQUIRED
    )
    return json.dumps(dict(options)["publicKey"]), state


def handle_of(answer: str) -> str:
    """Which key an answer speaks of; it proves nothing yet. Raises Refused("bad_key")."""
    handle = _read(answer).get("id", "")
    return handle if isinstance(handle, str) else ""


def proof(site: Site, state: State | None, key: Passkey, answer: str) -> int:
    """The counter of the key, if its signature is right. Raises Refused("bad_key")."""
    given = _read(answer)
    try:
        _server(site).authenticate_complete(state, [_data(key)], given)
        return int(AuthenticationResponse.from_dict(given).response.authenticator_data.counter)
    except Exception as problem:  # as above
        raise _bad() from problem


def _server(site: Site) -> Fido2Server:
    entity = PublicKeyCredentialRpEntity(name=site.name, id=site.host)
    return Fido2Server(entity, verify_origin=lambda origin: origin == site.origin)


def _data(key: Passkey) -> AttestedCredentialData:
    return AttestedCredentialData(websafe_decode(key.public))


def _read(answer: str) -> dict[str, Any]:
    try:
        given = json.loads(answer) if len(answer) <= _LONGEST else None
    except (ValueError, RecursionError):
        given = None
    if not isinstance(given, dict):
        raise _bad()
    return given


def _bad() -> Refused:
    return Refused("bad_key", _("Thiết bị không xác nhận được. Thử lại; nếu vẫn không được, dùng cách khác."))
