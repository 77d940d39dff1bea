from django.db import models
from django.utils.translation import gettext_lazy as _


class Comparator(models.TextChoices):
    """How a plan speaks of its figure: «100 %», «tối thiểu 90 %», «trên 90 %»."""

    AT_LEAST = "at_least", _("tối thiểu")
    OVER = "over", _("trên")
    AT_MOST = "at_most", _("tối đa")
    UNDER = "under", _("dưới")


class BoardRole(models.TextChoices):
    HEAD = "head", _("Trưởng ban")
    DEPUTY = "deputy", _("Phó Trưởng ban")
    MEMBER = "member", _("Ủy viên")
