from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "nhanlucso.files"
    label = "files"
