from django.apps import AppConfig


class LearningConfig(AppConfig):
    name = "nhanlucso.learning"
    label = "learning"
