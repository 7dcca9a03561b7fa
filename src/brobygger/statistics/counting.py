"""The nightly count of why offers did not suit: rules that stood in the way, and no's (BRI-20)."""

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from brobygger.bridging.models import Leg
from brobygger.bridging.terms import LegState, RejectReason
from brobygger.engine.disclosure.values import HOUSE_RULE
from brobygger.engine.fit.constraints import Constraint
from brobygger.matching.gaps import how_many, judged_needs
from brobygger.offers.models import Offer
from brobygger.statistics.models import WhyNot
from brobygger.statistics.terms import Heard

# What the offer itself could change. Whether there is room is asked for elsewhere; the way is nobody's rule.
RULES = (
    Constraint.TIMES,
    Constraint.AGE,
    Constraint.LANGUAGE,
    Constraint.STEP_FREE,
    Constraint.GROUP,
    Constraint.AREA,
    Constraint.PRICE,
)
NOT_A_NO = {RejectReason.ALREADY_ENROLLED}


class About(NamedTuple):
    """What one number is about."""

    recipient: UUID
    offer: UUID | None
    heard: Heard
    reason: str


@transaction.atomic
def count_why_nots(now: datetime) -> None:
    """Count anew in the house whose scope is open. A number that is already there only grows."""
    on = timezone.localdate(now)
    counted = Counter({**_rules(on), **_noes(on)})
    known = {
        About(row.recipient_id, row.offer_id, Heard(row.heard), row.reason): row
        for row in WhyNot.objects.select_for_update().filter(year=on.year)
    }
    for about, persons in counted.items():
        row = known.get(about)
        if row is None:
            WhyNot.objects.create(
                recipient_id=about.recipient,
                offer_id=about.offer,
                heard=about.heard,
                reason=about.reason,
                year=on.year,
                persons=persons,
                counted_on=on,
            )
        elif persons > row.persons:
            row.persons, row.counted_on = persons, on
            row.save(update_fields=["persons", "counted_on"])


def _rules(on: date) -> Mapping[About, int]:
    """Near misses of today's open needs: one rule alone keeps at least five residents from an offer.

    Fewer are not kept: they are counted again tomorrow, and until then they would only be small numbers.
    """
    needs = judged_needs(on=on).needs
    found = {
        (offer, rule): persons
        for rule in RULES
        for offer, persons in how_many(needs, rule, alone=True).items()
        if persons >= HOUSE_RULE.least
    }
    offers = {offer for offer, _rule in found}
    keepers = dict(Offer.objects.filter(pk__in=offers).values_list("pk", "organisation"))
    return {
        About(keepers[offer], offer, Heard.RULE, str(rule.name).lower()): persons
        for (offer, rule), persons in found.items()
        if offer in keepers
    }


def _noes(on: date) -> Mapping[About, int]:
    """Different residents to whom each offer has said no this year, by reason."""
    rows = (
        Leg.objects.filter(state=LegState.REJECTED, ended_at__year=on.year)
        .exclude(reason__in=["", *NOT_A_NO])
        .values_list("recipient", "offer", "reason")
        .annotate(persons=Count("subject_id", distinct=True))
        .order_by()
    )
    return {About(recipient, offer, Heard.NO, reason): persons for recipient, offer, reason, persons in rows}
