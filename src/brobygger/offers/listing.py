"""A partner's standing way to keep its own offers without an account (OFF-02, FOUNDATION 5).

Whoever holds the link writes only what its partner offers, and only in the directory of the house that gave
it. The link is handed out in a message without content, and is good until it is taken back.
"""

from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID, uuid4

from django.conf import settings
from django.db import connection, models, transaction
from django.db.models import Q, UniqueConstraint
from django.utils import translation
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from brobygger.accounts.models import Membership
from brobygger.foundation import audit, languages, outbox
from brobygger.foundation.jobs import later
from brobygger.foundation.outbox import MessageState, OutboxMessage
from brobygger.foundation.scope import OrganisationScoped
from brobygger.partners.models import Contact, Organisation
from brobygger.partners.terms import CARRIES_LINKS

LISTING_LINK, HANDED_OUT = "offers.ListingLink", "listing_link"
MAY_BE_SENT_FOR = timedelta(days=14)


class ListingLink(OrganisationScoped):
    """A verified contact's way to keep its organisation's offers; without a hash it is not handed out."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    partner = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    contact = models.ForeignKey(Contact, models.PROTECT, related_name="+")
    token_hash = models.CharField(max_length=64, blank=True, default="")
    made_by = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        app_label = "offers"
        constraints = [
            UniqueConstraint(
                name="one_listing_link_per_token", fields=["token_hash"], condition=~Q(token_hash="")
            ),
            UniqueConstraint(
                name="one_living_listing_link_per_contact",
                fields=["organisation_id", "contact"],
                condition=Q(revoked_at=None),
            ),
        ]


class CannotCarryALink(Exception):  # noqa: N818 - a sentence
    """Only a checked e-mail or text number can be handed a link; the others ring, and we write it down."""


@dataclass(frozen=True, slots=True)
class ListingWay:
    """What a token opens: this partner's offers in this house's directory, through this contact."""

    link: UUID
    organisation: UUID
    partner: UUID
    contact: UUID
    revoked_at: datetime | None

    @property
    def lies_here(self) -> Q:
        return Q(keeper_id=self.organisation, organisation_id=self.partner)


@dataclass(frozen=True, slots=True)
class Door:
    """A verified contact that can be handed a link, and the one it has."""

    contact: Contact
    link: ListingLink | None


def way_of(token: str) -> ListingWay | None:
    """Ask the one function that may look across houses. Needs no scope and opens none."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM offers_listing_link(%s)", [_digest(token)])
        row = cursor.fetchone()
    return ListingWay(*row) if row else None


def is_open(way: ListingWay) -> bool:
    """Whether the link still holds, and its contact still stands for the partner. One query, in its house."""
    good = Contact.objects.filter(pk=way.contact, is_active=True, verified_on__isnull=False).exists()
    return way.revoked_at is None and good


def doors_of(partner_id: UUID) -> list[Door]:
    """Whom at a partner we may let keep its offers. Two queries."""
    rows = Contact.objects.filter(
        partner=partner_id, is_active=True, verified_on__isnull=False, channel__in=sorted(CARRIES_LINKS)
    )
    links = {one.contact_id: one for one in ListingLink.objects.filter(partner=partner_id, revoked_at=None)}
    return [Door(row, links.get(row.pk)) for row in rows.order_by("function", "pk")]


@transaction.atomic
def order_listing_link(*, contact: Contact, by: Membership, at: datetime) -> ListingLink:
    """Give a verified contact a way to keep its offers, by a message. An older one stops at once."""
    if contact.channel not in CARRIES_LINKS or contact.verified_on is None or not contact.is_active:
        raise CannotCarryALink(contact.pk)
    Contact.objects.select_for_update().get(pk=contact.pk)  # two presses make one living link
    _take_back(ListingLink.objects.filter(contact=contact, revoked_at=None).first(), at=at)
    link = ListingLink.objects.create(partner_id=contact.partner_id, contact=contact, made_by=by, made_at=at)
    message = OutboxMessage.objects.create(
        about_kind=LISTING_LINK,
        about_id=link.pk,
        what=HANDED_OUT,
        channel=contact.channel,
        to=contact.address,
        language=languages.of_a_reader(contact.speaks),
        made_at=at,
        use_by=at + MAY_BE_SENT_FOR,
    )
    later("offers.hand_out", organisation=str(link.organisation_id), message=str(message.pk))
    audit.record("listing_link:ordered", about=link, by=by.actor, at=at, contact=str(contact.pk))
    return link


@transaction.atomic
def revoke_listing_link(*, link: ListingLink, by: Membership, at: datetime) -> None:
    """Take a way back. What was written through it stays, as whoever wrote it."""
    _take_back(link, at=at)
    audit.record("listing_link:revoked", about=link, by=by.actor, at=at)


def _take_back(link: ListingLink | None, *, at: datetime) -> None:
    if link is not None:
        ListingLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=at)
        outbox.stop(about_kind=LISTING_LINK, about_id=link.pk)


def cut_key(link: ListingLink) -> str:
    """The token (256 bits) as it goes into the message, the only place where it stands.

    Made from the house's secret and the link's random key, so that a message tried again carries the same.
    """
    made = salted_hmac(LISTING_LINK, str(link.pk), algorithm="sha256").digest()
    token = urlsafe_b64encode(made).decode().rstrip("=")
    ListingLink.objects.filter(pk=link.pk, revoked_at=None).update(token_hash=_digest(token))
    return token


def hand_out(message_id: UUID, *, now: datetime) -> bool:
    """Send one link. False if it has been sent, stopped, taken back, or its contact has moved."""
    waiting = OutboxMessage.objects.filter(pk=message_id, about_kind=LISTING_LINK, state=MessageState.WAITING)
    about = list(waiting.values_list("about_id", flat=True))
    links = ListingLink.objects.select_for_update(of=("self",)).select_related("contact", "made_by")
    link = links.filter(pk__in=about).first()  # before the message, as whoever stops it does
    row = waiting.select_for_update().first()
    if row is None or link is None:
        return False
    if now >= row.use_by or link.revoked_at is not None or not _is_still_the_way_in(row, link.contact):
        OutboxMessage.objects.filter(pk=row.pk).update(state=MessageState.STOPPED)
        return False
    address = f"{settings.BROBYGGER_PUBLIC_URL}/jeres-tilbud/{cut_key(link)}/"
    subject, text = _letter(row, link, address)
    outbox.deliver(row, subject=subject, text=text, at=now)
    return bool(row.state == MessageState.SENT)


def _is_still_the_way_in(row: OutboxMessage, contact: Contact) -> bool:
    return bool(contact.is_active and contact.verified_on and contact.address == row.to)


def _letter(row: OutboxMessage, link: ListingLink, address: str) -> tuple[str, str]:
    """Subject and text, in the message's language."""
    with translation.override(row.language):
        lines = [
            _("Her er jeres eget link. Med det retter I selv det, der står om jeres tilbud:"),
            address,
            _("Linket virker, til det bliver lukket. Giv det ikke videre."),
        ]
        return _("Et link fra %(house)s") % {"house": link.made_by.house_name}, "\n\n".join(lines)


def _digest(token: str) -> str:
    return sha256(token.encode()).hexdigest()
