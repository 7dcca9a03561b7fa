from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "brobygger.privacy"

    def ready(self) -> None:
        from brobygger.privacy import plugs  # noqa: F401
