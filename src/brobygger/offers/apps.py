from django.apps import AppConfig


class OffersConfig(AppConfig):
    name = "brobygger.offers"

    def ready(self) -> None:
        from brobygger.offers import plugs  # noqa: F401
