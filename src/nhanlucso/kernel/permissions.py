"""What somebody may be allowed to do. Which role allows what is declared in `access/rules.py`."""

from __future__ import annotations

from enum import StrEnum

from nhanlucso.kernel.language import mark as _


class Permission(StrEnum):
    """One thing that may be done; always somewhere, never as such."""

    SEE_FIGURES = "see_figures"  # figures, reports; never names
    SEE_PLANS = "see_plans"
    SEE_PEOPLE = "see_people"  # names, posts, results, who stands behind a figure
    SEE_CLASSES = "see_classes"  # classes with their rosters
    SEE_TEAMS = "see_teams"  # villages, teams, their help
    READ_AUDIT = "read_audit"
    EDIT_PEOPLE = "edit_people"
    MERGE_PEOPLE = "merge_people"  # make two records of one person one, and two again
    EDIT_UNITS = "edit_units"
    EDIT_PLANS = "edit_plans"
    EDIT_CLASSES = "edit_classes"  # make classes, invite
    RECORD_ATTENDANCE = "record_attendance"
    RECORD_RESULTS = "record_results"
    EDIT_TEAMS = "edit_teams"
    LOG_ASSISTS = "log_assists"
    IMPORT_LISTS = "import_lists"
    EXPORT_LISTS = "export_lists"
    SUBMIT_REPORTS = "submit_reports"
    APPROVE_REPORTS = "approve_reports"
    COMPOSE_INDICATORS = "compose_indicators"  # indicators of the whole installation
    MANAGE_ACCOUNTS = "manage_accounts"
    OPERATE = "operate"  # the installation: catalogue, bundles, structure at the top


READING = frozenset(
    {
        Permission.SEE_FIGURES,
        Permission.SEE_PLANS,
        Permission.SEE_PEOPLE,
        Permission.SEE_CLASSES,
        Permission.SEE_TEAMS,
        Permission.READ_AUDIT,
    }
)

NAMES = {
    Permission.SEE_FIGURES: _("Xem số liệu, báo cáo"),
    Permission.SEE_PLANS: _("Xem kế hoạch, chỉ tiêu"),
    Permission.SEE_PEOPLE: _("Xem danh sách người"),
    Permission.SEE_CLASSES: _("Xem lớp học"),
    Permission.SEE_TEAMS: _("Xem tổ công nghệ số"),
    Permission.READ_AUDIT: _("Xem nhật ký"),
    Permission.EDIT_PEOPLE: _("Sửa hồ sơ cán bộ"),
    Permission.MERGE_PEOPLE: _("Gộp, tách hồ sơ trùng"),
    Permission.EDIT_UNITS: _("Sửa đơn vị"),
    Permission.EDIT_PLANS: _("Sửa kế hoạch, chỉ tiêu"),
    Permission.EDIT_CLASSES: _("Mở lớp, mời học viên"),
    Permission.RECORD_ATTENDANCE: _("Điểm danh"),
    Permission.RECORD_RESULTS: _("Ghi kết quả học tập"),
    Permission.EDIT_TEAMS: _("Sửa tổ công nghệ số"),
    Permission.LOG_ASSISTS: _("Ghi lượt hỗ trợ"),
    Permission.IMPORT_LISTS: _("Nhập danh sách"),
    Permission.EXPORT_LISTS: _("Tải danh sách về máy"),
    Permission.SUBMIT_REPORTS: _("Lập và trình báo cáo"),
    Permission.APPROVE_REPORTS: _("Duyệt báo cáo"),
    Permission.COMPOSE_INDICATORS: _("Lập chỉ số riêng"),
    Permission.MANAGE_ACCOUNTS: _("Quản lý tài khoản"),
    Permission.OPERATE: _("Quản trị toàn hệ thống"),
}
