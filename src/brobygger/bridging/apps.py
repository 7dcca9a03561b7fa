from django.apps import AppConfig


class BridgingConfig(AppConfig):
    name = "brobygger.bridging"

    def ready(self) -> None:
        from brobygger.bridging import plugs  # noqa: F401
