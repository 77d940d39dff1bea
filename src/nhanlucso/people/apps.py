from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "nhanlucso.people"
    label = "people"
