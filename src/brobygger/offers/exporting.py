"""The directory given out as an HSDS 3.1 tabular data package, for whoever wants to read it elsewhere.

Only columns that HSDS documents. What it has no column for is in `marks`, as attributes of a taxonomy of our
own, so that an empty house that takes the package in has the same directory. What has been withdrawn is not
given out; the neighbourhoods that a house measures from are its own and not the directory's.
"""

import csv
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TypeAlias
from uuid import UUID

from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _

from brobygger.foundation.trouble import Trouble
from brobygger.offers import marks
from brobygger.offers.hsds import keys
from brobygger.offers.importing.places import wgs84
from brobygger.offers.models import Location, Offer, OfferAtLocation, Phone, Schedule
from brobygger.offers.terms import OfferStatus
from brobygger.partners.models import Organisation

Line: TypeAlias = tuple[object, ...]

BYDAY = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
STATUS = {
    OfferStatus.ACTIVE: "active",
    OfferStatus.PAUSED: "temporarily closed",
    OfferStatus.CLOSED: "defunct",
}
TIES = {
    "service": "service_id",
    "location": "location_id",
    "organization": "organization_id",
    "taxonomy": "taxonomy_id",
    "taxonomy_term": "taxonomy_term_id",
}
COLUMNS = {
    "organization": "id name alternate_name description email website",
    "service": "id organization_id name alternate_name description url email status application_process"
    " fees_description wait_time eligibility_description minimum_age maximum_age",
    "location": "id organization_id location_type name alternate_name description transportation"
    " latitude longitude",
    "accessibility": "id location_id description",
    "service_at_location": "id service_id location_id",
    "address": "id location_id organization_id address_1 city state_province postal_code country"
    " address_type",
    "phone": "id location_id service_id organization_id number extension type description",
    "schedule": "id service_id location_id freq interval byday opens_at closes_at description",
    "language": "id service_id code",
    "cost_option": "id service_id currency amount",
    "service_area": "id service_id name",
    "attribute": "id link_id link_entity taxonomy_term_id value",
    "taxonomy": "id name description",
    "taxonomy_term": "id code name description taxonomy_id",
}
PLURALS = {
    "service_at_location": "service_at_location",
    "accessibility": "accessibility",
    "address": "addresses",
    "taxonomy": "taxonomies",
}
STEPS = {True: "Step-free access", False: "Steps at the entrance"}
FILES = {name: f"{PLURALS.get(name, f'{name}s')}.csv" for name in COLUMNS}


def run(folder: Path, keeper: UUID | None = None) -> dict[str, int]:
    """Write the package and say how many rows each table got. All keepers' offers, or one keeper's.

    Raises `Trouble` if the folder holds something that is not an earlier package of ours.
    """
    if folder.exists() and any(folder.iterdir()) and not (folder / "datapackage.json").exists():
        raise Trouble(_("Mappen %(folder)s er ikke tom. Vælg en ny mappe.") % {"folder": folder})
    folder.mkdir(parents=True, exist_ok=True)
    kept = Q(withdrawn_at=None) & (Q(keeper_id=keeper) if keeper else Q())
    counts = {name: _write(folder / FILES[name], COLUMNS[name], lines) for name, lines in _tables(kept)}
    (folder / "datapackage.json").write_text(
        json.dumps(_descriptor(kept), ensure_ascii=False, indent=1), encoding="utf-8"
    )
    return counts


def _tables(kept: Q) -> Iterator[tuple[str, Iterable[Line]]]:
    offers, places = Offer.objects.filter(kept).order_by("id"), Location.objects.filter(kept).order_by("id")
    bodies = _organisations(offers, places)
    yield "organization", map(_organisation, bodies)
    yield "service", map(_service, offers)
    yield "location", map(_location, places)
    yield (
        "accessibility",
        (
            (keys.key(one.pk, "access"), one.pk, STEPS[one.is_step_free])
            for one in places
            if one.is_step_free is not None
        ),
    )
    yield "service_at_location", _links(kept)
    yield "address", _addresses(bodies, places)
    yield "phone", _phones(kept)
    yield "schedule", _schedules(kept)
    yield (
        "language",
        (
            (keys.key(one.pk, "language", code), one.pk, code)
            for one in offers
            for code in one.languages or ()
        ),
    )
    yield (
        "cost_option",
        (
            (keys.key(one.pk, "price"), one.pk, "DKK", f"{one.price // 100}.{one.price % 100:02}")
            for one in offers
            if one.price is not None
        ),
    )
    yield (
        "service_area",
        ((keys.key(one.pk, "area", area), one.pk, area) for one in offers for area in one.areas or ()),
    )
    yield "attribute", _attributes(kept, bodies, offers, places)
    yield "taxonomy", [(keys.FACTS, "Brobygger", marks.ABOUT)]
    yield (
        "taxonomy_term",
        ((keys.term(keys.FACTS, term), term, name, name, keys.FACTS) for term, name in marks.terms()),
    )


def _organisations(offers: QuerySet[Offer], places: QuerySet[Location]) -> QuerySet[Organisation]:
    """Those that stand behind something given out, whoever keeps them."""
    behind = Q(pk__in=offers.values("organisation")) | Q(pk__in=places.values("organisation"))
    return Organisation.objects.filter(behind).order_by("id")


def _organisation(one: Organisation) -> Line:
    return (one.pk, one.name, one.alternate_name, one.description or one.name, one.email, one.website)


def _attributes(
    kept: Q, bodies: QuerySet[Organisation], offers: QuerySet[Offer], places: QuerySet[Location]
) -> Iterator[Line]:
    records: tuple[tuple[str, Iterable[Model]], ...] = (
        ("organization", bodies),
        ("location", places),
        ("service", offers),
    )
    for entity, rows in records:
        for row in rows:
            for number, (term, value) in enumerate(marks.attributes(entity, row)):
                yield f"{row.pk}-mark-{number}", row.pk, entity, keys.term(keys.FACTS, term), value
    for key in Schedule.objects.filter(kept, opens_at=None).order_by("id").values_list("id", flat=True):
        yield f"{key}-closed", key, "schedule", keys.term(keys.FACTS, marks.CLOSED), "true"


def _service(one: Offer) -> Line:
    return (
        one.pk,
        one.organisation_id,
        one.name,
        one.alternate_name,
        one.description,
        one.website,
        one.email,
        STATUS[OfferStatus(one.status)],
        one.application_process,
        one.fees_description,
        one.wait_time,
        one.eligibility_description,
        one.minimum_age,
        one.maximum_age,
    )


def _location(one: Location) -> Line:
    point: tuple[object, object] = ("", "")
    if one.easting is not None and one.northing is not None:
        point = wgs84(one.easting, one.northing)
    told = (one.name, one.alternate_name, one.description, one.transportation)
    return (one.pk, one.organisation_id, "physical", *told, *point)


def _addresses(bodies: Iterable[Organisation], places: Iterable[Location]) -> Iterator[Line]:
    for body in bodies:
        if body.postal_address:
            yield (
                keys.key(body.pk, "address", "postal"),
                "",
                body.pk,
                body.postal_address,
                "",
                "",
                "",
                "",
                "postal",
            )
    for place in places:
        told = (place.address, place.city, "", place.postal_code)
        if any(told):
            country = "DK" if place.postal_code.isdigit() and len(place.postal_code) == 4 else ""
            yield keys.key(place.pk, "address", "physical"), place.pk, "", *told, country, "physical"


def _links(kept: Q) -> Iterable[Line]:
    both = Q(offer__withdrawn_at=None, location__withdrawn_at=None)
    return (
        OfferAtLocation.objects.filter(kept & both)
        .order_by("id")
        .values_list("id", "offer_id", "location_id")
    )


def _phones(kept: Q) -> Iterable[Line]:
    owners = ("location_id", "offer_id", "organisation_id")
    return (
        Phone.objects.filter(kept)
        .order_by("id")
        .values_list("id", *owners, "number", "extension", "kind", "description")
    )


def _schedules(kept: Q) -> Iterator[Line]:
    for one in Schedule.objects.filter(kept).order_by("id"):
        hours = (f"{one.opens_at:%H:%M}", f"{one.closes_at:%H:%M}") if one.opens_at else ("", "")
        yield (
            one.pk,
            one.offer_id,
            one.location_id,
            "WEEKLY",
            1,
            BYDAY[one.weekday],
            *hours,
            one.description,
        )


def _write(path: Path, columns: str, lines: Iterable[Line]) -> int:
    count = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns.split())
        for line in lines:
            writer.writerow(["" if cell is None else cell for cell in line])
            count += 1
    return count


def _descriptor(kept: Q) -> dict[str, Any]:
    licences = sorted(set(Offer.objects.filter(kept).exclude(licence="").values_list("licence", flat=True)))
    return {
        "name": "brobygger",
        "title": "Brobygger",
        "profile": "tabular-data-package",
        "version": "3.1",
        "licenses": [{"name": licence} for licence in licences],
        "resources": [
            {
                "name": name,
                "path": FILES[name],
                "format": "csv",
                "mediatype": "text/csv",
                "profile": "tabular-data-resource",
                "schema": {
                    "primaryKey": "id",
                    "fields": [{"name": column, "type": "string"} for column in columns.split()],
                    "foreignKeys": [
                        {"fields": tie, "reference": {"resource": table, "fields": "id"}}
                        for table, tie in TIES.items()
                        if tie in columns.split()
                    ],
                },
            }
            for name, columns in COLUMNS.items()
        ],
    }
