"""What this room holds about one resident: keys of offers that fit, forgotten with the need."""

from uuid import UUID

from brobygger.matching.models import KnownOffers


def forget_known_offers(resident_id: UUID) -> int:
    return KnownOffers.objects.filter(need__resident=resident_id).update(known=[], fresh=[])
