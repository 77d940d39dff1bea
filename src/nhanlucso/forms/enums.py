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
    PERIOD = "text.period", _("Tên kỳ báo cáo")
    DAY = "text.day", _("Ngày lập")
