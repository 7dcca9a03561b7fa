from django.apps import AppConfig


class StatisticsConfig(AppConfig):
    name = "brobygger.statistics"

    def ready(self) -> None:
        from brobygger.statistics import plugs  # noqa: F401
