"""How lists that are sent as files, and the long work that may come of them, stand in the document."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from django.utils.translation import gettext_lazy as _

from nhanlucso.kernel.permissions import Permission as P
from nhanlucso.web.api.v1.operations import Operation


@dataclass(frozen=True, slots=True)
class JobRow:
    """How far a piece of long work is; `result`: its outcome, once there is one."""

    id: str
    state: Literal["waiting", "running", "done", "refused", "cancelled", "failed"]
    progress: dict[str, Any] | None
    created_at: datetime
    finished_at: datetime | None
    result: dict[str, Any] | None


_DAY = {"type": "string", "format": "date"}
_SENT = {
    "type": "object",
    "properties": {
        "file": {"type": "string", "contentMediaType": "application/octet-stream"},
        "unit": {"type": "string"},
        "kind": {"enum": ["auto", "staff", "attendance", "results"]},
        "category": {"type": "string"},
        "session": {"type": "array", "items": {"type": "string"}},
        "on": _DAY,
        "since": _DAY,
        "dry_run": {"enum": ["0", "1", "true", "false"]},
    },
    "required": ["file", "unit"],
}
_ERROR = {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}


def _answer(text: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"description": text, "content": {"application/json": {"schema": schema}}}


LISTS = Operation(
    "send_list",
    "lists",
    _("Nhập một danh sách không cần người ngồi cạnh."),
    (P.IMPORT_LISTS,),
    JobRow,
    raw={
        "requestBody": {"required": True, "content": {"multipart/form-data": {"schema": _SENT}}},
        "responses": {
            "200": _answer("The plan, carried out unless it was a dry run.", {"type": "object"}),
            "202": _answer("A long list: its job.", {"$ref": "#/components/schemas/JobRow"}),
            **{
                str(status): {"description": text, "content": _ERROR}
                for status, text in {
                    400: "missing_parameter, bad_date, not_a_table, …",
                    401: "sign_in, wrong",
                    403: "not_allowed",
                    404: "unknown_unit",
                    413: "too_large",
                    429: "too_many, locked",
                    503: "busy",
                }.items()
            },
        },
    },
)
JOB = Operation(
    "get_job", "lists", _("Một việc dài chạy đến đâu."), (), JobRow, why="one's own work",
)  # fmt: skip
