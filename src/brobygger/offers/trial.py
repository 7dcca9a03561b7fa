"""What an offer would be if a change were saved: saved for a moment, read, and taken back (MAT-06).

The same act does it that saves in earnest, so that what is foretold is what comes.
"""

from datetime import datetime

from django.db import transaction

from brobygger.engine.fit.values import OfferFacts
from brobygger.foundation.actor import Actor
from brobygger.foundation.days import local_day
from brobygger.offers import facts, keeping
from brobygger.offers.keeping import Told
from brobygger.offers.models import Offer


def before_and_after(
    *, offer: Offer, told: Told, by: Actor, at: datetime
) -> tuple[OfferFacts | None, OfferFacts | None]:
    """The facts as they stand and as they would. None for an offer that is out of the directory."""
    today = local_day(at)
    before = facts.facts_of(offer.pk, today)
    with transaction.atomic():
        trial = Offer.objects.get(pk=offer.pk)
        keeping.change_offer(offer=trial, seen=trial.version, told=told, by=by, at=at)
        after = facts.facts_of(offer.pk, today)
        transaction.set_rollback(True)
    return before, after
