from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    name = "nhanlucso.indicators"
    label = "indicators"
