from django.apps import AppConfig


class OrgsConfig(AppConfig):
    name = "nhanlucso.orgs"
    label = "orgs"
