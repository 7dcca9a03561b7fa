"""After the end a recipient keeps the code, the days and its own words, and no longer what it was told about
the resident (BRIDGES 12). What is taken back or was an error closes at once, where that happens.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from brobygger.bridging.models import Leg, LegSnapshot
from brobygger.bridging.terms import LegState
from brobygger.foundation import audit
from brobygger.foundation.actor import SYSTEM
from brobygger.foundation.days import add_working_days, local_day

KEPT_FOR = timedelta(days=30)
LOOKED_AT_AGAIN_FOR = 5  # working days in which a no may be looked at again
A_ROUND = 500  # of a minute; the rest comes with the next


@transaction.atomic
def end_access(*, now: datetime) -> int:
    """Close what is read no more, and say how many. Needs the house's scope; safe to run again."""
    ended = Q(leg__ended_at__isnull=False) & (
        Q(leg__ended_at__lte=now - KEPT_FOR) | Q(leg__state=LegState.REJECTED)
    )
    found = LegSnapshot.objects.filter(ended, access_ended_at=None).select_related("leg")
    over = [one for one in found if is_over(one.leg, now)][:A_ROUND]
    LegSnapshot.objects.filter(pk__in=[one.pk for one in over]).update(access_ended_at=now)
    for one in over:
        audit.record("leg:access_ended", about=one.leg, by=SYSTEM, at=now)
    return len(over)


def is_over(leg: Leg, now: datetime) -> bool:
    """Thirty days after the end; after a no, when it can no longer be looked at again."""
    if leg.ended_at is None:
        return False
    if leg.state_term is LegState.REJECTED:
        return local_day(now) > add_working_days(local_day(leg.ended_at), LOOKED_AT_AGAIN_FOR)
    return leg.ended_at + KEPT_FOR <= now
