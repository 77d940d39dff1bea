"""PATCH of SCIM (RFC 7644, 3.5.2): operations on the document of an account, which is then read like one sent whole."""

from __future__ import annotations

import copy
import json
import re
from typing import Any

from django.utils.translation import gettext as _

from nhanlucso.kernel.errors import Refused
from nhanlucso.web.scim.schemas import ENTERPRISE, PATCH, USER, Doc

_PATH = re.compile(r"([A-Za-z$][\w$-]*)(?:\[(.+)\])?(?:\.([A-Za-z$][\w$-]*))?")
_PICK = re.compile(r'\s*([A-Za-z]+)\s+eq\s+("(?:[^"\\]|\\.)*"|true|false)\s*', re.I)
_MOST = 100
_NAMES = {
    name.lower(): name
    for name in (
        "userName", "externalId", "displayName", "name", "active", "emails", "roles", "preferredLanguage",
        "familyName", "givenName", "middleName", "formatted", "value", "type", "primary", "employeeNumber",
    )
}  # fmt: skip
_FIXED = {"id", "meta", "groups", "schemas"}
_LISTS = ("emails", "roles")


def patched(doc: Doc, body: Doc) -> Doc:
    """The document after the operations of a PatchOp. Raises Refused("invalidSyntax", "invalidPath", "invalidValue",
    "mutability", "noTarget")."""
    operations = next((value for key, value in body.items() if key.lower() == "operations"), None)
    if PATCH not in body.get("schemas", []) or not isinstance(operations, list) or not operations:
        raise Refused("invalidSyntax", _("Cần «schemas» của PatchOp và «Operations»."))
    if len(operations) > _MOST:
        raise Refused("tooMany", _("Nhiều nhất %(most)d thao tác một lần.") % {"most": _MOST})
    found = copy.deepcopy(doc)
    for one in operations:
        if not isinstance(one, dict):
            raise Refused("invalidSyntax", _("Mỗi thao tác là một đối tượng."))
        _apply(found, str(one.get("op", "")).lower(), one.get("path"), one.get("value"))
    _agree_on_name(doc, found)
    return found


def _apply(doc: Doc, verb: str, path: Any, value: Any) -> None:
    if verb not in ("add", "replace", "remove"):
        raise Refused("invalidSyntax", _("Thao tác là add, replace hoặc remove."))
    if not path:
        if verb == "remove":
            raise Refused("noTarget", _("Bỏ gì thì phải ghi «path»."))
        if not isinstance(value, dict):
            raise Refused("invalidValue", _("Không có «path» thì «value» phải là một đối tượng."))
        for key, one in value.items():
            _apply(doc, verb, key, one)
        return
    if not isinstance(path, str) or len(path) > 300:
        raise _bad_path(path)
    holder, rest = _holder(doc, path)
    if not rest:
        for key, one in _object(value, verb).items():
            _set(holder, verb, key, None, None, one)
        return
    match = _PATH.fullmatch(rest)
    if match is None:
        raise _bad_path(path)
    _set(holder, verb, match[1], match[2], match[3], value)


def _object(value: Any, verb: str) -> Doc:
    if verb == "remove":
        return {"employeeNumber": None}
    if not isinstance(value, dict):
        raise Refused("invalidValue", _("«value» phải là một đối tượng."))
    return value


def _bad_path(path: Any) -> Refused:
    return Refused("invalidPath", _("Không có thuộc tính «%(path)s».") % {"path": str(path)[:100]})


def _holder(doc: Doc, path: str) -> tuple[Doc, str]:
    """The part of the document that a path begins in, and the rest of the path."""
    for urn in (ENTERPRISE, USER):
        if path.lower() == urn.lower() or path.lower().startswith(f"{urn.lower()}:"):
            rest = path[len(urn) + 1 :]
            return (doc.setdefault(urn, {}) if urn == ENTERPRISE else doc), rest
    return doc, path


def _set(holder: Doc, verb: str, name: str, pick: str | None, part: str | None, value: Any) -> None:
    if name.lower() in _FIXED:
        if name.lower() == "schemas":
            return  # told along with values; nothing of the account
        raise Refused("mutability", _("«%(name)s» chỉ để đọc.") % {"name": name})
    known = _NAMES.get(name.lower())
    if known is None:
        return  # an attribute that is not kept here, as in a document sent whole
    if known in _LISTS:
        _set_in_list(holder, verb, known, pick, part, value)
    elif part is not None:
        inner = holder.setdefault(known, {})
        if not isinstance(inner, dict):
            raise _bad_path(f"{name}.{part}")
        _put(inner, verb, _NAMES.get(part.lower(), part), value)
    elif isinstance(value, dict) and isinstance(holder.get(known), dict) and verb != "remove":
        holder[known] |= {_NAMES.get(key.lower(), key): one for key, one in value.items()}
    else:
        _put(holder, verb, known, value)


def _put(holder: Doc, verb: str, name: str, value: Any) -> None:
    if verb == "remove":
        holder.pop(name, None)
    else:
        holder[name] = value


def _set_in_list(holder: Doc, verb: str, name: str, pick: str | None, part: str | None, value: Any) -> None:
    items = [one for one in holder.get(name) or [] if isinstance(one, dict)]
    if pick is None and part is None:
        given = value if isinstance(value, list) else [] if value is None else [value]
        if verb == "remove":
            items = [
                one for one in items if value is not None and one not in given and not _named(one, given)
            ]
        elif verb == "add":
            items = [*given, *(one for one in items if not _named(one, given))]
        else:
            items = given
        holder[name] = items
        return
    chosen = [one for one in items if pick is None or _is_picked(one, pick)]
    if verb == "remove" and part is None:
        holder[name] = [one for one in items if one not in chosen]
        return
    if not chosen:
        if verb == "remove":
            return
        chosen = [_picked(pick)]
        items = [*chosen, *items]
    for one in chosen:
        if part is None:
            one.update(value if isinstance(value, dict) else {"value": value})
        else:
            _put(one, verb, _NAMES.get(part.lower(), part), value)
    holder[name] = items


def _named(one: Doc, given: list[Any]) -> bool:
    return any(isinstance(other, dict) and other.get("value") == one.get("value") for other in given)


def _condition(pick: str) -> tuple[str, Any]:
    match = _PICK.fullmatch(pick)
    if match is None:
        raise Refused("invalidPath", _("Trong ngoặc vuông chỉ nhận «thuộc tính eq giá trị»."))
    return _NAMES.get(match[1].lower(), match[1]), json.loads(
        match[2] if match[2][0] == '"' else match[2].lower()
    )


def _is_picked(one: Doc, pick: str) -> bool:
    name, wanted = _condition(pick)
    return bool(one.get(name) == wanted)


def _picked(pick: str | None) -> Doc:
    """What is added where nothing was picked."""
    if pick is None:
        return {}
    name, wanted = _condition(pick)
    return {name: wanted}


def _agree_on_name(before: Doc, after: Doc) -> None:
    """Whichever way the name was changed is the name: one attribute must not bring the old one back."""
    shown, name = "displayName", after.get("name") or {}
    if after.get(shown) != before.get(shown) or not isinstance(name, dict):
        return
    old = before.get("name") or {}
    if name.get("formatted") != old.get("formatted"):
        after.pop(shown, None)
    elif name != old:
        after.pop(shown, None)
        after["name"] = {key: one for key, one in name.items() if key != "formatted"}
