# Written by make_client.py from the OpenAPI document. Do not change it by hand.
# ruff: noqa: E501
# fmt: off
"""A client of Nhân lực số: Python 3.11 and its standard library alone.

    api = NhanLucSo("https://may.chu", "nls_…")
    for person in api.list_people(unit="xa-phu-nhuan"):
        print(person["id"], person["full_name"])
"""

from __future__ import annotations

import hashlib
import hmac
import json
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Answer:
    """What came back: the document, its ETag (for `match`), the status."""

    document: Any
    etag: str
    status: int

    def __getitem__(self, name: str) -> Any:
        return self.document[name]


class Problem(Exception):
    """A refusal: nothing was written. `code` is stable, the message is for people."""

    def __init__(self, status: int, code: str, message: str, details: list[Any]) -> None:
        super().__init__(f"{status} {code}: {message}")
        self.status, self.code, self.details = status, code, details


def new_key() -> str:
    """A key of one sending. Keep it with what is sent: sent again with it, it is not done again."""
    return str(uuid.uuid4())


def is_genuine(secret: str, signature: str, body: bytes, tolerance: int = 300) -> bool:
    """Whether a notice was signed with the secret of the webhook, not long ago: header Nhanlucso-Signature."""
    told = dict(part.split("=", 1) for part in signature.split(",") if "=" in part)
    moment = told.get("t", "")
    if not moment.isdecimal() or abs(time.time() - int(moment)) > tolerance:
        return False
    wanted = hmac.new(secret.encode(), moment.encode() + b"." + body, hashlib.sha256).hexdigest()
    return hmac.compare_digest(wanted, told.get("v1", ""))


def _quoted(text: str) -> str:
    return urllib.parse.quote(text, safe="")


def _form(fields: dict[str, str], file: bytes) -> tuple[str, bytes]:
    edge = uuid.uuid4().hex
    parts = [
        f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields.items()
        if name != "filename"
    ]
    name = fields.get("filename", "list.xlsx")
    head = f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
    return f"multipart/form-data; boundary={edge}", b"".join(parts) + head.encode() + file + f"\r\n--{edge}--\r\n".encode()


class Client:
    """`token`: as it was shown when it was made. `patience`: seconds for one request."""

    def __init__(self, base: str, token: str, patience: float = 30.0, tries: int = 3) -> None:
        self._base, self._token, self._patience, self._tries = base.rstrip("/"), token, patience, tries

    def ask(
        self,
        method: str,
        path: str,
        params: dict[str, Any] | None = None,
        *,
        body: dict[str, Any] | None = None,
        form: tuple[dict[str, str], bytes] | None = None,
        key: str = "",
        match: str = "",
    ) -> Answer:
        """One request; asked again where the server is busy. Raises Problem, urllib.error.URLError."""
        known = [(n, _text(v)) for n, many in (params or {}).items() for v in _many(many)]
        url = f"{self._base}{path}" + (f"?{urllib.parse.urlencode(known)}" if known else "")
        headers = {"Authorization": f"Bearer {self._token}", "Accept": "application/json"}
        headers |= {"Idempotency-Key": key} if key else {}
        headers |= {"If-Match": match} if match else {}
        data = None
        if body is not None:
            headers["Content-Type"], data = "application/json", json.dumps(body).encode()
        elif form is not None:
            headers["Content-Type"], data = _form(*form)
        for again in range(self._tries, 0, -1):
            try:
                return self._once(urllib.request.Request(url, data, headers, method=method))
            except urllib.error.HTTPError as problem:
                wait = problem.headers.get("Retry-After", "")
                if problem.code not in (429, 503) or not wait.isdecimal() or again == 1:
                    raise _problem(problem) from None
                time.sleep(int(wait))
        raise AssertionError("tries must be above zero")

    def _once(self, request: urllib.request.Request) -> Answer:
        with urllib.request.urlopen(request, timeout=self._patience) as answer:
            return Answer(json.load(answer), answer.headers.get("ETag", ""), answer.status)

    def pages(self, path: str, params: dict[str, Any]) -> Iterator[dict[str, Any]]:
        """Every row of a list, page by page."""
        cursor = None
        while True:
            page = self.ask("GET", path, {**params, "cursor": cursor})
            yield from page["items"]
            cursor = page["next"]
            if cursor is None:
                return


def _many(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _problem(found: urllib.error.HTTPError) -> Problem:
    try:
        told = json.load(found)["error"]
    except (ValueError, KeyError, TypeError):
        return Problem(found.code, "unknown", str(found.reason), [])
    return Problem(found.code, told["code"], told["message"], told["details"])


class NhanLucSo(Client):
    """The operations of the document, by their names."""

    def send_list(self, fields: dict[str, str], file: bytes) -> Answer:
        """Nhập một danh sách không cần người ngồi cạnh."""
        return self.ask("POST", "/api/v1/lists", form=(fields, file))

    def get_job(self, job_id: str) -> Answer:
        """Một việc dài chạy đến đâu."""
        return self.ask("GET", f"/api/v1/jobs/{_quoted(job_id)}")

    def list_units(
        self, *, on: str | None = None, kind: str | None = None, below: str | None = None, q: str | None = None, limit: int | None = None
    ) -> Iterator[dict[str, Any]]:
        """Đơn vị trong phạm vi, như của một ngày."""
        return self.pages("/api/v1/units", {"on": on, "kind": kind, "below": below, "q": q, "limit": limit})

    def get_unit(self, unit_id: str) -> Answer:
        """Một đơn vị qua các giai đoạn."""
        return self.ask("GET", f"/api/v1/units/{_quoted(unit_id)}")

    def list_people(
        self, *, unit: str | None = None, on: str | None = None, category: str | None = None, duty: str | None = None, former: bool | None = None, limit: int | None = None
    ) -> Iterator[dict[str, Any]]:
        """Người có vị trí công tác trong phạm vi."""
        return self.pages(
            "/api/v1/people", {"unit": unit, "on": on, "category": category, "duty": duty, "former": former, "limit": limit}
        )

    def get_person(self, person_id: str) -> Answer:
        """Một người với vị trí công tác hôm nay."""
        return self.ask("GET", f"/api/v1/people/{_quoted(person_id)}")

    def list_courses(self, *, limit: int | None = None) -> Iterator[dict[str, Any]]:
        """Danh mục khóa học."""
        return self.pages("/api/v1/courses", {"limit": limit})

    def list_classes(
        self, *, course: str | None = None, first: str | None = None, last: str | None = None, limit: int | None = None
    ) -> Iterator[dict[str, Any]]:
        """Lớp do đơn vị trong phạm vi tổ chức, hoặc có người của đơn vị học."""
        return self.pages("/api/v1/classes", {"course": course, "first": first, "last": last, "limit": limit})

    def get_class(self, class_id: str) -> Answer:
        """Một lớp."""
        return self.ask("GET", f"/api/v1/classes/{_quoted(class_id)}")

    def list_sessions(self, class_id: str, *, limit: int | None = None) -> Iterator[dict[str, Any]]:
        """Các buổi của một lớp."""
        return self.pages(f"/api/v1/classes/{_quoted(class_id)}/sessions", {"limit": limit})

    def list_completions(self, class_id: str, *, limit: int | None = None) -> Iterator[dict[str, Any]]:
        """Ai học lớp này được mấy buổi, ai hoàn thành."""
        return self.pages(f"/api/v1/classes/{_quoted(class_id)}/completions", {"limit": limit})

    def get_marks(self, session_id: str) -> Answer:
        """Điểm danh của một buổi."""
        return self.ask("GET", f"/api/v1/sessions/{_quoted(session_id)}/marks")

    def send_marks(self, session_id: str, body: dict[str, Any], *, key: str | None = None) -> Answer:
        """Ghi điểm danh cho người có trong danh sách lớp."""
        return self.ask(
            "POST", f"/api/v1/sessions/{_quoted(session_id)}/marks", body=body, key=key or new_key()
        )

    def list_results(
        self, *, course: str | None = None, unit: str | None = None, state: str | None = None, first: str | None = None, last: str | None = None, limit: int | None = None
    ) -> Iterator[dict[str, Any]]:
        """Kết quả học của người trong phạm vi."""
        return self.pages(
            "/api/v1/results", {"course": course, "unit": unit, "state": state, "first": first, "last": last, "limit": limit}
        )

    def send_results(self, body: dict[str, Any], *, key: str | None = None) -> Answer:
        """Ghi kết quả của nhiều người trong một khóa học."""
        return self.ask("POST", "/api/v1/results", body=body, key=key or new_key())

    def get_result(self, result_id: str) -> Answer:
        """Một kết quả học."""
        return self.ask("GET", f"/api/v1/results/{_quoted(result_id)}")

    def change_result(self, result_id: str, body: dict[str, Any], *, match: str) -> Answer:
        """Sửa một kết quả đã đọc."""
        return self.ask("PUT", f"/api/v1/results/{_quoted(result_id)}", body=body, match=match)

    def list_programmes(self, *, limit: int | None = None) -> Iterator[dict[str, Any]]:
        """Đề án, chương trình."""
        return self.pages("/api/v1/programmes", {"limit": limit})

    def list_plans(self, *, limit: int | None = None) -> Iterator[dict[str, Any]]:
        """Kế hoạch ràng buộc hoặc nêu tên đơn vị trong phạm vi."""
        return self.pages("/api/v1/plans", {"limit": limit})

    def get_plan(self, plan_id: str) -> Answer:
        """Một kế hoạch."""
        return self.ask("GET", f"/api/v1/plans/{_quoted(plan_id)}")

    def list_targets(
        self, *, plan: str | None = None, year: int | None = None, indicator: str | None = None, limit: int | None = None
    ) -> Iterator[dict[str, Any]]:
        """Chỉ tiêu của các kế hoạch xem được."""
        return self.pages(
            "/api/v1/targets", {"plan": plan, "year": year, "indicator": indicator, "limit": limit}
        )

    def list_teams(self, *, unit: str | None = None, limit: int | None = None) -> Iterator[dict[str, Any]]:
        """Tổ công nghệ số cộng đồng."""
        return self.pages("/api/v1/teams", {"unit": unit, "limit": limit})

    def get_figures(
        self, *, unit: str, period: str, calendar: str | None = None, tree: str | None = None, indicator: list[str] | None = None, by_child: bool | None = None, passport: bool | None = None
    ) -> Answer:
        """Số liệu của một đơn vị trong một kỳ."""
        return self.ask(
            "GET", "/api/v1/figures", {"unit": unit, "period": period, "calendar": calendar, "tree": tree, "indicator": indicator, "by_child": by_child, "passport": passport}
        )

    def list_indicators(self) -> Answer:
        """Danh mục chỉ số với định nghĩa."""
        return self.ask("GET", "/api/v1/indicators")

    def list_reports(
        self, *, unit: str | None = None, period: str | None = None, state: str | None = None, limit: int | None = None
    ) -> Iterator[dict[str, Any]]:
        """Báo cáo của đơn vị trong phạm vi."""
        return self.pages("/api/v1/reports", {"unit": unit, "period": period, "state": state, "limit": limit})

    def get_report(self, report_id: str) -> Answer:
        """Một báo cáo với số liệu đã duyệt."""
        return self.ask("GET", f"/api/v1/reports/{_quoted(report_id)}")
