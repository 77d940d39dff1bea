from django.db import models
from django.utils.translation import gettext_lazy as _


class Form(models.TextChoices):
    CLASS = "class", _("Lớp tập huấn")
    CONFERENCE = "conference", _("Hội nghị")
    SEMINAR = "seminar", _("Hội thảo")
    MENTORING = "mentoring", _("Cầm tay chỉ việc")
    CONTEST = "contest", _("Hội thi")


class Mode(models.TextChoices):
    IN_PERSON = "in_person", _("Trực tiếp")
    ONLINE = "online", _("Trực tuyến")
    HYBRID = "hybrid", _("Trực tiếp và trực tuyến")


class Mark(models.TextChoices):
    PRESENT = "present", _("Có mặt")
    LATE = "late", _("Đến muộn")
    EXCUSED = "excused", _("Vắng có phép")
    ABSENT = "absent", _("Vắng")


ATTENDED = (Mark.PRESENT, Mark.LATE)


class Qualifier(models.TextChoices):
    """How exactly a head count is known. A qualified figure is never stored or shown as exact."""

    EXACT = "exact", _("đúng")
    ABOUT = "about", _("khoảng")
    OVER = "over", _("hơn")
    NEARLY = "nearly", _("gần")
    UNDER = "under", _("dưới")
