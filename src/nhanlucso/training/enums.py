from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Form(models.TextChoices):
    CLASS = "class", pgettext_lazy("hình thức", "Lớp tập huấn")
    CONFERENCE = "conference", pgettext_lazy("hình thức", "Hội nghị")
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


class Confirmation(models.TextChoices):
    """What a unit says of the rows of its own people."""

    CONFIRMED = "confirmed", _("Đã xác nhận")
    DISPUTED = "disputed", _("Không đồng ý")


class PaperKind(models.TextChoices):
    """What a photographed list may be, judged by its bytes; the value is its content type."""

    JPEG = "image/jpeg", "JPEG"
    PNG = "image/png", "PNG"
    WEBP = "image/webp", "WebP"
    PDF = "application/pdf", "PDF"
