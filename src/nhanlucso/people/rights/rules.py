"""What a person becomes whose name and identifiers were erased."""

from __future__ import annotations

from nhanlucso.kernel.language import mark as _
from nhanlucso.kernel.text import name_key

ERASED = _("Đã xóa thông tin")


def tombstone(uid: str, birth: str) -> dict[str, str]:
    """The columns that identified somebody. The year of birth stays: figures ask for age, never for the day."""
    return {
        "full_name": ERASED,
        "name_folded": f"da xoa {uid}"[:200],  # alike to nobody, so that no list is matched with it
        "name_key": name_key(ERASED),
        "birth": birth[:4],
        "national_id_cipher": "",
        "national_id_hash": "",
        "phone": "",
        "email": "",
    }
