from django.db import models
from django.utils.translation import gettext_lazy as _


class Channel(models.TextChoices):
    PRESS = "press", _("Báo chí")
    PORTAL = "portal", _("Cổng, trang thông tin điện tử")
    RADIO_TV = "radio_tv", _("Phát thanh, truyền hình")
    LOUDSPEAKER = "loudspeaker", _("Truyền thanh cơ sở")
    SOCIAL = "social", _("Mạng xã hội")
    EVENT = "event", _("Sự kiện")
