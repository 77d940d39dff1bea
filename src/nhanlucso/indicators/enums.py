from django.db import models
from django.utils.translation import gettext_lazy as _


class Measure(models.TextChoices):
    """Units of figures. Persons, attendances and person-days are never one another."""

    PERSONS = "người", _("người")
    ATTENDANCES = "lượt", _("lượt")
    PERSON_DAYS = "ngày-người", _("ngày-người")
    ROUNDS = "đợt", _("đợt")
    CLASSES = "lớp", _("lớp")
    CONFERENCES = "hội nghị", _("hội nghị")
    TEAMS = "tổ", _("tổ")
    ITEMS = "tin", _("tin")
    PERCENT = "%", _("%")
