"""What the journeys need beside the sample estate. Run inside a demo, as the application."""

from brobygger.foundation.scope import organisation_scope
from brobygger.offers.models import Offer
from brobygger.site.sample.frame import HOUSE

FOOTBALL = "Fodbold for 9–12-årige"
TRAINER = "traener@boldklubben-bispen.invalid"
ROOM = 12


def make_room() -> None:
    """Every journey takes a place at the football, so there must be enough of them."""
    with organisation_scope(HOUSE):
        football = Offer.objects.get(name=FOOTBALL)
        football.places_total = football.places_taken + ROOM
        football.save()
