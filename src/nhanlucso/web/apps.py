from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "nhanlucso.web"
    label = "web"
