from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "nhanlucso.exchange"
    label = "exchange"
