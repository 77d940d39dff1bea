from django.db import models
from django.utils.translation import gettext_lazy as _


class Severity(models.TextChoices):
    """How much a finding distorts figures: it does, it may, it leaves something unknown."""

    HIGH = "high", _("Sai số liệu")
    MEDIUM = "medium", _("Có thể sai")
    LOW = "low", _("Còn thiếu")


class Subject(models.TextChoices):
    """The kind of record that is mended."""

    PERSON = "person", _("Cá nhân")
    CLASS = "class", _("Lớp học")
    TEAM = "team", _("Tổ công nghệ số")
    UNIT = "unit", _("Đơn vị")
    TARGET = "target", _("Chỉ tiêu")


class Source(models.TextChoices):
    """Where facts come from; what has no record there is unknown, not nought."""

    POSTS = "posts", _("vị trí công tác")
    TRAINING = "training", _("tập huấn")
    RESULTS = "results", _("kết quả học trực tuyến")
    CLASSES = "classes", _("lớp chủ trì")
    HEADS = "heads", _("số đếm đại biểu")
    TEAMS = "teams", _("tổ công nghệ số")
    ASSISTS = "assists", _("lượt hỗ trợ người dân")
    OUTREACH = "outreach", _("tin, bài tuyên truyền")


class Lack(models.TextChoices):
    """Why a target has no data."""

    NO_UNIT = "no_unit", _("đơn vị không còn")
    NO_INDICATOR = "no_indicator", _("không có chỉ số mang mã này")
    NO_VALUE = "no_value", _("không có ai, không có gì để tính")
    NO_RECORD = "no_record", _("chưa có bản ghi nào")
