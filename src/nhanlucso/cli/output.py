"""What commands print."""

from __future__ import annotations

import json
import sys

from nhanlucso.kernel.errors import Refused


def emit(document: object) -> None:
    """The one JSON document of a command."""
    print(json.dumps(document, ensure_ascii=False, indent=1))


def refuse(refusal: Refused, *, as_json: bool) -> None:
    """Says why input was refused: JSON on stdout or words on stderr."""
    if as_json:
        emit(refusal.as_json())
        return
    print(refusal.message, file=sys.stderr)
    for detail in refusal.details:
        print(f"- {detail}", file=sys.stderr)
