"""How many could use an offer: all that whoever runs it may know before a bridge is built (MAT-09)."""

from datetime import date
from uuid import UUID

from brobygger.engine.fit.values import OfferFacts
from brobygger.matching.other_way import fitting
from brobygger.residents.models import Need
from brobygger.statistics import door


def who_could_use(offer: OfferFacts, *, recipient: UUID, on: date) -> str:
    """In words, for the house whose scope is open: "færre end 5", "mindst 10". Two queries.

    Different residents who have said yes to this recipient. In steps, so that one more or one fewer from one
    day to the next is not seen.
    """
    needs = Need.objects.filter(closed_at=None).select_related("resident__home").order_by("opened_at", "pk")
    found = fitting(needs, offer, recipient=recipient, on=on)
    return door.at_least(len({need.resident_id for need in found}))
