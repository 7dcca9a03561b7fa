from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "brobygger.site"
    label = "house"

    def ready(self) -> None:
        from brobygger.site import plugs  # noqa: F401
