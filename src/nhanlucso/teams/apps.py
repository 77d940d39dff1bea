from django.apps import AppConfig


class TeamsConfig(AppConfig):
    name = "nhanlucso.teams"
    label = "teams"
