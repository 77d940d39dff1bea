"""What stays out of the log."""

from __future__ import annotations

import logging
import re

_LINK = re.compile(r"(/tai-khoan/(?:moi|the|dat-lai)/)[^/\s'\"]+")
_ASKED = re.compile(r"((?:^|[\s'\"])/[^\s?'\"]*)\?[^\s'\"]+")  # what somebody looked for, a name maybe


class WithoutSecrets(logging.Filter):
    """Blots out the secrets of links (invitation, card, new password) and what is asked behind a question mark,
    wherever an address is logged."""

    def filter(self, record: logging.LogRecord) -> bool:
        told = record.getMessage()
        hidden = _ASKED.sub(r"\1?…", _LINK.sub(r"\1…", told))
        if hidden != told:
            record.msg, record.args = hidden, ()
        return True
