from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "nhanlucso.plans"
    label = "plans"
