from django.apps import AppConfig


class CoursesConfig(AppConfig):
    name = "nhanlucso.courses"
    label = "courses"
