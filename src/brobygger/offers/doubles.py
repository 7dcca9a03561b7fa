"""Which of a house's offers may be the same, which were said to be, and where an old address leads."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from uuid import UUID

from django.db.models import Q

from brobygger.accounts.models import Membership
from brobygger.engine.duplicates import Entry, Proposal, Reason, propose
from brobygger.engine.quantities import Point
from brobygger.offers import facts
from brobygger.offers.models import Location, Offer, OfferAtLocation, Phone
from brobygger.offers.terms import Sameness
from brobygger.offers.verdicts import Verdict

MOST_SHOWN = 30
LONGEST_WAY = 20  # pointers from one entry to the next


@dataclass(frozen=True, slots=True)
class Side:
    """One of two entries, as it is laid beside the other."""

    offer: Offer
    source: str  # or the house itself
    places: tuple[str, ...]
    phones: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Double:
    """Two entries side by side, and why they are."""

    one: Side
    other: Side
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """A verdict that stands."""

    verdict: Verdict
    is_same: bool


def proposals(viewer: Membership) -> list[Proposal[UUID]]:
    """The pairs of the viewer's house that nobody has settled. Two queries, or five after a change."""
    keeper = viewer.organisation_id
    standing = Verdict.objects.filter(keeper_id=keeper, said=Sameness.APART, taken_back_at=None)
    settled = {frozenset(pair) for pair in standing.values_list("kept", "gone")}
    found = _proposed(keeper, facts.stamp())
    return [one for one in found if frozenset((one.one, one.other)) not in settled]


def side_by_side(viewer: Membership, pairs: Sequence[Proposal[UUID]]) -> list[Double]:
    """These pairs with what one decides by. Three queries."""
    keys = {key for pair in pairs for key in (pair.one, pair.other)}
    offers = Offer.objects.filter(pk__in=keys).select_related("organisation")
    places, phones = _places(Q(offer__in=keys)), _phones(Q(offer__in=keys))
    sides = {
        one.pk: Side(
            offer=one,
            source=one.source or viewer.house_name,
            places=tuple(_address(place) for place in places[one.pk]),
            phones=tuple(phones[one.pk]),
        )
        for one in offers
    }
    return [
        Double(sides[one.one], sides[one.other], one.reasons)
        for one in pairs
        if {one.one, one.other} <= set(sides)
    ]


def said(viewer: Membership) -> list[Said]:
    """What stands, the latest first. One query."""
    rows = Verdict.objects.filter(keeper_id=viewer.organisation_id, taken_back_at=None)
    kept = rows.select_related("kept", "gone").order_by("-at", "id")
    return [Said(one, one.said == Sameness.SAME) for one in kept]


def stands_now(offer_id: UUID) -> UUID | None:
    """The entry that now stands for this one, however often it was put together; None if it stands itself."""
    here = offer_id
    for _step in range(LONGEST_WAY):
        verdicts = Verdict.objects.filter(gone=here, said=Sameness.SAME, taken_back_at=None)
        further = verdicts.values_list("kept", flat=True).first()
        if further is None:
            break
        here = further
    return here if here != offer_id else None


@lru_cache(maxsize=8)
def _proposed(keeper: UUID, stamp: tuple[Decimal | None, ...]) -> list[Proposal[UUID]]:
    """Kept until a row of the directory changes. Three queries."""
    return propose(list(_entries(keeper)))


def _entries(keeper: UUID) -> Iterator[Entry[UUID]]:
    kept = Q(offer__keeper_id=keeper, offer__withdrawn_at=None)
    places, phones = _places(kept), _phones(kept)
    offers = Offer.objects.filter(keeper_id=keeper, withdrawn_at=None).select_related("organisation")
    for one in offers:
        here = places[one.pk]
        yield Entry(
            key=one.pk,
            source=one.source,
            name=one.name,
            body=one.organisation.name,
            phones=tuple(phones[one.pk]),
            addresses=tuple(f"{place.address} {place.postal_code}" for place in here if place.address),
            points=tuple(Point(p.easting, p.northing) for p in here if p.easting and p.northing),
            website=one.website,
            mailbox=one.email,
        )


def _places(offered: Q) -> defaultdict[UUID, list[Location]]:
    places = defaultdict[UUID, list[Location]](list)
    ties = OfferAtLocation.objects.filter(offered, withdrawn_at=None, location__withdrawn_at=None)
    for tie in ties.select_related("location").order_by("location__name", "id"):
        places[tie.offer_id].append(tie.location)
    return places


def _phones(offered: Q) -> defaultdict[UUID, list[str]]:
    phones = defaultdict[UUID, list[str]](list)
    rows = Phone.objects.filter(offered, withdrawn_at=None).order_by("number", "id")
    for offer, number in rows.values_list("offer_id", "number"):
        phones[offer].append(number)
    return phones


def _address(place: Location) -> str:
    return ", ".join(filter(None, (place.name, place.address, f"{place.postal_code} {place.city}".strip())))
