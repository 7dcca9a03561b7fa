"""Whole pages of HSDS objects, each with what hangs on it: as few queries for a page as for one object."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import F, Model, Q

from brobygger.offers.hsds import dated, flat
from brobygger.offers.hsds.flat import Object
from brobygger.offers.models import Location, Offer, OfferAtLocation, Phone, Schedule
from brobygger.offers.terms import OfferStatus
from brobygger.partners.models import Organisation


@dataclass(slots=True)
class Parts:
    """What hangs on what: the key of a row -> the name of a list -> its objects."""

    lists: dict[UUID, dict[str, list[Object]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(list))
    )

    def hang(self, owner: UUID | None, name: str, objects: Iterable[Object]) -> None:
        if owner is not None:
            self.lists[owner][name].extend(objects)

    def whole(self, one: Object) -> Object:
        """The object with its lists, in the order of their names."""
        hung = self.lists.get(UUID(one["id"]), {})
        return one | {name: hung[name] for name in sorted(hung)}


def services(keys: Sequence[UUID], *, full: bool) -> list[Object]:
    """These services in this order: with organisation, and with everything else if `full`. 2 or 5 queries."""
    offers = in_order(Offer.objects.select_related("organisation"), keys)
    if full:
        return _whole_services(offers)
    last = dated.services(keys)
    return [
        _dated(flat.service(one), last) | {"organization": flat.organization(one.organisation)}
        for one in offers
    ]


def services_in_short(keys: Sequence[UUID]) -> list[Object]:
    """What shows a reader what is new and what is gone: key, date, and what HSDS requires. 2 queries."""
    rows = {row[0]: row for row in Offer.objects.filter(pk__in=keys).values_list("id", "name", "status")}
    last = dated.services(keys)
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
    """These ties in this order, with the place and the service. 2 or 4 queries."""
    related = OfferAtLocation.objects.select_related("location", "offer__organisation")
    ties = in_order(related, keys)
    last = dated.services([one.offer_id for one in ties])
    places = [one.location for one in ties]
    parts = _parts([], places, []) if full else Parts()
    return [
        flat.service_at_location(one)
        | {"location": parts.whole(flat.location(one.location))}
        | {"service": _dated(flat.service(one.offer), last)}
        for one in ties
    ]


def organizations(keys: Sequence[UUID], *, full: bool, full_service: bool) -> list[Object]:
    """These organisations in this order; with their services if `full`, whole ones if `full_service`."""
    bodies = in_order(Organisation.objects.all(), keys)
    if not full and not full_service:
        return [flat.organization(one) for one in bodies]
    places = list(Location.objects.filter(organisation__in=keys, withdrawn_at=None).order_by("id"))
    kept = Offer.objects.filter(organisation__in=keys, withdrawn_at=None)
    offers = list(kept.select_related("organisation").order_by("id"))
    parts = _parts([], places, bodies)
    for place in places:
        parts.hang(place.organisation_id, "locations", [parts.whole(flat.location(place))])
    last = {} if full_service else dated.services([one.pk for one in offers])
    told = _whole_services(offers) if full_service else [_dated(flat.service(one), last) for one in offers]
    for offer, one in zip(offers, told, strict=True):
        parts.hang(offer.organisation_id, "services", [one])
    return [parts.whole(flat.organization(one)) for one in bodies]


def in_order(rows: Any, keys: Sequence[UUID]) -> list[Any]:
    """The rows with these keys, as the keys stand. What is gone since the keys were read is left out."""
    found = {row.pk: row for row in rows.filter(pk__in=keys)}
    return [found[key] for key in keys if key in found]


def _whole_services(offers: Sequence[Offer]) -> list[Object]:
    links = OfferAtLocation.objects.filter(
        offer__in=[one.pk for one in offers], withdrawn_at=None, location__withdrawn_at=None
    )
    ties = list(links.select_related("location").order_by("location__name", "id"))
    bodies = {one.organisation_id: one.organisation for one in offers}
    parts = _parts(offers, [one.location for one in ties], list(bodies.values()))
    for tie in ties:
        whole = flat.service_at_location(tie) | {"location": parts.whole(flat.location(tie.location))}
        parts.hang(tie.offer_id, "service_at_locations", [whole])
    last = dated.services([one.pk for one in offers])
    return [
        parts.whole(_dated(flat.service(one), last))
        | {"organization": parts.whole(flat.organization(one.organisation))}
        for one in offers
    ]


def _dated(one: Object, last: dated.Dates) -> Object:
    return one | {"last_modified": last[one["id"]]} if one["id"] in last else one


def _parts(offers: Sequence[Offer], places: Sequence[Location], bodies: Sequence[Organisation]) -> Parts:
    """Everything that hangs on these rows. Two queries."""
    parts = Parts()
    for offer in offers:
        _hang_on_offer(parts, offer)
    for place in {one.pk: one for one in places}.values():
        parts.hang(place.pk, "addresses", flat.visited(place))
        parts.hang(place.pk, "accessibility", flat.accessibility(place))
        parts.hang(place.pk, "attributes", flat.attributes("location", place))
    for body in bodies:
        parts.hang(body.pk, "attributes", flat.attributes("organization", body))
    _hang_phones(parts, offers, places, bodies)
    _hang_schedules(parts, offers, places)
    return parts


def _hang_on_offer(parts: Parts, offer: Offer) -> None:
    parts.hang(offer.pk, "languages", (flat.language(offer, code) for code in offer.languages or ()))
    parts.hang(offer.pk, "service_areas", (flat.service_area(offer, area) for area in offer.areas or ()))
    parts.hang(offer.pk, "cost_options", flat.cost_option(offer))
    parts.hang(offer.pk, "attributes", flat.attributes("service", offer))


def _hang_phones(
    parts: Parts, offers: Sequence[Offer], places: Sequence[Location], bodies: Sequence[Organisation]
) -> None:
    owned = Q(offer__in=_keys(offers)) | Q(location__in=_keys(places)) | Q(organisation__in=_keys(bodies))
    for one in Phone.objects.filter(owned, withdrawn_at=None).order_by("number", "id"):
        for owner in (one.offer_id, one.location_id, one.organisation_id):
            parts.hang(owner, "phones", [flat.phone(one)])


def _hang_schedules(parts: Parts, offers: Sequence[Offer], places: Sequence[Location]) -> None:
    owned = Q(offer__in=_keys(offers)) | Q(location__in=_keys(places))
    rows = Schedule.objects.filter(owned, withdrawn_at=None)
    for one in rows.order_by("weekday", F("opens_at").asc(nulls_last=True), "id"):
        parts.hang(one.pk, "attributes", flat.closed(one))
        parts.hang(one.offer_id or one.location_id, "schedules", [parts.whole(flat.schedule(one))])


def _keys(rows: Sequence[Model]) -> list[UUID]:
    return [row.pk for row in rows]
