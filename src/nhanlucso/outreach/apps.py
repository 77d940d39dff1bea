from django.apps import AppConfig


class OutreachConfig(AppConfig):
    name = "nhanlucso.outreach"
    label = "outreach"
