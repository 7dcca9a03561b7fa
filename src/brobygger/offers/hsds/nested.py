"""Whole pages of HSDS objects, each with what hangs on it: as few queries for a page as for one object."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import Q

from brobygger.offers.hsds import dated, flat
from brobygger.offers.hsds.flat import Object
from brobygger.offers.hsds.parts import Parts, gathered
from brobygger.offers.models import Location, Offer, OfferAtLocation
from brobygger.offers.terms import OfferStatus
from brobygger.partners.models import Organisation

A_LONG_LIST = 2_000


def services(keys: Sequence[UUID], *, full: bool) -> list[Object]:
    """These services in this order: with organisation and program, and with everything else if `full`."""
    offers = in_order(Offer.objects.select_related("organisation", "program"), keys)
    if full:
        return _with_services(offers)[0]
    last = dated.services(keys)
    return [_listed(one, last) | {"organization": flat.organization(one.organisation)} for one in offers]


def services_in_short(keys: Sequence[UUID]) -> list[Object]:
    """What shows a reader what is new and what is gone: key, date, and what HSDS requires. 2 queries.

    Of a whole directory the database reads the tables through: it takes long over a list of so many keys.
    """
    is_long = len(keys) > A_LONG_LIST
    asked = Q(withdrawn_at=None) if is_long else Q(pk__in=keys)
    rows = {row[0]: row for row in Offer.objects.filter(asked).values_list("id", "name", "status")}
    last = dated.services(None if is_long else keys)
    return [
        {
            "id": str(key),
            "name": rows[key][1],
            "status": flat.STATUS[OfferStatus(rows[key][2])],
            "last_modified": last[str(key)],
            "modified_date": last[str(key)],
        }
        for key in keys
        if key in rows
    ]


def service_at_locations(keys: Sequence[UUID], *, full: bool) -> list[Object]:
    """These ties in this order, with the place and the service."""
    related = OfferAtLocation.objects.select_related("location", "offer__organisation", "offer__program")
    ties = in_order(related, keys)
    last = dated.services([one.offer_id for one in ties])
    parts = gathered(places=[one.location for one in ties], ties=ties) if full else Parts()
    return [
        parts.whole(flat.service_at_location(one))
        | {"location": parts.whole(flat.location(one.location))}
        | {"service": _listed(one.offer, last)}
        for one in ties
    ]


def organizations(keys: Sequence[UUID], *, full: bool, full_service: bool) -> list[Object]:
    """These organisations in this order; with their services if `full`, whole ones if `full_service`."""
    bodies = in_order(Organisation.objects.all(), keys)
    if not full and not full_service:
        return [flat.organization(one) for one in bodies]
    places = list(Location.objects.filter(organisation__in=keys, withdrawn_at=None).order_by("id"))
    kept = Offer.objects.filter(organisation__in=keys, withdrawn_at=None)
    offers = list(kept.select_related("organisation", "program").order_by("id"))
    told, parts = (
        _with_services(offers, places, bodies) if full_service else _with_lists(offers, places, bodies)
    )
    for place in places:
        parts.hang(place.organisation_id, "locations", [parts.whole(flat.location(place))])
    for offer, one in zip(offers, told, strict=True):
        parts.hang(offer.organisation_id, "services", [one])
    return [parts.whole(flat.organization(one)) for one in bodies]


def _with_lists(
    offers: Sequence[Offer], places: Sequence[Location], bodies: Sequence[Organisation]
) -> tuple[list[Object], Parts]:
    last = dated.services([one.pk for one in offers])
    return [_listed(one, last) for one in offers], gathered(places=places, bodies=bodies)


def in_order(rows: Any, keys: Sequence[UUID]) -> list[Any]:
    """The rows with these keys, as the keys stand. What is gone since the keys were read is left out."""
    found = {row.pk: row for row in rows.filter(pk__in=keys)}
    return [found[key] for key in keys if key in found]


def _with_services(
    offers: Sequence[Offer], places: Sequence[Location] = (), bodies: Sequence[Organisation] = ()
) -> tuple[list[Object], Parts]:
    """Whole services; and the parts, in which what hangs on the other places and organisations is too."""
    links = OfferAtLocation.objects.filter(
        offer__in=[one.pk for one in offers], withdrawn_at=None, location__withdrawn_at=None
    )
    ties = list(links.select_related("location").order_by("location__name", "id"))
    behind = {one.organisation_id: one.organisation for one in offers} | {one.pk: one for one in bodies}
    there = [*places, *(one.location for one in ties)]
    parts = gathered(offers=offers, places=there, bodies=list(behind.values()), ties=ties)
    whole_bodies = {key: parts.whole(flat.organization(one)) for key, one in behind.items()}
    for tie in ties:
        whole = parts.whole(flat.service_at_location(tie))
        place = {"location": parts.whole(flat.location(tie.location))}
        parts.hang(tie.offer_id, "service_at_locations", [whole | place])
    last = dated.services([one.pk for one in offers])
    whole_ones = [
        parts.whole(_listed(one, last)) | {"organization": whole_bodies[one.organisation_id]}
        for one in offers
    ]
    return whole_ones, parts


def _listed(one: Offer, last: dated.Dates) -> Object:
    """A service with what it has one of."""
    listed = flat.service(one)
    if str(one.pk) in last:
        listed["last_modified"] = last[str(one.pk)]
    if one.program is not None:
        listed["program"] = flat.program(one.program)
    return listed
