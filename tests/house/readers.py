"""Every page that residents and partners read, walked through in one language."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

from django.conf import settings
from django.test import Client
from django.utils import timezone

from brobygger.bridging import links
from brobygger.bridging.models import Leg
from brobygger.foundation.scope import organisation_scope
from tests.house.test_translations import Walk
from tests.people import HOUSE, Cast
from tests.rooms.bridging import asks, stories


def walk_in(language: str, client: Client) -> Walk:
    walk = Walk(client)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    return walk


def open_pages(walk: Walk, cast: Cast) -> None:
    walk.see("/", "/tilbud/", f"/tilbud/{cast.football.pk}/", "/tilbud/?q=zzz&alder=x", "/tilbud/?q=fodbold")
    walk.see("/partnere/", f"/partnere/{cast.club.pk}/", "/tilgaengelighed/", "/om-data/", "/findes-ikke/")


def asked(cast: Cast) -> tuple[Leg, str]:
    """A leg that has been sent, and the token of its link."""
    now = timezone.now()
    with organisation_scope(HOUSE, member=cast.maja.pk):
        leg = stories.sent(cast, at=now)
        return leg, links.make_link(leg=leg, address="x", expires_at=now + timedelta(days=14), at=now)


def version_of(leg: Leg) -> int:
    with organisation_scope(HOUSE):
        return Leg.objects.get(pk=leg.pk).version


def answer_pages(walk: Walk, cast: Cast) -> None:
    """What a recipient reads behind its link, from cover to end."""
    leg, token = asked(cast)
    here = f"/svar/{token}/"
    walk.see(here, "/svar/intet/")
    walk.send("question", f"{here}vis/")
    version = version_of(leg)
    for name, choice in {"none": "", "another day": "anden", "no": "nej", "no reason": "nej-fordi"}.items():
        walk.send(name, f"{here}svar/", svar=choice, version=version)
    walk.send("thanks", f"{here}svar/", svar="venteliste", version=version)
    walk.send("already", f"{here}svar/", svar="nej-fordi", reason="full", version=version)
    walk.see(here)


def ask_pages(walk: Walk, cast: Cast) -> None:
    """What a school reads that asks us to make contact."""
    with organisation_scope(HOUSE, member=cast.maja.pk):
        _link, token = asks.link_of(asks.sanne(), cast, at=timezone.now())
    here = f"/spoerg/{token}/"
    walk.see(here, "/spoerg/intet/")
    walk.send("ask", f"{here}vis/", once=str(uuid4()))
    walk.send("ask unfilled", f"{here}send/", once=str(uuid4()))
    walk.send("ask thanks", f"{here}send/", once=str(uuid4()), **asks.FIELDS)
    walk.send("asked before", f"{here}vis/", once=str(uuid4()))


READ: list[Callable[[Walk, Cast], None]] = [open_pages, answer_pages, ask_pages]
