"""What every page knows: who is here, where one can go, and what kind of house this is."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from brobygger.foundation import installation, languages
from brobygger.foundation.sockets import navigation


def house(request: HttpRequest) -> dict[str, Any]:
    member = getattr(request, "member", None)
    return {
        "member": member,
        "house_name": member.house_name if member else "",
        "installation_kind": installation.kind() or "",
        "languages": languages.offered(request),
        "said_again": languages.said_again(request),
        "navigation": _menu(request) if member else [],
    }


def _menu(request: HttpRequest) -> list[dict[str, Any]]:
    role = request.member.role  # type: ignore[attr-defined]
    items = sorted((item for _name, item in navigation), key=lambda item: item.order)
    return [
        {
            "name": _(item.label),
            "url": reverse(item.url_name),
            "icon": item.icon,
            "is_current": request.path.startswith(item.path),
        }
        for item in items
        if not item.roles or role in item.roles
    ]
