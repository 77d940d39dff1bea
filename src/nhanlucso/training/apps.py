from django.apps import AppConfig


class TrainingConfig(AppConfig):
    name = "nhanlucso.training"
    label = "training"
