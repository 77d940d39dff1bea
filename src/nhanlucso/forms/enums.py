from django.db import models
from django.utils.translation import gettext_lazy as _


class Part(models.TextChoices):
    """Which number of a figure stands in a blank."""

    VALUE = "value", _("Con số hoặc tỷ lệ")
    NUMERATOR = "numerator", _("Số người đạt (tử số)")
    DENOMINATOR = "denominator", _("Tổng số người của diện (mẫu số)")
    MISSING = "missing", _("Số người còn thiếu")


class Span(models.TextChoices):
    """Which days it is of, beside the period that is reported."""

    PERIOD = "period", _("Kỳ báo cáo")
    TO_DATE = "to_date", _("Lũy kế từ đầu năm")
    YEAR_BEFORE = "year_before", _("Cùng kỳ năm trước")
    PREVIOUS = "previous", _("Kỳ liền trước")


class Text(models.TextChoices):
    """Blanks that are filled with words."""

    UNIT = "text.unit", _("Tên đơn vị")
    OFFICE = "text.office", _("Tên cơ quan: Ủy ban nhân dân …")
    PARENT = "text.parent", _("Tên đơn vị cấp trên")
    PERIOD = "text.period", _("Tên kỳ báo cáo")
    YEAR = "text.year", _("Năm báo cáo")
    DAY = "text.day", _("Ngày lập")
    DATE = "text.date", _("Ngày lập: ngày … tháng … năm …")


class Mark(models.TextChoices):
    """What stands in a blank whose figure is not known: never 0."""

    DASH = "–", _("Gạch ngang «–»")
    NOTHING = "", _("Để trống")
    DOTS = "…", _("Ba chấm «…»")
    WORDS = "chưa có số liệu", _("«chưa có số liệu»")
