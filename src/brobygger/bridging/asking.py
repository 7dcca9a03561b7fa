"""A partner's standing way to ask us, and the asking itself (BRIDGES 9 and 10, FOUNDATION 5).

Whoever holds the link never writes across the bank: after the link has been checked, `ask` runs as an act
of ours in the home's scope. It looks nobody up, so that known and unknown persons cannot be told apart.
"""

import secrets
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection, transaction
from django.utils.crypto import salted_hmac

from brobygger.accounts.models import Membership
from brobygger.bridging.ask_record import leader_of, say, start_clock
from brobygger.bridging.ask_terms import AskBasis
from brobygger.bridging.asks import Ask, AskLink
from brobygger.bridging.links import digest
from brobygger.bridging.telling import Speaker
from brobygger.bridging.terms import ActorRole, Channel, Claim, LegState
from brobygger.foundation import audit, languages, outbox
from brobygger.foundation.actor import Actor
from brobygger.foundation.jobs import later
from brobygger.partners.models import Contact
from brobygger.partners.terms import CARRIES_LINKS

ASK_LINK, HANDED_OUT = "bridging.AskLink", "ask_link"
MAY_BE_SENT_FOR = timedelta(days=14)


class CannotCarryALink(Exception):  # noqa: N818 - a sentence
    """Only a checked e-mail or text number can be handed a link; the others ring, and we write it down."""


@dataclass(frozen=True, slots=True)
class AskWay:
    """What a token opens: this contact of this partner may ask this house, until it is taken back."""

    link: UUID
    organisation: UUID
    partner: UUID
    contact: UUID
    revoked_at: datetime | None


@dataclass(frozen=True, slots=True)
class Asked:
    """What a partner tells us, in its own words, and the ground it does so on."""

    who: str
    reach: str
    wanted: str
    basis: AskBasis
    basis_named: str
    told_resident: str
    is_urgent: bool


def ask_way_of(token: str) -> AskWay | None:
    """Ask the one function that may look across houses. Needs no scope and opens none."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM bridging_ask_link(%s)", [digest(token)])
        row = cursor.fetchone()
    return AskWay(*row) if row else None


@transaction.atomic
def order_ask_link(*, contact: Contact, by: Membership, at: datetime) -> AskLink:
    """Give a verified contact a way to ask us, by a message without content. An older one stops at once."""
    if contact.channel not in CARRIES_LINKS or contact.verified_on is None or not contact.is_active:
        raise CannotCarryALink(contact.pk)
    Contact.objects.select_for_update().get(pk=contact.pk)  # two presses make one living link
    take_back(AskLink.objects.filter(contact=contact, revoked_at=None).first(), at=at)
    link = AskLink.objects.create(partner_id=contact.partner_id, contact=contact, made_by=by, made_at=at)
    message = outbox.OutboxMessage.objects.create(
        about_kind=ASK_LINK,
        about_id=link.pk,
        what=HANDED_OUT,
        channel=contact.channel,
        to=contact.address,
        language=languages.of_a_reader(contact.speaks),
        made_at=at,
        use_by=at + MAY_BE_SENT_FOR,
    )
    later("bridging.hand_out", organisation=str(link.organisation_id), message=str(message.pk))
    audit.record("ask_link:ordered", about=link, by=by.actor, at=at, contact=str(contact.pk))
    return link


@transaction.atomic
def revoke_ask_link(*, link: AskLink, by: Membership, at: datetime) -> None:
    """Take a way to ask back. What has been asked through it stays with us, with its clock."""
    take_back(link, at=at)
    audit.record("ask_link:revoked", about=link, by=by.actor, at=at)


def take_back(link: AskLink | None, *, at: datetime) -> None:
    if link is not None:
        AskLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=at)
        outbox.stop(about_kind=ASK_LINK, about_id=link.pk)


def cut_key(link: AskLink) -> str:
    """The token (256 bits) as it goes into the message, the only place where it stands.

    Made from the house's secret and the link's random key, so that a message tried again after a lost answer
    carries the same one: the gateway may have delivered the first.
    """
    made = salted_hmac(ASK_LINK, str(link.pk), algorithm="sha256").digest()
    token = urlsafe_b64encode(made).decode().rstrip("=")
    AskLink.objects.filter(pk=link.pk, revoked_at=None).update(token_hash=digest(token))
    return token


def is_open(way: AskWay) -> bool:
    """Whether the link still holds, and whoever it was given to still stands for the partner. One query."""
    good = Contact.objects.filter(pk=way.contact, is_active=True, verified_on__isnull=False).exists()
    return way.revoked_at is None and good


@transaction.atomic
def ask(*, way: AskWay, told: Asked, by: Actor, at: datetime) -> Ask:
    """T01 and T02 in one: a partner asks. The leader answers for it until somebody has taken it on."""
    link = AskLink.objects.select_related("made_by", "contact").get(pk=way.link)
    one = Ask(
        partner_id=way.partner,
        contact=link.contact,
        code=_fresh_code(),
        who=told.who,
        reach=told.reach,
        wanted=told.wanted,
        basis=told.basis,
        basis_named=told.basis_named,
        told_resident=told.told_resident,
        is_urgent=told.is_urgent,
        owner=leader_of(way.organisation) or link.made_by,
        asked_at=at,
    )
    start_clock(one, LegState.REQUESTED, at=at)
    one.save()
    say(one, Claim.SENT, Speaker(ActorRole.AUTHOR, str(link.contact), Channel.LINK), at=at)
    audit.record("ask:received", about=one, by=by, at=at, partner=str(way.partner))
    return one


def _fresh_code() -> str:
    """A code to say in the telephone: no meaning, never used before in this house."""
    tries = 0
    while True:
        least = 10 ** (4 + tries // 5)
        code = f"F-{secrets.randbelow(9 * least) + least}"
        if not Ask.objects.filter(code=code).exists():
            return code
        tries += 1
