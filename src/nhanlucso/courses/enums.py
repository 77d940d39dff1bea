from django.db import models
from django.utils.translation import gettext_lazy as _


class Delivery(models.TextChoices):
    CLASS = "class", _("Học tại lớp")
    SELF_PACED = "self_paced", _("Tự học trực tuyến")


class CountsFor(models.TextChoices):
    """What completing a course proves; each is a true/false column of `Course` named `counts_` + value."""

    BASIC_DIGITAL_SKILLS = "basic_digital_skills", _("Kỹ năng số cơ bản")
    ICT_STANDARD = "ict_standard", _("Chuẩn kỹ năng ứng dụng CNTT")
