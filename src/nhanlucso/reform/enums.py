from django.db import models
from django.utils.translation import pgettext_lazy


class ResolutionState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("nghị quyết", "Dự thảo")
    ENACTED = "enacted", pgettext_lazy("nghị quyết", "Đã thực hiện")
