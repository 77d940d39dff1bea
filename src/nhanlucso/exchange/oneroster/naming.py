"""What records are called in packages: ids of ours as ASCII text, ids of others under the name of their system."""

from __future__ import annotations

import hashlib
from urllib.parse import quote, unquote

from django.utils.translation import gettext as _

from nhanlucso.exchange.oneroster.package import Roster
from nhanlucso.exchange.oneroster.tables import OWN_SYSTEM
from nhanlucso.kernel.errors import Refused

Key = tuple[str, str]  # (origin, uid) as records carry them
_LONGEST = 255
_SAFE = "/@+"
_UNNAMED = "oneroster"


def written(key: Key) -> str:
    """The sourcedId of a record; `key_of` reads it back. Raises Refused("id_too_long")."""
    origin, uid = key
    text = f"{quote(origin, _SAFE)}:{quote(uid, _SAFE)}" if origin else quote(uid, _SAFE)
    if len(text) > _LONGEST:
        raise Refused("id_too_long", _("Mã «%(id)s» dài quá 255 ký tự, không xuất được.") % {"id": uid})
    return text


def is_own(roster: Roster) -> bool:
    """Whether the package was made by this product: its columns of our own tell what the standard has no place for."""
    return roster.system == OWN_SYSTEM


def system_of(roster: Roster) -> str:
    """The source that the records of a package of another maker belong to."""
    return roster.code or roster.system or _UNNAMED


def key_of(roster: Roster, sourced_id: str) -> Key:
    """The record that a sourcedId of the package means."""
    if not is_own(roster):
        return system_of(roster), sourced_id
    origin, colon, uid = sourced_id.partition(":")
    return (unquote(origin), unquote(uid)) if colon else ("", unquote(sourced_id))


def joined(prefix: str, *parts: str) -> str:
    """The id of a row that joins others and has none of its own: always the same for the same ones."""
    digest = hashlib.sha256("\x00".join(parts).encode()).hexdigest()
    return f"{prefix}-{digest[:32]}"
