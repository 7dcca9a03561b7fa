"""How a partner answers us, as a rule: within how many days, and how many it took on (OFF-05).

It is about partners, never about persons, and said only from ten requests up. A request that never arrived
does not count, nor one that we or the resident took back before there was an answer. The partner sees it
first: it stands on the page behind its link, and workers read it as it stood when the partner last looked.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Max, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from brobygger.bridging.models import Leg
from brobygger.bridging.terms import EndReason, LegState
from brobygger.foundation.days import local_day

LEAST, A_YEAR = 10, timedelta(days=365)
AS_A_RULE = (3, 4)  # three of four


@dataclass(frozen=True, slots=True)
class Settled:
    """One delivered request: whether it was taken on, and after how many days. None: never answered."""

    taken_on: bool
    days: int | None


@dataclass(frozen=True, slots=True)
class Record:
    """`days`: three of four were answered within so many; None where fewer than that were answered at all."""

    taken_on: int
    of: int
    days: int | None

    @property
    def said(self) -> str:
        """Such as "Svarer som regel inden for 3 dage. 34 af 36 taget imod."."""
        count = _("%(taken_on)s af %(of)s taget imod.") % {"taken_on": self.taken_on, "of": self.of}
        if self.days is None:
            return count
        within = ngettext(
            "Svarer som regel inden for %(days)d dag.", "Svarer som regel inden for %(days)d dage.", self.days
        )
        return f"{within % {'days': self.days}} {count}"


def summed(settled: Iterable[Settled]) -> Record | None:
    """The record of these requests, or None while there are too few to speak of a rule.

    >>> summed([Settled(True, 3)] * 9) is None
    True
    >>> summed([Settled(True, 1)] * 6 + [Settled(True, 3)] * 3 + [Settled(False, None)])
    Record(taken_on=9, of=10, days=3)
    """
    told = list(settled)
    if len(told) < LEAST:
        return None
    part, whole = AS_A_RULE
    enough = -(-len(told) * part // whole)
    days = sorted(one.days for one in told if one.days is not None)
    within = days[enough - 1] if len(days) >= enough else None
    return Record(sum(one.taken_on for one in told), len(told), within)


def record_of(partner_id: UUID, *, now: datetime) -> Record | None:
    """What the partner itself reads. One query, in the house that asks."""
    return summed(map(_settled, _answered(partner_id, until=now)))


def record_for_workers(partner_id: UUID, *, now: datetime) -> Record | None:
    """What workers read: the record as the partner last saw it, or none if it never looked. Two queries."""
    looked = Leg.objects.filter(recipient=partner_id).aggregate(last=Max("seen_at"))["last"]
    return summed(map(_settled, _answered(partner_id, until=min(looked, now)))) if looked else None


def _answered(partner_id: UUID, *, until: datetime) -> list[Leg]:
    """Requests of the last year that arrived and have been answered, or not answered until the deadline."""
    taken = Q(accepted_at__lte=until)
    declined = Q(state=LegState.REJECTED, ended_at__lte=until)
    silent = Q(reason=EndReason.NO_RESPONSE, ended_at__lte=until)
    sent = Leg.objects.filter(recipient=partner_id, sent_at__gt=until - A_YEAR, undelivered_at=None)
    return list(sent.filter(taken | declined | silent).exclude(state=LegState.ENTERED_IN_ERROR))


def _settled(leg: Leg) -> Settled:
    answered = leg.accepted_at or (leg.ended_at if leg.state == LegState.REJECTED else None)
    if answered is None or leg.sent_at is None:
        return Settled(taken_on=False, days=None)
    days = (local_day(answered) - local_day(leg.sent_at)).days
    return Settled(taken_on=leg.accepted_at is not None, days=max(days, 1))
