from django.db import models
from django.utils.translation import gettext_lazy as _


class ReportState(models.TextChoices):
    DRAFT = "draft", _("Nháp")
    SUBMITTED = "submitted", _("Đã trình")
    RETURNED = "returned", _("Trả lại")
    APPROVED = "approved", _("Đã duyệt")


class Verb(models.TextChoices):
    """What somebody did with a report."""

    BEGIN = "begin", _("Lập báo cáo")
    SUBMIT = "submit", _("Trình duyệt")
    RETURN = "return", _("Trả lại")
    APPROVE = "approve", _("Duyệt")
