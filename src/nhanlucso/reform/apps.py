from django.apps import AppConfig


class ReformConfig(AppConfig):
    name = "nhanlucso.reform"
    label = "reform"
