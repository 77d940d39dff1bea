from django.db import models
from django.utils.translation import gettext_lazy as _


class TeamRole(models.TextChoices):
    LEADER = "leader", _("Tổ trưởng")
    DEPUTY = "deputy", _("Tổ phó")
    MEMBER = "member", _("Thành viên")


class ServiceField(models.TextChoices):
    PUBLIC_SERVICE = "public_service", _("Dịch vụ công")
    HEALTH = "health", _("Y tế")
    EDUCATION = "education", _("Giáo dục")
    TRANSPORT = "transport", _("Giao thông")
    TOURISM = "tourism", _("Du lịch")
    BANKING = "banking", _("Ngân hàng")
    OTHER = "other", _("Khác")


class Outcome(models.TextChoices):
    ALONE = "alone", _("Tự làm được")
    HELPED = "helped", _("Làm được khi có hỗ trợ")
    NOT_DONE = "not_done", _("Chưa làm được")


SHORT_OUTCOMES = {
    Outcome.ALONE: _("Tự làm được"),
    Outcome.HELPED: _("Có hỗ trợ"),
    Outcome.NOT_DONE: _("Chưa được"),
}
"""Outcomes as they stand on buttons and in long lists."""
