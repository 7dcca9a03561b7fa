from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "brobygger.site"
    label = "house"
