"""The directory as fit wants it: every current offer as `OfferFacts`, kept in memory until a row changes.

What the directory does not say stays None and is asked for. Its silence never means "for all": who has no
age limit says so with `minimum_age = 0`, who takes everybody's language or area with an empty list.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, TypeAlias
from uuid import UUID

from django.db import connection

from brobygger.engine.fit import columns
from brobygger.engine.fit.layout import Columns
from brobygger.engine.fit.values import AgeSpan, Gender, OfferFacts, Places, PlacesKind, Slot
from brobygger.engine.quantities import Money, Point
from brobygger.offers import rules
from brobygger.offers.models import Offer, OfferAtLocation, Schedule
from brobygger.offers.terms import CapacityKind, OfferStatus, OnlyFor

FIELDS = (
    "id",
    "status",
    "themes",
    "minimum_age",
    "maximum_age",
    "only_for",
    "languages",
    "areas",
    "price",
    "by_arrangement",
    "capacity_kind",
    "places_total",
    "places_taken",
    "capacity_confirmed_on",
    "next_places_on",
    "queue",
    "opens_on",
    "closes_on",
)
WHO = {
    OnlyFor.EVERYONE: frozenset[Gender](),
    OnlyFor.WOMEN: frozenset({Gender.WOMAN}),
    OnlyFor.MEN: frozenset({Gender.MAN}),
}
ROOM = {
    CapacityKind.OPEN_DOOR: PlacesKind.OPEN_DOOR,
    CapacityKind.TALK_FIRST: PlacesKind.TALK_FIRST,
    CapacityKind.WAITING_LIST: PlacesKind.WAITING_LIST,
    CapacityKind.FULL: PlacesKind.FULL,
}
WAITS = frozenset({PlacesKind.WAITING_LIST, PlacesKind.FULL})
STAMP = """
    SELECT sum(hashtidextended(ctid, xmin::text::bigint)) FROM offers_offer
    UNION ALL SELECT sum(hashtidextended(ctid, xmin::text::bigint)) FROM offers_offeratlocation
    UNION ALL SELECT sum(hashtidextended(ctid, xmin::text::bigint)) FROM offers_location
    UNION ALL SELECT sum(hashtidextended(ctid, xmin::text::bigint)) FROM offers_schedule
"""

Row: TypeAlias = Mapping[str, Any]
Hours: TypeAlias = Mapping[UUID, list[Slot]]  # of an offer or a place


@dataclass(frozen=True, slots=True)
class Where:
    """One place of an offer."""

    location: UUID
    point: Point | None
    is_step_free: bool | None


@dataclass(frozen=True, slots=True)
class InMemory:
    """The packed directory, and what it was made from."""

    stamp: tuple[Decimal | None, ...]
    on: date
    columns: Columns


_in_memory: InMemory | None = None


def directory(on: date) -> Columns:
    """The current directory, packed. One query while nothing has changed, else four.

    A changed row is seen by the next reader after its commit: the stamp is read before the rows, so
    what is kept is never older than the stamp it is kept under.
    """
    global _in_memory
    now = stamp()
    known = _in_memory
    if known is None or known.stamp != now or known.on != on:
        known = InMemory(now, on, columns.pack(offer_facts(on)))
        _in_memory = known
    return known.columns


def stamp() -> tuple[Decimal | None, ...]:
    """A number per table that changes when any row of it is added, changed or removed. One query.

    It is a sum over the identity of each row version (where it lies and which transaction wrote it), so
    nothing needs to be counted up by writers, who would then wait for each other.
    """
    with connection.cursor() as cursor:
        cursor.execute(STAMP)
        return tuple(row[0] for row in cursor.fetchall())


def offer_facts(on: date) -> list[OfferFacts]:
    """Every offer that has not been withdrawn, as known on a day. Three queries."""
    places, hours = _places(), _hours_told()
    rows = Offer.objects.filter(withdrawn_at=None).values(*FIELDS)
    return [_facts(row, places[row["id"]], hours, on) for row in rows]


def _hours_told() -> Hours:
    """The slots of each offer and each place that has told anything; only closed days leave an empty list."""
    told: dict[UUID, list[Slot]] = {}
    rows = Schedule.objects.filter(withdrawn_at=None)
    for offer, location, weekday, opens, closes in rows.values_list(
        "offer_id", "location_id", "weekday", "opens_at", "closes_at"
    ):
        slots = told.setdefault(offer or location, [])
        if opens is not None and closes is not None:
            slots += rules.slots_between(weekday, opens, closes)
    return told


def _places() -> Mapping[UUID, list[Where]]:
    places = defaultdict[UUID, list[Where]](list)
    at = OfferAtLocation.objects.filter(withdrawn_at=None, location__withdrawn_at=None)
    fields = ("location__easting", "location__northing", "location__is_step_free")
    for offer, location, east, north, step_free in at.values_list("offer_id", "location_id", *fields):
        point = None if east is None else Point(east, north)
        places[offer].append(Where(location, point, step_free))
    return places


def _facts(row: Row, places: list[Where], hours: Hours, on: date) -> OfferFacts:
    opens_on, closes_on = rules.season(on=on, opens_on=row["opens_on"], closes_on=row["closes_on"])
    slots, are_opening_hours = _hours(row, places, hours)
    areas, languages, price = row["areas"], row["languages"], row["price"]
    return OfferFacts(
        id=row["id"],
        themes=frozenset(row["themes"]) or None,
        points=tuple(place.point for place in places if place.point) or None,
        slots=slots,
        come_and_go=are_opening_hours,
        ages=_ages(row["minimum_age"], row["maximum_age"]),
        languages=None if languages is None else frozenset(languages),
        step_free=_step_free(places),
        genders=WHO[OnlyFor(row["only_for"])],
        areas=None if areas is None or not rules.are_postal(areas) else frozenset(areas),
        price=None if price is None else Money(price),
        places=_room(row),
        opens_on=opens_on,
        closes_on=closes_on,
        paused=row["status"] != OfferStatus.ACTIVE and (closes_on is None or on < closes_on),
    )


def _hours(row: Row, places: list[Where], hours: Hours) -> tuple[tuple[Slot, ...] | None, bool]:
    """The slots, and whether they are opening hours. The offer's own come before those of its places.

    A place's hours say when the door is open, not when one must be there; likewise where one just comes.
    """
    if row["by_arrangement"]:
        return (), False
    own = hours.get(row["id"])
    are_opening_hours = own is None or row["capacity_kind"] == CapacityKind.OPEN_DOOR
    told = own if own is not None else [slot for place in places for slot in hours.get(place.location, ())]
    slots = rules.merged(told) if are_opening_hours else tuple(sorted(set(told)))
    return slots or None, are_opening_hours


def _ages(minimum: int | None, maximum: int | None) -> AgeSpan | None:
    """In the directory the last year counts with; in fit it does not."""
    if minimum is None and maximum is None:
        return None
    return AgeSpan(minimum or 0, None if maximum is None else maximum + 1)


def _step_free(places: list[Where]) -> bool | None:
    """Only what holds for every place holds for the offer; else one must ask which of them."""
    told = {place.is_step_free for place in places}
    return told.pop() if len(told) == 1 else None


def _room(row: Row) -> Places | None:
    kind = row["capacity_kind"]
    if kind == CapacityKind.UNKNOWN:
        return None
    free = row["places_total"] - row["places_taken"] if kind == CapacityKind.PLACES else 0
    told = PlacesKind.FREE if free > 0 else ROOM.get(kind, PlacesKind.FULL)
    if told is PlacesKind.FULL and row["queue"]:
        told = PlacesKind.WAITING_LIST
    return Places(
        told,
        free=free,
        next_on=row["next_places_on"] if told in WAITS else None,
        confirmed_on=row["capacity_confirmed_on"],
    )
