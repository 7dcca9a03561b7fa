"""How to get to some offers and whom to ring there: what a list of suggestions folds under each of them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Q

from brobygger.offers import page
from brobygger.offers.models import Location, Phone
from brobygger.offers.page import Number
from brobygger.offers.reads import OfferRow

MAP = "https://www.openstreetmap.org/search"


@dataclass(frozen=True, slots=True)
class Reach:
    """`map` shows the place and is told nothing of where anybody comes from. Empty: nobody has told us."""

    numbers: tuple[Number, ...] = ()
    way_there: tuple[str, ...] = ()
    map: str = ""


NO_REACH = Reach()


def reaching(rows: Collection[OfferRow]) -> Mapping[UUID, Reach]:
    """One query."""
    phones = list(
        Phone.objects.filter(
            Q(offer__in=[row.offer_id for row in rows])
            | Q(location__in=[place.pk for row in rows for place in row.at])
            | Q(organisation__in=[row.organisation_id for row in rows]),
            withdrawn_at=None,
        ).order_by("number", "id")
    )
    return {row.offer_id: _reach(row, phones) for row in rows}


def _reach(row: OfferRow, phones: Iterable[Phone]) -> Reach:
    at = {place.pk for place in row.at}
    theirs = [
        one
        for one in phones
        if one.offer_id == row.offer_id or one.location_id in at or one.organisation_id == row.organisation_id
    ]
    told = dict.fromkeys(place.transportation for place in row.at if place.transportation)
    return Reach(page.numbers(theirs, row.organisation), tuple(told), _map(row.at))


def _map(places: Sequence[Location]) -> str:
    """The one place on a public map, by its address. With several places the offer's own page tells them."""
    if len(places) != 1 or not places[0].address:
        return ""
    at = places[0]
    return f"{MAP}?{urlencode({'query': f'{at.address}, {at.postal_code} {at.city}'.strip(', ')})}"
