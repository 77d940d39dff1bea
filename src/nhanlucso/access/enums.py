from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    ADMINISTRATOR = "administrator", _("Quản trị tỉnh")
    PLANNER = "planner", _("Lập kế hoạch")
    OFFICER = "officer", _("Cán bộ phụ trách")
    APPROVER = "approver", _("Lãnh đạo duyệt")
    TRAINER = "trainer", _("Giảng viên")
    TEAM_MEMBER = "team_member", _("Thành viên tổ công nghệ số")
    LEARNER = "learner", _("Người học")
    ENTERPRISE = "enterprise", _("Doanh nghiệp")
    VIEWER = "viewer", _("Người xem")
    AUDITOR = "auditor", _("Kiểm tra, thanh tra")


class Way(models.TextChoices):
    """How somebody signed in."""

    PASSWORD = "password", _("Mật khẩu")
    PASSKEY = "passkey", _("Khóa thiết bị")
    CARD = "card", _("Thẻ QR và mã PIN")
    SSO = "sso", _("Tài khoản tỉnh")


class Verdict(models.TextChoices):
    """What the half-yearly review said of an account."""

    KEPT = "kept", _("Còn dùng")
    ENDED = "ended", _("Khóa")


class OffWhy(models.TextChoices):
    """Why nobody signs in with an account any more, where that needs saying."""

    IDLE = "idle", _("Lâu không dùng")
    REVIEW = "review", _("Rà soát nửa năm")
    REMOVED = "removed", _("Hệ thống nhân sự của tỉnh gỡ")


class Limited(models.TextChoices):
    """What somebody may ask for only so many times in a minute (settings.LIMITS)."""

    SIGN_IN = "sign_in", _("Đăng nhập")  # by address: passwords, PINs, codes, links with a secret
    SEARCH = "search", _("Tìm")  # by account
    EXPORT = "export", _("Tải về")  # by account
    API = "api", _("API")  # by token, else by account
    TOKEN = "token", _("Mã truy cập sai")  # by address: tokens that open nothing
