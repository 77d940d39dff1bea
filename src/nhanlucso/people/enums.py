from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Sex(models.TextChoices):
    MALE = "m", _("Nam")
    FEMALE = "f", _("Nữ")


class Category(models.TextChoices):
    CADRE = "cadre", pgettext_lazy("đối tượng", "Cán bộ")
    CIVIL_SERVANT = "civil_servant", _("Công chức")
    PUBLIC_EMPLOYEE = "public_employee", _("Viên chức")
    CONTRACT_WORKER = "contract_worker", _("Hợp đồng lao động")
    PART_TIME = "part_time", _("Không chuyên trách")
    ENTERPRISE_WORKER = "enterprise_worker", _("Lao động doanh nghiệp")
    CITIZEN = "citizen", _("Người dân")


STAFF = (Category.CADRE, Category.CIVIL_SERVANT, Category.PUBLIC_EMPLOYEE, Category.CONTRACT_WORKER)


class Duty(models.TextChoices):
    """Duties of a post; each is a true/false column of `Post` of the same name."""

    DT_DEDICATED = "dt_dedicated", _("Chuyên trách CNTT, chuyển đổi số")
    DT_CONCURRENT = "dt_concurrent", _("Kiêm nhiệm CNTT, chuyển đổi số")
    DT_LEAD = "dt_lead", _("Phụ trách chính chuyển đổi số")
    ONE_STOP = "one_stop", _("Bộ phận một cửa")
    RECORDS = "records", _("Số hóa hồ sơ")


class RevealReason(models.TextChoices):
    """Why somebody sees whole what pages mask."""

    CONTACT = "contact", _("Liên hệ công việc")
    CHECK = "check", _("Đối chiếu hồ sơ, danh sách")
    PAPER = "paper", _("Lập giấy tờ, chứng nhận")
    ASKED = "asked", _("Chính người đó yêu cầu")
