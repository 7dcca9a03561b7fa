"""The directory as fit wants it: every current offer as `OfferFacts`, kept in memory until a row changes.

What the directory does not say stays None and is asked for. Its silence never means "for all": who has no
age limit says so with `minimum_age = 0`, who takes everybody's language or area with an empty list.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from threading import Lock
from typing import Any, TypeAlias
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject

from brobygger.engine.fit import columns
from brobygger.engine.fit.layout import Columns
from brobygger.engine.fit.readmodel import ReadModel
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
WHERE = {
    "location": "location_id",
    "east": "location__easting",
    "north": "location__northing",
    "step_free": "location__is_step_free",
}
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
# One row: the rows of a UNION may come in any order once the server lets several processes gather them.
STAMP = """
    SELECT (SELECT sum(hashtidextended(ctid, xmin::text::bigint)) FROM offers_offer),
           (SELECT sum(hashtidextended(ctid, xmin::text::bigint)) FROM offers_offeratlocation),
           (SELECT sum(hashtidextended(ctid, xmin::text::bigint)) FROM offers_location),
           (SELECT sum(hashtidextended(ctid, xmin::text::bigint)) FROM offers_schedule)
"""
# The same by offer, and of each table apart: a number added to the transaction's that no other table adds.
VERSIONS = """
    SELECT offer, sum(version)::text FROM (
        SELECT id AS offer, hashtidextended(ctid, xmin::text::bigint * 8) AS version FROM offers_offer
        UNION ALL
        SELECT offer_id, hashtidextended(ctid, xmin::text::bigint * 8 + 1) FROM offers_offeratlocation
        UNION ALL
        SELECT a.offer_id, hashtidextended(l.ctid, l.xmin::text::bigint * 8 + 2)
        FROM offers_location l JOIN offers_offeratlocation a ON a.location_id = l.id
        UNION ALL
        SELECT offer_id, hashtidextended(ctid, xmin::text::bigint * 8 + 3)
        FROM offers_schedule WHERE offer_id IS NOT NULL
        UNION ALL
        SELECT a.offer_id, hashtidextended(s.ctid, s.xmin::text::bigint * 8 + 4)
        FROM offers_schedule s JOIN offers_offeratlocation a ON a.location_id = s.location_id
    ) every GROUP BY offer
"""
A_FEW = 500  # changed offers; of more the whole directory is read

Stamp: TypeAlias = tuple[Decimal | None, ...]
Row: TypeAlias = Mapping[str, Any]
Hours: TypeAlias = Mapping[UUID, list[Slot]]  # of an offer or a place


@dataclass(frozen=True, slots=True)
class Where:
    """One place of an offer."""

    location: UUID
    point: Point | None
    is_step_free: bool | None


@dataclass(frozen=True)
class InMemory:
    """The directory of one day, and which versions of the rows it was made from: in all, and offer by offer.

    Offer by offer it is asked only once something has changed.
    """

    stamp: Stamp
    on: date
    versions: Mapping[UUID, str] | None
    model: ReadModel

    @cached_property
    def columns(self) -> Columns:
        """The same offers field by field, for those who look at all of them."""
        return columns.pack(self.model.offers.values())


_in_memory: InMemory | None = None
_one_at_a_time = Lock()


def directory(on: date) -> Columns:
    """The current directory, packed. One query while nothing has changed, else four."""
    return _current(on).columns


def read_model(on: date) -> ReadModel:
    """The current directory, ready to be asked for one person. As many queries."""
    return _current(on).model


def _current(on: date) -> InMemory:
    """What is in memory, or read anew where that is no longer what the tables say.

    A changed row is seen by the next reader after its commit: the stamp is read before the rows, so
    what is kept is never older than the stamp it is kept under. Where few offers have changed, only those
    are read; who waits for another's reading finds it done.
    """
    global _in_memory
    now = stamp()
    known = _in_memory
    if known is None or known.stamp != now or known.on != on:
        with _one_at_a_time:
            known = _in_memory
            if known is None or known.stamp != now or known.on != on:
                known = _in_memory = _read(now, on, known)
    return known


def _read(now: Stamp, on: date, known: InMemory | None) -> InMemory:
    if known is None or known.on != on:
        return _read_all(now, on, None)
    versions = _versions()
    if known.versions is not None:
        gone = known.versions.keys() - versions.keys()
        changed = {offer for offer, version in versions.items() if known.versions.get(offer) != version}
        if len(changed) + len(gone) + len(known.model.beside.ids) <= A_FEW:
            told = offer_facts(on, only=changed)
            return InMemory(now, on, versions, known.model.with_changes(told, gone=gone | changed))
    return _read_all(now, on, versions)


def _read_all(now: Stamp, on: date, versions: Mapping[UUID, str] | None) -> InMemory:
    return InMemory(now, on, versions, ReadModel.of(columns.pack(offer_facts(on)), on=on))


def stamp() -> Stamp:
    """A number per table that changes when any row of it is added, changed or removed. One query.

    It is a sum over the identity of each row version (where it lies and which transaction wrote it), so
    nothing needs to be counted up by writers, who would then wait for each other.
    """
    with connection.cursor() as cursor:
        cursor.execute(STAMP)
        return tuple(cursor.fetchone() or ())


def _versions() -> dict[UUID, str]:
    """The same for each offer over its own rows and those of its places. One query."""
    with connection.cursor() as cursor:
        cursor.execute(VERSIONS)
        return dict(cursor.fetchall())


def offer_facts(on: date, *, only: Collection[UUID] | None = None) -> list[OfferFacts]:
    """Every offer that has not been withdrawn, or those of them, as known on a day. Two queries."""
    some = Offer.objects.filter(withdrawn_at=None)
    if only is not None:
        some = some.filter(pk__in=only)
    places = OfferAtLocation.objects.filter(
        offer=OuterRef("pk"), withdrawn_at=None, location__withdrawn_at=None
    ).values(told=JSONObject(**WHERE))
    told = [
        (row, [_where(**place) for place in row["tied"]])
        for row in some.values(*FIELDS, tied=ArraySubquery(places))
    ]
    schedules = Schedule.objects.filter(withdrawn_at=None)
    if only is not None:
        where = {place.location for _, at in told for place in at}
        schedules = schedules.filter(Q(offer__in=only) | Q(location__in=where))
    hours = _hours_told(schedules)
    return [_facts(row, at, hours, on) for row, at in told]


def facts_of(offer_id: UUID, on: date) -> OfferFacts | None:
    """One offer as known on a day; None if it is not in the directory. Two queries."""
    return next(iter(offer_facts(on, only=[offer_id])), None)


def _where(location: str, east: int | None, north: int, step_free: bool | None) -> Where:
    return Where(UUID(location), None if east is None else Point(east, north), step_free)


def _hours_told(schedules: QuerySet[Schedule]) -> Hours:
    """The slots of each offer and each place that has told anything; only closed days leave an empty list."""
    told: dict[UUID, list[Slot]] = {}
    for offer, location, weekday, opens, closes in schedules.values_list(
        "offer_id", "location_id", "weekday", "opens_at", "closes_at"
    ):
        slots = told.setdefault(offer or location, [])
        if opens is not None and closes is not None:
            slots += rules.slots_between(weekday, opens, closes)
    return told


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
