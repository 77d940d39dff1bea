from django.db import models
from django.utils.translation import gettext_lazy as _


class ImportState(models.TextChoices):
    """How far the import of a list is."""

    READ = "read", _("Đang xem")
    ASKED = "asked", _("Đang quyết định")
    WRITTEN = "written", _("Đã ghi")
    UNDONE = "undone", _("Đã hoàn tác")
