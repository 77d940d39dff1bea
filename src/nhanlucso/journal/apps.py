from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "nhanlucso.journal"
    label = "journal"
