from django.apps import AppConfig


class PartnersConfig(AppConfig):
    name = "brobygger.partners"

    def ready(self) -> None:
        from brobygger.partners import plugs  # noqa: F401
