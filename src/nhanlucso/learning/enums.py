from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ResultState(models.TextChoices):
    """How far somebody got in a course. Enrolment is never completion."""

    ENROLLED = "enrolled", _("Mới ghi danh")
    COMPLETED = "completed", _("Hoàn thành, chưa chấm")
    PASSED = "passed", _("Đạt")
    FAILED = "failed", pgettext_lazy("khóa học", "Không đạt")
