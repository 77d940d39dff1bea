"""The sign-in service of the province: OpenID Connect, authorization code with PKCE. Nothing is stored here.

Whom it speaks to is said by the operator alone (settings.SSO_ISSUER): the addresses that the issuer names must speak
HTTPS, but on this very machine, and are not followed elsewhere.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode, urlsplit

import jwt
from django.conf import settings
from django.utils.translation import gettext as _

from nhanlucso.kernel import outgoing
from nhanlucso.kernel.errors import Refused

_FORM = {"Content-Type": "application/x-www-form-urlencoded"}
_SIGNED_WITH = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
_LATE = 60  # seconds that clocks may differ
_STRONG = {
    "mfa",
    "otp",
    "hwk",
    "swk",
    "sc",
    "fpt",
    "face",
    "pop",
}  # RFC 8176: ways that are no password alone


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked of the provider, remembered until it answers: all random, each used once."""

    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True, slots=True)
class Claims:
    """What the provider says of somebody; `strong`: they showed more than a password."""

    issuer: str
    subject: str
    email: str  # empty where the provider did not verify it
    code: str
    name: str
    strong: bool


def is_configured() -> bool:
    return bool(settings.SSO_ISSUER and settings.SSO_CLIENT_ID)


def new_question() -> Asked:
    return Asked(*(secrets.token_urlsafe(32) for _ in range(3)))


def address(asked: Asked, back: str) -> str:
    """Where the browser is sent; `back`: where the provider sends it afterwards. Raises Refused("sso_away")."""
    digest = hashlib.sha256(asked.verifier.encode()).digest()
    question = {
        "response_type": "code",
        "client_id": settings.SSO_CLIENT_ID,
        "redirect_uri": back,
        "scope": "openid email profile",
        "state": asked.state,
        "nonce": asked.nonce,
        "code_challenge": base64.urlsafe_b64encode(digest).decode().rstrip("="),
        "code_challenge_method": "S256",
    }
    there = _about(settings.SSO_ISSUER)["authorization_endpoint"]
    return f"{there}{'&' if urlsplit(there).query else '?'}{urlencode(question)}"


def claims(asked: Asked, code: str, back: str) -> Claims:
    """Who somebody is, for the code that they came back with. Raises Refused("sso_away", "sso_bad")."""
    about = _about(settings.SSO_ISSUER)
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": back,
            "code_verifier": asked.verifier}  # fmt: skip
    given = _fetch(about["token_endpoint"], urlencode(form).encode(), _basic())
    return _read(str(given.get("id_token", "")), asked, about)


def leaving(back: str) -> str:
    """Where the browser is sent so that the provider's own session ends, too; `back`: where the provider may send it
    afterwards. Empty where the provider offers no such address, or does not answer: signing out here never waits."""
    try:
        there = _about(settings.SSO_ISSUER).get("end_session_endpoint")
    except Refused:
        return ""
    if not isinstance(there, str):
        return ""
    said = {
        "client_id": settings.SSO_CLIENT_ID,
        "post_logout_redirect_uri": back,
        "state": secrets.token_urlsafe(8),
    }
    return f"{there}{'&' if urlsplit(there).query else '?'}{urlencode(said)}"


def _read(token: str, asked: Asked, about: dict[str, Any]) -> Claims:
    try:
        keys = jwt.PyJWKSet.from_dict(_fetch(about["jwks_uri"]))
        name = jwt.get_unverified_header(token).get("kid")
        held = [key for key in keys.keys if name is None or key.key_id == name]
        said = jwt.decode(
            token, held[0], algorithms=_SIGNED_WITH, audience=settings.SSO_CLIENT_ID, issuer=about["issuer"],
            leeway=_LATE, options={"require": ["exp", "iat", "iss", "aud", "sub"]},
        )  # fmt: skip
    except (jwt.PyJWTError, IndexError, ValueError, TypeError) as problem:
        raise _bad() from problem
    if not secrets.compare_digest(str(said.get("nonce", "")), asked.nonce):
        raise _bad()
    if isinstance(said["aud"], list) and len(said["aud"]) > 1 and said.get("azp") != settings.SSO_CLIENT_ID:
        raise _bad()
    ways = said.get("amr")
    return Claims(
        issuer=said["iss"],
        subject=said["sub"],
        email=str(said.get("email", "")) if said.get("email_verified") is True else "",
        code=str(said.get(settings.SSO_CODE_CLAIM, "")),
        name=str(said.get("name", "")),
        strong=isinstance(ways, list) and any(way in _STRONG for way in ways if isinstance(way, str)),
    )


@lru_cache(maxsize=2)
def _about(issuer: str) -> dict[str, Any]:
    """What the issuer says of itself; asked once in the life of a process."""
    found = _fetch(f"{issuer}/.well-known/openid-configuration")
    wanted = ("issuer", "authorization_endpoint", "token_endpoint", "jwks_uri")
    if any(not isinstance(found.get(name), str) for name in wanted) or found["issuer"].rstrip("/") != issuer:
        raise _bad()
    for name in (*wanted[1:], *({"end_session_endpoint"} & set(found))):
        _check(str(found[name]))
    return found


def _fetch(url: str, form: bytes | None = None, headers: dict[str, str] | None = None) -> dict[str, Any]:
    """The operator named the issuer: it may lie in their own network."""
    try:
        answer = outgoing.ask(
            url, body=form, headers={"Accept": "application/json", **_FORM, **(headers or {})}, inside=True
        )
    except outgoing.Away as problem:
        raise _away() from problem
    except Refused:
        raise _bad() from None
    if answer.status != 200:
        raise _away() if answer.status >= 500 else _bad()
    try:
        found = json.loads(answer.body)
    except ValueError as problem:
        raise _away() from problem
    if not isinstance(found, dict):
        raise _bad()
    return found


def _check(url: str) -> None:
    try:
        outgoing.check_address(url, inside=True)
    except Refused:
        raise _bad() from None


def _basic() -> dict[str, str]:
    named = f"{settings.SSO_CLIENT_ID}:{settings.SSO_CLIENT_SECRET}".encode()
    return {"Authorization": f"Basic {base64.b64encode(named).decode()}"}


def _away() -> Refused:
    return Refused(
        "sso_away", _("Hệ thống đăng nhập của tỉnh chưa trả lời. Thử lại sau, hoặc dùng mật khẩu.")
    )


def _bad() -> Refused:
    return Refused("sso_bad", _("Không xác nhận được với hệ thống đăng nhập của tỉnh. Thử lại từ đầu."))
