"""A partner's standing way to keep its own offers without an account (OFF-02, FOUNDATION 5).

Whoever holds the link writes only what its partner offers, and only in the directory of the house that gave
it. How such a link is ordered, sent and taken back stands in `partners.standing_links`.
"""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db.models import Q, UniqueConstraint
from django.utils import translation
from django.utils.translation import gettext as _

from brobygger.accounts.models import Membership
from brobygger.foundation.outbox import OutboxMessage
from brobygger.partners import standing_links
from brobygger.partners.models import Contact
from brobygger.partners.standing_links import Door, StandingLink, StandingWay

LISTING_LINK = "offers.ListingLink"


class ListingLink(StandingLink):
    """A verified contact's way to keep its organisation's offers."""

    kind, named, job = LISTING_LINK, "listing_link", "offers.hand_out"
    finder = "SELECT * FROM offers_listing_link(%s)"

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


def kept_through(way: StandingWay) -> Q:
    """Which offers a link opens: this partner's, in this house's directory."""
    return Q(keeper_id=way.organisation, organisation_id=way.partner)


def doors_of(partner_id: UUID) -> list[Door[ListingLink]]:
    """Whom at a partner we may let keep its offers. Two queries."""
    return standing_links.doors_of(ListingLink, partner_id)


def order_listing_link(*, contact: Contact, by: Membership, at: datetime) -> ListingLink:
    """Give a verified contact a way to keep its offers, by a message. An older one stops at once."""
    return standing_links.order(ListingLink, contact=contact, by=by, at=at)


def revoke_listing_link(*, link: ListingLink, by: Membership, at: datetime) -> None:
    """Take a way back. What was written through it stays, as whoever wrote it."""
    standing_links.revoke(link, by=by, at=at)


def hand_out(message_id: UUID, *, now: datetime) -> bool:
    """Send one link, if it has not been taken back meanwhile."""
    return standing_links.send(ListingLink, message_id, letter=_letter, now=now)


def _letter(row: OutboxMessage, link: ListingLink) -> tuple[str, str]:
    """Subject and text, in the message's language."""
    with translation.override(row.language):
        lines = [
            _("Her er jeres eget link. Med det retter I selv det, der står om jeres tilbud:"),
            f"{settings.BROBYGGER_PUBLIC_URL}/jeres-tilbud/{standing_links.cut_key(link)}/",
            _("Linket virker, til det bliver lukket. Giv det ikke videre."),
        ]
        return _("Et link fra %(house)s") % {"house": link.made_by.house_name}, "\n\n".join(lines)
