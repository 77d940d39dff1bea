from django.db import models
from django.utils.translation import gettext_lazy as _


class JobState(models.TextChoices):
    WAITING = "waiting", _("Đang chờ")
    RUNNING = "running", _("Đang chạy")
    DONE = "done", _("Xong")
    REFUSED = "refused", _("Không nhận")
    CANCELLED = "cancelled", _("Đã dừng")
    FAILED = "failed", _("Lỗi")
