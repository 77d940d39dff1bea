"""Accounts and roles as SCIM shows them, and what SCIM says of an account as plain values."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from nhanlucso.access.enums import Role
from nhanlucso.access.models import Account, Assignment
from nhanlucso.access.provisioning.rules import AccountData, role_text
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.text import clean
from nhanlucso.orgs.queries import history, references
from nhanlucso.web.scim.schemas import ENTERPRISE, GROUP, USER, Doc

USER_COLUMNS = {
    "id": "pk",
    "username": "username",
    "externalid": "external_id",
    "active": "is_active",
    "displayname": "full_name",
    "name.formatted": "full_name",
    "emails": "email",
    "emails.value": "email",
    f"{ENTERPRISE}:employeeNumber".lower(): "employee_code",
}
_LANGUAGES = ("vi", "en")


def user_docs(accounts: Iterable[Account], base: str) -> list[Doc]:
    """The accounts of `provisioning.queries.provisioned`."""
    found = list(accounts)
    units = {row.unit_id for one in found for row in _held(one) if row.unit_id is not None}
    named = references(sorted(units))
    return [_user(one, named, base) for one in found]


def _held(account: Account) -> list[Assignment]:
    return account.held  # type: ignore[attr-defined,no-any-return]


def _user(account: Account, units: Mapping[int, str], base: str) -> Doc:
    words = account.full_name.split()
    location = f"{base}/Users/{account.pk}"
    name = {"formatted": account.full_name}
    if len(words) > 1:
        name |= {"familyName": words[0], "givenName": words[-1]}
        name |= {"middleName": " ".join(words[1:-1])} if len(words) > 2 else {}
    elif words:
        name["givenName"] = words[0]
    doc: Doc = {
        "schemas": [USER, ENTERPRISE] if account.employee_code else [USER],
        "id": str(account.pk),
        "userName": account.username,
        "active": account.is_active,
        "preferredLanguage": account.language,
    }
    if account.external_id:
        doc["externalId"] = account.external_id
    if account.full_name:
        doc |= {"displayName": account.full_name, "name": name}
    if account.email:
        doc["emails"] = [{"value": account.email, "type": "work", "primary": True}]
    roles = [(row, role_text(row.role, units[row.unit_id] if row.unit_id else "")) for row in _held(account)]
    if roles:
        doc["roles"] = [{"value": text} for _row, text in roles]
        doc["groups"] = [
            {
                "value": group_id(row),
                "$ref": f"{base}/Groups/{group_id(row)}",
                "display": role_words(row),
            }
            for row, _text in roles
        ]
    if account.employee_code:
        doc[ENTERPRISE] = {"employeeNumber": account.employee_code}
    doc["meta"] = {
        "resourceType": "User",
        "created": account.date_joined.isoformat(),
        "location": location,
    }
    doc["meta"]["version"] = version_of(doc)
    return doc


def version_of(doc: Doc) -> str:
    """A weak ETag: equal for what is shown alike."""
    digest = hashlib.sha256(json.dumps(doc, sort_keys=True).encode()).hexdigest()
    return f'W/"{digest[:32]}"'


def group_id(row: Assignment) -> str:
    return f"{row.role}-{row.unit_id or 0}"


def role_words(row: Assignment) -> str:
    label = str(Role(row.role).label)
    last = history().last_version(row.unit_id) if row.unit_id else None
    return f"{label} – {last.name}" if last else label


def group_docs(rows: Iterable[Assignment], base: str) -> list[Doc]:
    """One group for each role in each unit, in the order of the rows."""
    members: dict[str, list[Assignment]] = defaultdict(list)
    for row in rows:
        members[group_id(row)].append(row)
    return [_group(uid, some, base) for uid, some in members.items()]


def _group(uid: str, rows: list[Assignment], base: str) -> Doc:
    doc: Doc = {
        "schemas": [GROUP],
        "id": uid,
        "displayName": role_words(rows[0]),
        "members": [
            {
                "value": str(row.account_id),
                "$ref": f"{base}/Users/{row.account_id}",
                "display": row.account.get_full_name(),
            }
            for row in rows
        ],
        "meta": {"resourceType": "Group", "location": f"{base}/Groups/{uid}"},
    }
    doc["meta"]["version"] = version_of(doc)
    return doc


# -- what is said --------------------------------------------------------------------------------------------------


def said_user(doc: Doc) -> tuple[AccountData, list[str] | None]:
    """What a document says of an account; its roles, None: nothing. Raises Refused("invalidValue", "invalidSyntax")."""
    if USER not in doc.get("schemas", [USER]):
        raise Refused("invalidSyntax", _("«schemas» phải có %(urn)s.") % {"urn": USER})
    username = _text(doc, "userName").lower()
    if not username:
        raise Refused("invalidValue", _("Thiếu userName."))
    more = doc.get(ENTERPRISE) or {}
    language = _text(doc, "preferredLanguage")[:2].lower()
    data = AccountData(
        username=username,
        full_name=_full_name(doc),
        email=_email(doc.get("emails")),
        external_id=_text(doc, "externalId"),
        employee_code=_text(_complex(more, ENTERPRISE), "employeeNumber"),
        language=language if language in _LANGUAGES else _LANGUAGES[0],
        active=_flag(doc.get("active", True)),
    )
    return data, _roles(doc.get("roles"))


def _complex(value: Any, name: str) -> Doc:
    if not isinstance(value, dict):
        raise Refused("invalidValue", _("«%(name)s» phải là một đối tượng.") % {"name": name})
    return value


def _text(doc: Doc, name: str) -> str:
    value = doc.get(name)
    if value is None:
        return ""
    if not isinstance(value, str) or "\0" in value or len(value) > 300:
        raise Refused("invalidValue", _("«%(name)s» phải là chữ, dài nhất 300 ký tự.") % {"name": name})
    return value.strip()


def _flag(value: Any) -> bool:
    """Some directories send words."""
    if isinstance(value, str) and value.lower() in ("true", "false"):
        return value.lower() == "true"
    if not isinstance(value, bool):
        raise Refused("invalidValue", _("«active» phải là true hoặc false."))
    return value


def _full_name(doc: Doc) -> str:
    """As people are called here, family name first."""
    name = _complex(doc.get("name") or {}, "name")
    parts = [_text(name, one) for one in ("familyName", "middleName", "givenName")]
    return clean(_text(doc, "displayName") or _text(name, "formatted") or " ".join(filter(None, parts)))


def _many(value: Any, name: str) -> list[Doc]:
    found = [value] if isinstance(value, dict) else value
    if not isinstance(found, list) or len(found) > 200:
        raise Refused("invalidValue", _("«%(name)s» phải là một danh sách.") % {"name": name})
    return [_complex(one, name) if not isinstance(one, str) else {"value": one} for one in found]


def _email(value: Any) -> str:
    """The main one; one is kept."""
    found = _many(value or [], "emails")
    found.sort(key=lambda one: one.get("primary") is not True)
    email = _text(found[0], "value") if found else ""
    if email and ("@" not in email or len(email) > 254):
        raise Refused("invalidValue", _("«%(email)s» không phải địa chỉ thư.") % {"email": email[:100]})
    return email


def _roles(value: Any) -> list[str] | None:
    return None if value is None else [_text(one, "value") for one in _many(value, "roles")]
