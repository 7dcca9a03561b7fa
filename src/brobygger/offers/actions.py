"""What changes in the directory."""

from django.db.models import F

from brobygger.foundation.scope import organisation_scope
from brobygger.offers.models import Offer
from brobygger.offers.terms import CapacityKind


class NoPlaceLeft(Exception):
    """The last place went to somebody else."""


def take_place(*, offer: Offer) -> None:
    """Take one place, or raise `NoPlaceLeft`. Offers that do not count places always have room.

    The comparison is part of the UPDATE and the row is locked by it until the end of the transaction,
    so the last place is given once (OFF-04). The directory is written by its keeper only, hence the
    short step into the keeper's scope; nothing else happens there.
    """
    if offer.capacity_kind != CapacityKind.PLACES:
        return
    with organisation_scope(offer.keeper_id):
        free = Offer.objects.filter(pk=offer.pk, places_taken__lt=F("places_total"))
        if not free.update(places_taken=F("places_taken") + 1):
            raise NoPlaceLeft(offer.pk)


def give_place_back(*, offer: Offer) -> None:
    """Give one place back when the person who had it no longer comes."""
    if offer.capacity_kind != CapacityKind.PLACES:
        return
    with organisation_scope(offer.keeper_id):
        Offer.objects.filter(pk=offer.pk, places_taken__gt=0).update(places_taken=F("places_taken") - 1)
