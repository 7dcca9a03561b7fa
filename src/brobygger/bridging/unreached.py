"""Whom our messages did not reach: who, about which bridge, why, and the number to ring instead."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from brobygger.accounts.models import Membership
from brobygger.bridging import permissions
from brobygger.bridging.holding import IS_LIVE
from brobygger.bridging.models import Leg
from brobygger.bridging.telling import ASKS_NOTHING, LEG
from brobygger.foundation import outbox
from brobygger.foundation.outbox import MessageState
from brobygger.partners.models import Contact
from brobygger.partners.terms import ContactChannel


@dataclass(frozen=True, slots=True)
class Unreached:
    """One live leg whose newest question has not come through. `phone` is "" where we know no number."""

    bridge_id: UUID
    code: str
    recipient: str
    address: str
    state: MessageState
    since: datetime
    phone: str


def unreached(viewer: Membership, *, now: datetime) -> list[Unreached]:
    """The viewer's own legs (a leader's: the house's), the oldest first. Three queries."""
    messages = outbox.not_reached(now).filter(about_kind=LEG).exclude(what__in=ASKS_NOTHING)
    newest = {one.about_id: one for one in messages.order_by("made_at")}
    mine = Q() if permissions.may_see_all(viewer) else Q(bridge__owner=viewer)
    rows = Leg.objects.filter(IS_LIVE, mine, pk__in=newest, undelivered_at__isnull=False)
    legs = list(rows.select_related("recipient").order_by("undelivered_at", "pk"))
    phones = _phones({leg.recipient_id for leg in legs})
    return [
        Unreached(
            bridge_id=leg.bridge_id,
            code=leg.code,
            recipient=leg.recipient.name,
            address=newest[leg.pk].to,
            state=MessageState(newest[leg.pk].state),
            since=newest[leg.pk].made_at,
            phone=phones.get(leg.recipient_id, ""),
        )
        for leg in legs
    ]


def _phones(partners: set[UUID]) -> dict[UUID, str]:
    """One verified number for each of these partners, where there is one."""
    known = Contact.objects.filter(
        partner__in=partners, channel=ContactChannel.PHONE, is_active=True, verified_on__isnull=False
    )
    return dict(known.order_by("is_coordinator").values_list("partner_id", "address"))
