from django.apps import AppConfig


class HooksConfig(AppConfig):
    name = "nhanlucso.hooks"
