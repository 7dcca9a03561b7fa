"""One row of the directory as one HSDS 3.1 object, without what hangs on it. Pure.

What is empty is left out, but for what HSDS requires. What HSDS makes an object of and we keep as a column (a
price, a language) has a key made from its owner's, so that it is the same whenever it is asked for.
"""

import re
from collections.abc import Iterator
from datetime import date, time
from typing import Any, TypeAlias
from urllib.parse import quote, urlsplit
from uuid import UUID

from brobygger.offers import marks
from brobygger.offers.details import Program
from brobygger.offers.geodesy import wgs84
from brobygger.offers.hsds import keys
from brobygger.offers.hsds.keys import key
from brobygger.offers.models import Location, Offer, OfferAtLocation, Phone, Schedule
from brobygger.offers.terms import CapacityKind, OfferStatus, Theme
from brobygger.partners.models import Organisation

Object: TypeAlias = dict[str, Any]

BYDAY = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
STATUS = {
    OfferStatus.ACTIVE: "active",
    OfferStatus.PAUSED: "temporarily closed",
    OfferStatus.CLOSED: "defunct",
}
STEPS = {True: "Step-free access", False: "Steps at the entrance"}
ADDRESS = ("address_1", "city", "state_province", "postal_code", "country", "address_type")
SAFE = "/:;,@!$&'()*+=~-._?#%[]"  # what quoting leaves alone in an address of the web
URI = re.compile(r"https?://(?:[A-Za-z0-9\-._~!$&'()*+,;=:@/?]|%[0-9A-Fa-f]{2})+(?:#[^#\[\]]*)?")
MAILBOX = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")


def told(always: tuple[str, ...] = (), **fields: object) -> Object:
    """An object of what is told."""
    return {
        name: str(value) if isinstance(value, UUID) else value
        for name, value in fields.items()
        if name in always or value not in (None, "", [])
    }


def uri(text: str) -> str:
    """A whole address of the web, or nothing: HSDS takes no other.

    >>> uri("www.gældsråd.dk/åbent"), uri("https://a.dk/x y"), uri("javascript:alert(1)"), uri("spørg os")
    ('http://www.g%C3%A6ldsr%C3%A5d.dk/%C3%A5bent', 'https://a.dk/x%20y', '', '')
    """
    whole = text.strip()
    if "://" not in whole and re.match(r"[\w-]+(\.[\w-]+)+(/|$)", whole):
        whole = f"http://{whole}"
    quoted = quote(whole, safe=SAFE)
    try:
        is_somewhere = bool(urlsplit(quoted).hostname)
    except ValueError:
        return ""
    return quoted if is_somewhere and URI.fullmatch(quoted) else ""


def mailbox(text: str) -> str:
    """
    >>> mailbox(" os@hus.dk "), mailbox("skriv til os")
    ('os@hus.dk', '')
    """
    return text.strip() if MAILBOX.fullmatch(text.strip()) else ""


def organization(one: Organisation) -> Object:
    return told(
        id=one.pk,
        name=one.name,
        alternate_name=one.alternate_name,
        description=one.description or one.name,
        email=mailbox(one.email),
        website=uri(one.website),
        tax_status=one.tax_status,
        tax_id=one.tax_id,
        year_incorporated=one.year_incorporated,
        legal_status=one.legal_status,
        logo=uri(one.logo),
        uri=uri(one.uri),
        parent_organization_id=one.parent_id,
    )


def program(one: Program) -> Object:
    return told(
        ("description",),
        id=one.pk,
        organization_id=one.organisation_id,
        name=one.name,
        alternate_name=one.alternate_name,
        description=one.description,
    )


def service(one: Offer) -> Object:
    return told(
        id=one.pk,
        organization_id=one.organisation_id,
        program_id=one.program_id,
        name=one.name,
        alternate_name=one.alternate_name,
        description=one.description,
        url=uri(one.website),
        email=mailbox(one.email),
        status=STATUS[OfferStatus(one.status)],
        application_process=one.application_process,
        fees_description=one.fees_description,
        wait_time=one.wait_time,
        eligibility_description=one.eligibility_description,
        minimum_age=one.minimum_age,
        maximum_age=one.maximum_age,
        alert=one.alert,
        interpretation_services=one.interpretation_services,
        accreditations=one.accreditations,
        licenses=one.licenses,
        assured_date=day(one.assured_on),
        assurer_email=mailbox(one.assurer_email),
    )


def location(one: Location) -> Object:
    """Of a protected place neither address nor point is kept; none can be given out."""
    latitude, longitude = None, None
    if one.easting is not None and one.northing is not None:
        latitude, longitude = wgs84(one.easting, one.northing)
    return told(
        id=one.pk,
        location_type=one.location_type,
        url=uri(one.website),
        organization_id=one.organisation_id,
        name=one.name,
        alternate_name=one.alternate_name,
        description=one.description,
        transportation=one.transportation,
        latitude=latitude,
        longitude=longitude,
        external_identifier=one.external_identifier,
        external_identifier_type=one.external_identifier_type,
    )


def service_at_location(one: OfferAtLocation) -> Object:
    return told(id=one.pk, service_id=one.offer_id, location_id=one.location_id, description=one.description)


def visited(one: Location) -> Iterator[Object]:
    """The address of a place, if one is told. Of a protected place the database keeps the town alone."""
    if any((one.address, one.city, one.postal_code)):
        yield _address(one.pk, "physical", one.address, one.city, one.postal_code, location_id=one.pk)


def written_to(one: Organisation) -> Iterator[Object]:
    if one.postal_address:
        yield _address(one.pk, "postal", one.postal_address, "", "", organization_id=one.pk)


def _address(owner: UUID, kind: str, line: str, city: str, postcode: str, **tie: UUID) -> Object:
    country = "DK" if re.fullmatch(r"\d{4}", postcode) else ""
    return told(
        ADDRESS,
        id=key(owner, "address", kind),
        **tie,
        address_1=line,
        city=city,
        state_province="",
        postal_code=postcode,
        country=country,
        address_type=kind,
    )


def phone(one: Phone) -> Object:
    """HSDS has extensions as numbers; another is said with the number."""
    is_number = one.extension.isdecimal()
    return told(
        id=one.pk,
        location_id=one.location_id,
        service_id=one.offer_id,
        organization_id=one.organisation_id,
        service_at_location_id=one.at_id,
        contact_id=one.contact_id,
        number=one.number if is_number or not one.extension else f"{one.number} ext. {one.extension}",
        extension=int(one.extension) if is_number else None,
        type=one.kind,
        description=one.description,
    )


def schedule(one: Schedule) -> Object:
    return told(
        id=one.pk,
        service_id=one.offer_id,
        location_id=one.location_id,
        freq="WEEKLY",
        interval=1,
        byday=BYDAY[one.weekday],
        opens_at=clock(one.opens_at),
        closes_at=clock(one.closes_at),
        description=one.description,
    )


def clock(at: time | None) -> str:
    return f"{at:%H:%M}" if at else ""


def day(on: date | None) -> str:
    return on.isoformat() if on else ""


def language(one: Offer, code: str) -> Object:
    return told(id=key(one.pk, "language", code), service_id=one.pk, code=code)


def service_area(one: Offer, area: str) -> Object:
    return told(id=key(one.pk, "area", area), service_id=one.pk, name=area)


def cost_option(one: Offer) -> Iterator[Object]:
    if one.price is not None:
        yield told(
            id=key(one.pk, "price"), service_id=one.pk, currency="DKK", amount=round(one.price / 100, 2)
        )


def capacity(one: Offer) -> Iterator[Object]:
    """The places that are counted, where it is known when they were."""
    if one.capacity_kind == CapacityKind.PLACES and one.capacity_confirmed_on is not None:
        yield told(
            ("available",),
            id=key(one.pk, "capacity"),
            service_id=one.pk,
            unit={"id": keys.UNIT, "name": "places"},
            unit_id=keys.UNIT,
            available=one.free_places,
            maximum=one.places_total,
            updated=f"{one.capacity_confirmed_on.isoformat()}T00:00:00Z",
        )


def accessibility(one: Location) -> Iterator[Object]:
    if one.is_step_free is not None:
        described = STEPS[one.is_step_free]
        yield told(id=key(one.pk, "access"), location_id=one.pk, description=described)


FACTS = told(id=keys.FACTS, name="Brobygger", description=marks.ABOUT)
THEMES = told(
    id=keys.THEMES,
    name="Brobygger temaer",
    description="What a need is about and what an offer helps with, in the words of housing-social work.",
)


def own_terms() -> Iterator[Object]:
    """The terms of our two taxonomies, in their order."""
    for theme in Theme:
        yield _term(THEMES, theme.value, theme.label)
    for code, name in marks.terms():
        yield _term(FACTS, code, name)


def _term(taxonomy: Object, code: str, name: str) -> Object:
    return told(
        id=keys.term(taxonomy["id"], code),
        code=code,
        name=name,
        description=name,
        taxonomy=taxonomy["name"],
        taxonomy_id=taxonomy["id"],
        language="da" if taxonomy is THEMES else "en",
    )


OWN_TERMS = {(one["taxonomy_id"], one["code"]): one for one in own_terms()}


def attributes(entity: str, record: Any) -> Iterator[Object]:
    """Everything about a record that HSDS has no column for; and an offer's themes, as terms."""
    for theme in getattr(record, "themes", ()):
        if term := OWN_TERMS.get((THEMES["id"], theme)):
            yield _attribute(entity, record, term, theme)
    for code, value in marks.attributes(entity, record):
        yield _attribute(entity, record, OWN_TERMS[FACTS["id"], code], value)


def closed(one: Schedule) -> Iterator[Object]:
    """A weekday without hours is a day when it is closed."""
    if one.opens_at is None:
        yield _attribute("schedule", one, OWN_TERMS[FACTS["id"], marks.CLOSED], "true")


def _attribute(entity: str, record: Any, term: Object, value: str) -> Object:
    return told(
        id=key(record.pk, "attribute", term["id"], value),
        link_id=record.pk,
        link_entity=entity,
        taxonomy_term_id=term["id"],
        value=value,
        taxonomy_term=term,
    )
