from django.apps import AppConfig


class MatchingConfig(AppConfig):
    name = "brobygger.matching"
