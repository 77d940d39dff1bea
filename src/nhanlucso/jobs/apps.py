from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "nhanlucso.jobs"
    label = "jobs"
