from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "nhanlucso.audit"
    label = "audit"
