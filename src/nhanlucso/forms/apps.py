from django.apps import AppConfig


class FormsConfig(AppConfig):
    name = "nhanlucso.forms"
    label = "forms"
