"""Checks of the database itself: reachable, up to date, sound, guarded."""

from __future__ import annotations

from django.db import connection

from nhanlucso.kernel.errors import Refused
from nhanlucso.upkeep.health.finding import BAD, OK, Finding, judged
from nhanlucso.upkeep.places import migrations, require_database

# Triggers that the tables cannot do without, as their migrations name them.
GUARDS = {
    "sqlite": {
        "audit_event": {"audit_event_no_update", "audit_event_no_delete"},
        "audit_seal": {"audit_seal_no_update", "audit_seal_no_delete"},
        "orgs_unitversion": {"orgs_version_overlap_insert", "orgs_version_overlap_update"},
    },
    "postgresql": {
        "audit_event": {"audit_event_fixed"},
        "audit_seal": {"audit_seal_fixed"},
        "orgs_unitversion": {"orgs_version_overlap"},
    },
}
_UNSOUND = {
    "ràng buộc chưa được kiểm chứng": """SELECT count(*) FROM pg_constraint WHERE NOT convalidated
        AND connamespace NOT IN (SELECT oid FROM pg_namespace WHERE nspname LIKE 'pg~_%' ESCAPE '~'
                                 OR nspname = 'information_schema')""",
    "chỉ mục hỏng": "SELECT count(*) FROM pg_index WHERE NOT indisvalid",
    "ràng buộc khóa ngoại bị tắt": "SELECT count(*) FROM pg_trigger WHERE tgisinternal AND tgenabled IN ('D', 'R')",
}


def reachable() -> Finding:
    try:
        require_database()
    except Refused as refusal:
        do = (
            "Bản cài mới: nhanlucso init. Nếu trước đây đã có dữ liệu: kiểm tra NHANLUCSO_DATA, DATABASE_URL, "
            "quyền truy cập; hoặc nhanlucso restore."
        )
        return Finding("database", BAD, refusal.message, do)
    return Finding("database", OK, f"Mở được cơ sở dữ liệu ({connection.vendor}).")


def up_to_date() -> Finding:
    """All migrations of this version are applied, and no others."""
    state = migrations()
    if state.unknown:
        found = f"Cơ sở dữ liệu thuộc phiên bản mới hơn ({', '.join(state.unknown[:3])})."
        return Finding(
            "migrations", BAD, found, "Dùng lại phiên bản mới hơn của nhanlucso.", len(state.unknown)
        )
    return judged(
        "migrations",
        len(state.pending),
        BAD,
        "Còn {count} bước nâng cấp cơ sở dữ liệu chưa chạy.",
        "Sao lưu rồi chạy: nhanlucso init",
        "Cơ sở dữ liệu đúng phiên bản.",
    )


def sound() -> Finding:
    """The database finds no fault in itself."""
    wrong = _sqlite_faults() if connection.vendor == "sqlite" else _postgres_faults()
    do = "Ngừng ghi, giữ nguyên tệp hiện tại để xem xét, khôi phục bản sao lưu gần nhất vào chỗ trống."
    return judged("integrity", len(wrong), BAD, "; ".join(wrong[:5]), do, "Cơ sở dữ liệu nguyên vẹn.")


def _sqlite_faults() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check(20)")
        faults = [line for (line,) in cursor.fetchall() if line != "ok"]
        cursor.execute("PRAGMA foreign_key_check")
        dangling = [
            f"{table}: dòng {row} trỏ tới {target} không có" for table, row, target, _ in cursor.fetchall()
        ]
    return [fault.replace("{", "(").replace("}", ")") for fault in faults + dangling]


def _postgres_faults() -> list[str]:
    faults = []
    with connection.cursor() as cursor:
        for words, question in _UNSOUND.items():
            cursor.execute(question)
            if count := cursor.fetchone()[0]:
                faults.append(f"{count} {words}")
    return faults


def guarded() -> Finding:
    """The triggers stand that keep audit events from being changed and versions from overlapping."""
    standing = _sqlite_triggers() if connection.vendor == "sqlite" else _postgres_triggers()
    wanted = {(table, trigger) for table, names in GUARDS[connection.vendor].items() for trigger in names}
    missing = sorted(trigger for _, trigger in wanted - standing)
    return judged(
        "guards",
        len(missing),
        BAD,
        f"Thiếu hoặc bị tắt trigger bảo vệ: {', '.join(missing)}.",
        "Nhật ký có thể đã bị sửa: so với bản sao lưu gần nhất, rồi khôi phục nó vào chỗ trống.",
        "Nhật ký chỉ ghi thêm được; các giai đoạn đơn vị được canh giữ.",
    )


def _sqlite_triggers() -> set[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tbl_name, name FROM sqlite_master WHERE type = 'trigger'")
        return {(table, name) for table, name in cursor.fetchall()}


def _postgres_triggers() -> set[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
            "WHERE NOT t.tgisinternal AND t.tgenabled IN ('O', 'A') AND pg_table_is_visible(c.oid)"
        )
        return {(table, name) for table, name in cursor.fetchall()}
