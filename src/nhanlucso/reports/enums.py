from django.db import models
from django.utils.translation import gettext_lazy as _


class ReportState(models.TextChoices):
    DRAFT = "draft", _("Nháp")
    CHECKED = "checked", _("Đã kiểm tra")
    SUBMITTED = "submitted", _("Đã trình")
    RETURNED = "returned", _("Trả lại")
    APPROVED = "approved", _("Đã duyệt")
    ACCEPTED = "accepted", _("Đã tiếp nhận")


class Verb(models.TextChoices):
    """What somebody did with a report."""

    BEGIN = "begin", _("Lập báo cáo")
    CHECK = "check", _("Kiểm tra")
    SUBMIT = "submit", _("Trình duyệt")
    RETURN = "return", _("Trả lại")
    APPROVE = "approve", _("Duyệt")
    ACCEPT = "accept", _("Tiếp nhận")
    SEND_BACK = "send_back", _("Cấp trên trả lại")
    CORRECT = "correct", _("Lập bản đính chính")
    DROP = "drop", _("Bỏ bản đính chính")


LIVE = (ReportState.DRAFT, ReportState.CHECKED, ReportState.RETURNED)
"""States in which a report shows the records of this moment."""

CLOSED = (ReportState.APPROVED, ReportState.ACCEPTED)
"""States in which a report is published as it was approved."""
