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
from brobygger.offers import keeping_forms, listing
from brobygger.partners import standing_links
from tests.house.test_translations import Walk
from tests.people import HOUSE, Cast
from tests.rooms.bridging import asks, stories

A_DAY = timedelta(days=1)


def walk_in(language: str, client: Client) -> Walk:
    walk = Walk(client)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    return walk


def open_pages(walk: Walk, cast: Cast) -> None:
    walk.see("/", "/tilbud/", f"/tilbud/{cast.football.pk}/", "/tilbud/?q=zzz&alder=x", "/tilbud/?q=fodbold")
    walk.see("/partnere/", f"/partnere/{cast.club.pk}/", "/tilgaengelighed/", "/om-data/", "/findes-ikke/")
    walk.see("/aabne-data/", "/aabne-data/profil/")
    walk.see("/tilbud/kort/", "/tilbud/kort/?q=zzz", "/tilbud/behov/")
    language = walk.client.cookies[settings.LANGUAGE_COOKIE_NAME].value
    walk.see(f"/med/{language}/{cast.football.pk}/")


def asked(cast: Cast) -> tuple[Leg, str]:
    """A leg that has been sent, and the token of its link."""
    now = timezone.now()
    with organisation_scope(HOUSE, member=cast.maja.pk):
        leg = stories.sent(cast, at=now)
        return leg, links.make_link(leg=leg, address="x", expires_at=now + timedelta(days=14), at=now)


def taken_on(cast: Cast) -> tuple[Leg, str]:
    """A leg taken on eight days ago, and the token of its link."""
    now = timezone.now()
    with organisation_scope(HOUSE, member=cast.maja.pk):
        leg = stories.accepted(stories.sent(cast, at=now - 8 * A_DAY), at=now - 8 * A_DAY)
        return leg, links.make_link(leg=leg, address="x", expires_at=now + A_DAY, at=now)


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


def following_pages(walk: Walk, cast: Cast) -> None:
    """What a recipient reads who has taken it on, to the end of it."""
    leg, token = taken_on(cast)
    here = f"/svar/{token}/"
    walk.send("taken on", f"{here}vis/")
    for choice in ("moedt", "klaret", "lykkedes-ikke"):
        walk.send(choice, f"{here}svar/", svar=choice, version=version_of(leg))
    for choice in ("moedt-dag", "klaret-med", "lykkedes-ikke-fordi"):
        walk.send(f"{choice} unfilled", f"{here}svar/", svar=choice, version=version_of(leg))
    day = str(timezone.localdate())
    walk.send("they met", f"{here}svar/", svar="moedt-dag", day=day, version=version_of(leg))
    walk.send("under way", f"{here}vis/")
    walk.send("still", f"{here}svar/", svar="stadig", version=version_of(leg))


def own_pages(walk: Walk, cast: Cast) -> None:
    """What a resident reads on a page of their own."""
    leg, _token = taken_on(cast)
    now = timezone.now()
    with organisation_scope(HOUSE, member=cast.maja.pk):
        token = links.make_resident_link(bridge=leg.bridge, address="", expires_at=now + A_DAY, at=now)
    here = f"/min/{token}/"
    walk.see(here, "/min/intet/")
    walk.send("own page", f"{here}vis/", once=str(uuid4()))
    walk.send("own unchosen", f"{here}svar/", once=str(uuid4()))
    walk.send("own met", f"{here}svar/", once=str(uuid4()), svar="moedt")
    walk.send("own stop", f"{here}stop/", once=str(uuid4()), kode=leg.code)
    walk.send("own answer", f"{here}svar/", once=str(uuid4()), svar="got_help_partly", text="")
    walk.send("own answered", f"{here}vis/", once=str(uuid4()))
    walk.send("own stopped", f"{here}stop/", once=str(uuid4()), kode=leg.code, ja="ja")
    walk.send("own over", f"{here}vis/", once=str(uuid4()))


def listing_pages(walk: Walk, cast: Cast) -> None:
    """What a partner reads that keeps its own offers through a link."""
    with organisation_scope(HOUSE, member=cast.maja.pk):
        link = listing.order_listing_link(contact=cast.trainer, by=cast.maja, at=timezone.now())
        token = standing_links.cut_key(link)
    here = f"/jeres-tilbud/{token}/"
    offer = f"{here}{cast.football.pk}/"
    wrong = {"email": "x", "price": "x", "day_0": "x", "capacity_kind": "places", "minimum_age": "-1"}
    walk.see(here, f"{here}nyt/", offer, "/jeres-tilbud/intet/", f"/tal/brug/{token}/{cast.football.pk}/")
    walk.send("new unfilled", f"{here}nyt/", once=str(uuid4()))
    for part in keeping_forms.PARTS:
        walk.see(f"{offer}{part}/")
        walk.send(f"{part} unfilled", f"{offer}{part}/", once=str(uuid4()), seen="1", **wrong)
    walk.client.post(offer, {"once": str(uuid4()), "what": "tag-ud"})
    walk.see(offer, here, f"{offer}historik/")


READ: list[Callable[[Walk, Cast], None]] = [
    open_pages,
    answer_pages,
    following_pages,
    ask_pages,
    own_pages,
    listing_pages,
]
