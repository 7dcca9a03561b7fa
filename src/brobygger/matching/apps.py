from django.apps import AppConfig


class MatchingConfig(AppConfig):
    name = "brobygger.matching"

    def ready(self) -> None:
        from brobygger.matching import plugs  # noqa: F401
