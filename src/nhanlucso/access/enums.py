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
