from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class UnitKind(models.TextChoices):
    COUNTRY = "country", _("Cả nước")
    PROVINCE = "province", _("Tỉnh, thành phố")
    DISTRICT = "district", _("Huyện")
    COMMUNE = "commune", _("Xã, phường")
    VILLAGE = "village", _("Thôn, bản, tổ dân phố")
    AGENCY = "agency", _("Cơ quan")
    DIVISION = "division", _("Phòng, ban")
    SERVICE_UNIT = "service_unit", _("Đơn vị sự nghiệp")
    ENTERPRISE = "enterprise", _("Doanh nghiệp")


class ChangeKind(models.TextChoices):
    MERGE = "merge", pgettext_lazy("thay đổi đơn vị", "Nhập")
    SPLIT = "split", _("Chia, tách")
    RENAME = "rename", pgettext_lazy("thay đổi đơn vị", "Đổi tên")
    MOVE = "move", _("Chuyển đơn vị cấp trên")
    CREATE = "create", _("Thành lập")
    ABOLISH = "abolish", _("Giải thể")
