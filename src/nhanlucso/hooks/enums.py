from django.db import models
from django.utils.translation import gettext_lazy as _


class Happening(models.TextChoices):
    """What other systems can be told of."""

    CLASS_HELD = "class.held", _("Đã điểm danh một buổi học")
    RESULTS_RECORDED = "results.recorded", _("Đã ghi kết quả học tập")
    IMPORT_DONE = "import.done", _("Đã nhập xong một danh sách")
    REPORT_SUBMITTED = "report.submitted", _("Đã trình báo cáo")
    REPORT_APPROVED = "report.approved", _("Đã duyệt báo cáo")
    REPORT_ACCEPTED = "report.accepted", _("Đã tiếp nhận báo cáo")
    UNITS_CHANGED = "units.changed", _("Đơn vị thay đổi theo nghị quyết")


class DeliveryState(models.TextChoices):
    WAITING = "waiting", _("Chờ gửi")
    DONE = "done", _("Đã nhận")
    MERGED = "merged", _("Báo chung một lần")
    GIVEN_UP = "given_up", _("Không gửi được")
