"""The address of a one-time link, as it is handed over."""

from django.conf import settings
from django.urls import reverse


def address_of(token: str) -> str:
    return f"{settings.BROBYGGER_PUBLIC_URL}{reverse('link', args=[token])}"
