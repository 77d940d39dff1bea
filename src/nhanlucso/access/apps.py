from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "nhanlucso.access"
    label = "access"
