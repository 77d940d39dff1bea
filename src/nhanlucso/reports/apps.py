from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "nhanlucso.reports"
    label = "reports"
