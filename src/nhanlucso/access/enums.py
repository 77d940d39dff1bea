from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    ADMINISTRATOR = "administrator", _("Quản trị")
    OFFICER = "officer", _("Cán bộ phụ trách")
    VIEWER = "viewer", _("Người xem")
