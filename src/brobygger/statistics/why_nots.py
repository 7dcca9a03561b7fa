"""What "the package does not fit" comes down to, offer by offer, for the leader (BRI-20)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from uuid import UUID

from django.utils.translation import gettext as _

from brobygger.accounts.models import Membership
from brobygger.accounts.permissions import may
from brobygger.accounts.rights import Right
from brobygger.bridging.terms import RejectReason
from brobygger.engine.fit.constraints import Constraint
from brobygger.statistics import door
from brobygger.statistics.gaps import IN_THE_WAY
from brobygger.statistics.models import WhyNot
from brobygger.statistics.terms import Heard


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason of one offer; `persons` has been through the door."""

    offer_id: UUID | None
    offer: str
    heard: str
    reason: str
    persons: str


@dataclass(frozen=True, slots=True)
class Recipient:
    recipient_id: UUID
    name: str
    reasons: tuple[Reason, ...]


def why_nots(viewer: Membership, *, on: date) -> list[Recipient]:
    """This year's reasons that hold for at least five residents, organisation by organisation. One query."""
    if not may(viewer, Right.SEE_NUMBERS):
        raise PermissionError("numbers are for leaders")
    rows = WhyNot.objects.filter(year=on.year).select_related("recipient", "offer")
    enough = [
        row
        for row in rows.order_by("recipient__name", "recipient", "-persons", "pk")
        if door.is_enough(row.persons)
    ]
    return [_recipient(some) for _key, some in groupby(enough, key=lambda row: row.recipient_id)]


def _recipient(rows: Iterable[WhyNot]) -> Recipient:
    some = list(rows)
    return Recipient(some[0].recipient_id, some[0].recipient.name, tuple(_reason(row) for row in some))


def _reason(row: WhyNot) -> Reason:
    return Reason(
        row.offer_id,
        row.offer.name if row.offer else _("uden for kataloget"),
        _(Heard(row.heard).label),
        _named(Heard(row.heard), row.reason),
        door.few(row.persons),
    )


def _named(heard: Heard, reason: str) -> str:
    if heard is Heard.NO:
        return _(RejectReason(reason).label) if reason in set(RejectReason) else reason
    return _(IN_THE_WAY[Constraint[reason.upper()]])
