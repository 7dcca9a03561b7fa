"""A partner's standing link: one verified contact's way in without an account (FOUNDATION 5).

What it opens is its room's own: to ask us (`bridging.asking`), to keep one's offers (`offers.listing`). How
it is ordered, cut, sent and taken back is the same and stands here. It is sent in a message without content,
and is good until it is taken back.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar, Generic, TypeVar
from uuid import UUID, uuid4

from django.db import connection, models, transaction

from brobygger.accounts.models import Membership
from brobygger.foundation import audit, languages, outbox, tokens
from brobygger.foundation.jobs import later
from brobygger.foundation.outbox import OutboxMessage
from brobygger.foundation.scope import OrganisationScoped
from brobygger.partners.models import Contact, Organisation
from brobygger.partners.terms import CARRIES_LINKS

MAY_BE_SENT_FOR = timedelta(days=14)


class StandingLink(OrganisationScoped):
    """Kept as a hash; without one it has been ordered and not yet handed out. `made_by` answers for it.

    A kind of link says what the outbox calls it (`kind`), what its message and its verbs in the trail begin
    with (`named`), the job that sends it, and how the one function of the database that may look across
    houses is asked (`finder`).
    """

    kind: ClassVar[str]
    named: ClassVar[str]
    job: ClassVar[str]
    finder: ClassVar[str]

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    partner = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    contact = models.ForeignKey(Contact, models.PROTECT, related_name="+")
    token_hash = models.CharField(max_length=64, blank=True, default="")
    made_by = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True


Link = TypeVar("Link", bound=StandingLink)


class CannotCarryALink(Exception):  # noqa: N818 - a sentence
    """Only a checked e-mail or text number can be handed a link; the others ring, and we write it down."""


@dataclass(frozen=True, slots=True)
class StandingWay:
    """What a token opens: this contact of this partner, at this house, until it is taken back."""

    link: UUID
    organisation: UUID
    partner: UUID
    contact: UUID
    revoked_at: datetime | None


@dataclass(frozen=True, slots=True)
class Door(Generic[Link]):
    """A verified contact that can be handed a link, and the one it has."""

    contact: Contact
    link: Link | None


def way_of(kind: type[StandingLink], token: str) -> StandingWay | None:
    """What stands under a token. Needs no scope and opens none."""
    with connection.cursor() as cursor:
        cursor.execute(kind.finder, [tokens.digest(token)])
        row = cursor.fetchone()
    return StandingWay(*row) if row else None


def is_open(way: StandingWay) -> bool:
    """Whether the link still holds, and whoever it was given to still stands for the partner. One query."""
    good = Contact.objects.filter(pk=way.contact, is_active=True, verified_on__isnull=False).exists()
    return way.revoked_at is None and good


def doors_of(kind: type[Link], partner_id: UUID) -> list[Door[Link]]:
    """Whom at a partner we may give such a link. Two queries."""
    rows = Contact.objects.filter(
        partner=partner_id, is_active=True, verified_on__isnull=False, channel__in=sorted(CARRIES_LINKS)
    )
    living = kind._default_manager.filter(partner=partner_id, revoked_at=None)
    links = {one.contact_id: one for one in living}
    return [Door(row, links.get(row.pk)) for row in rows.order_by("function", "pk")]


@transaction.atomic
def order(kind: type[Link], *, contact: Contact, by: Membership, at: datetime) -> Link:
    """Give a verified contact a way in, by a message. An older one stops at once."""
    if contact.channel not in CARRIES_LINKS or contact.verified_on is None or not contact.is_active:
        raise CannotCarryALink(contact.pk)
    Contact.objects.select_for_update().get(pk=contact.pk)  # two presses make one living link
    before = kind._default_manager.filter(contact=contact, revoked_at=None).first()
    if before is not None:
        _take_back(before, at=at)
    link = kind._default_manager.create(
        partner_id=contact.partner_id, contact=contact, made_by=by, made_at=at
    )
    message = OutboxMessage.objects.create(
        about_kind=kind.kind,
        about_id=link.pk,
        what=kind.named,
        channel=contact.channel,
        to=contact.address,
        language=languages.of_a_reader(contact.speaks),
        made_at=at,
        use_by=at + MAY_BE_SENT_FOR,
    )
    later(kind.job, organisation=str(link.organisation_id), message=str(message.pk))
    audit.record(f"{kind.named}:ordered", about=link, by=by.actor, at=at, contact=str(contact.pk))
    return link


@transaction.atomic
def revoke(link: StandingLink, *, by: Membership, at: datetime) -> None:
    """Take a way back. What came through it stays."""
    _take_back(link, at=at)
    audit.record(f"{link.named}:revoked", about=link, by=by.actor, at=at)


def _take_back(link: StandingLink, *, at: datetime) -> None:
    type(link)._default_manager.filter(pk=link.pk, revoked_at=None).update(revoked_at=at)
    outbox.stop(about_kind=link.kind, about_id=link.pk)


def cut_key(link: StandingLink) -> str:
    """The token as it goes into the message, the only place where it stands."""
    token = tokens.made_for(link.kind, link.pk)
    type(link)._default_manager.filter(pk=link.pk, revoked_at=None).update(token_hash=tokens.digest(token))
    return token


def send(
    kind: type[Link],
    message_id: UUID,
    *,
    letter: Callable[[OutboxMessage, Link], tuple[str, str]],
    now: datetime,
) -> bool:
    """Send one link. False if it has been sent, stopped or taken back, or its contact has moved."""
    links = kind._default_manager.select_related("contact", "made_by")
    return outbox.send_about(
        links, message_id, kind=kind.kind, may_leave=_still_stands, letter=letter, at=now
    )


def _still_stands(row: OutboxMessage, link: StandingLink) -> bool:
    contact = link.contact
    is_the_way_in = contact.is_active and contact.verified_on and contact.address == row.to
    return bool(link.revoked_at is None and is_the_way_in)
