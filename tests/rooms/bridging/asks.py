"""Short ways to an ask in a given state, for tests. All need the house's open scope."""

from datetime import datetime, timedelta

from brobygger.bridging import asking, triage
from brobygger.bridging.ask_terms import AskBasis
from brobygger.bridging.asking import Asked
from brobygger.bridging.asks import Ask, AskLink
from brobygger.bridging.terms import Channel, EndReason
from brobygger.foundation.actor import Actor
from brobygger.foundation.days import local_day
from brobygger.offers.terms import Theme
from brobygger.partners import standing_links
from brobygger.partners.models import Contact, Organisation
from brobygger.partners.standing_links import StandingWay
from brobygger.partners.terms import ContactChannel, OrganisationKind
from brobygger.residents.models import Resident
from tests.people import HOUSE, NOW, TODAY, Cast

WANTED = "Om der er noget at lave efter skole."
SANNE, BIRGIT = "Sanne", "Birgit"
FIELDS = {
    "who": "Amir",
    "reach": "mor på 00 00 00 00",
    "wanted": WANTED,
    "basis": "consent",
    "basis_named": "mundtligt ja til mødet i dag",
    "told_resident": "At I ringer i denne uge.",
    "is_urgent": "nej",
}


def partner(name: str, kind: OrganisationKind) -> Contact:
    """A verified contact of an organisation that our house keeps."""
    where = Organisation.objects.create(name=f"{name}s sted", kind=kind, is_fictional=True)
    return Contact.objects.create(
        partner=where,
        function="kontakt",
        name=name,
        channel=ContactChannel.EMAIL,
        address=f"{name.lower()}@sted.invalid",
        verified_on=TODAY,
    )


def sanne() -> Contact:
    return partner(SANNE, OrganisationKind.SCHOOL)


def birgit() -> Contact:
    return partner(BIRGIT, OrganisationKind.MUNICIPALITY)


def link_of(contact: Contact, cast: Cast, *, at: datetime = NOW) -> tuple[AskLink, str]:
    link = asking.order_ask_link(contact=contact, by=cast.torben, at=at)
    return link, standing_links.cut_key(link)


def told(*, who: str = "Amir", urgent: bool = False) -> Asked:
    return Asked(
        who=who,
        reach=FIELDS["reach"],
        wanted=WANTED,
        basis=AskBasis.CONSENT,
        basis_named=FIELDS["basis_named"],
        told_resident=FIELDS["told_resident"],
        is_urgent=urgent,
    )


def asked(cast: Cast, *, at: datetime = NOW, contact: Contact | None = None, urgent: bool = False) -> Ask:
    link, _token = link_of(contact or sanne(), cast, at=at)
    return asked_again(link, at=at, urgent=urgent)


def asked_again(link: AskLink, *, at: datetime = NOW, who: str = "Amir", urgent: bool = False) -> Ask:
    way = StandingWay(link.pk, HOUSE, link.partner_id, link.contact_id, None)
    by = Actor("link", link.pk, "partner")
    return asking.ask(way=way, told=told(who=who, urgent=urgent), by=by, at=at)


def taken_on(ask: Ask, cast: Cast, *, at: datetime = NOW, resident: Resident | None = None) -> Ask:
    return triage.take_on(
        ask=ask,
        seen=fresh(ask).version,
        resident=resident or cast.amir,
        worker=cast.maja,
        by=cast.torben,
        at=at,
    )


def talked(ask: Ask, cast: Cast, *, at: datetime = NOW) -> Ask:
    seen, on = fresh(ask).version, local_day(at)
    return triage.tell_talk(ask=ask, seen=seen, channel=Channel.PHONE, on=on, by=cast.maja, at=at)


def said_yes(ask: Ask, cast: Cast, *, at: datetime = NOW) -> Ask:
    triage.tell_yes(
        ask=ask, seen=fresh(ask).version, words="Fodbold", theme=Theme.LEISURE, by=cast.maja, at=at
    )
    return fresh(ask)


def said_no(ask: Ask, cast: Cast, *, at: datetime = NOW) -> Ask:
    return triage.tell_no(ask=ask, seen=fresh(ask).version, by=cast.maja, at=at)


def given_up(ask: Ask, cast: Cast, *, at: datetime = NOW) -> Ask:
    """Three tries, in two ways, on two days, and then no more."""
    for days, channel in enumerate((Channel.PHONE, Channel.PHONE, Channel.IN_PERSON)):
        triage.tell_try(ask=ask, channel=channel, by=cast.maja, at=at + timedelta(days=days))
    return triage.give_up(
        ask=ask,
        seen=fresh(ask).version,
        reason=EndReason.COULD_NOT_REACH,
        by=cast.maja,
        at=at + timedelta(days=3),
    )


def fresh(ask: Ask) -> Ask:
    return Ask.objects.get(pk=ask.pk)
