"""Who stands where in the line of a full offer: by the day they asked, or by the offer's own rule (OFF-04).

Several houses ask the same offer and none sees another's bridges. One function of the database counts who
stands before a leg and tells the number alone.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from brobygger.bridging.models import Leg
from brobygger.bridging.terms import LegState
from brobygger.engine.fit import spoken
from brobygger.foundation.days import local_day
from brobygger.offers.terms import QueueKind

STANDS = frozenset({LegState.ACCEPTED, LegState.ON_HOLD})


@dataclass(frozen=True, slots=True)
class InLine:
    """A place in a line. `number` is None where the offer gives its places by `rule` and not by date."""

    since: date
    number: int | None
    rule: str

    @property
    def said(self) -> str:
        """Such as "nr. 4, skrevet op 3. november 2026"."""
        day = spoken.day_and_year(self.since.isoformat()).text(_)
        if self.number is None and not self.rule:
            return _("skrevet op %(day)s") % {"day": day}
        if self.number is None:
            return _("skrevet op %(day)s. Pladserne fordeles sådan: %(rule)s") % {
                "day": day,
                "rule": self.rule,
            }
        return _("nr. %(number)s, skrevet op %(day)s") % {"number": self.number, "day": day}


def in_line(leg: Leg) -> InLine | None:
    """Where a leg stands in line, or None if it stands in none. One query."""
    if leg.waitlisted_at is None or leg.sent_at is None or leg.state_term not in STANDS:
        return None
    since = local_day(leg.sent_at)
    if leg.offer is None:
        return InLine(since, None, "")
    if leg.offer.queue == QueueKind.OWN_RULE:
        return InLine(since, None, leg.offer.queue_rule)
    return InLine(since, numbers([leg.pk])[leg.pk], "")


def numbers(legs: Iterable[UUID]) -> dict[UUID, int]:
    """leg -> its number in the line of its offer, over all houses, for those that stand in one. One query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM bridging_queue_numbers(%s::uuid[])", [list(legs)])
        return dict(cursor.fetchall())
