"""Why an extract is not taken."""

from __future__ import annotations

from nhanlucso.kernel.errors import Detail, Refused
from nhanlucso.kernel.language import say as _


def damaged(where: str, message: str) -> Refused:
    """Refused because of one file of an extract, which is named."""
    return Refused(
        "extract_damaged",
        _("Bản trích hỏng hoặc đã bị sửa: «%(where)s»: %(why)s") % {"where": where, "why": message},
        [Detail(message=message, file=where)],
    )


def unreadable(where: str, problem: Exception) -> Refused:
    return Refused(
        "cannot_read", _("Không đọc được «%(where)s»: %(why)s.") % {"where": where, "why": problem}
    )
