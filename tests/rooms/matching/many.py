"""Random offers in the real tables and random persons, the same for the same seed."""

from datetime import date, time, timedelta
from random import Random
from typing import Any, TypeVar
from uuid import UUID

from brobygger.engine.fit.values import Gender, Person, Slot, WeekTimes
from brobygger.engine.quantities import Money, Point
from brobygger.foundation.scope import organisation_scope
from brobygger.offers.models import Location, Offer, OfferAtLocation, Schedule
from brobygger.offers.terms import CapacityKind, OfferStatus, OnlyFor, Theme
from tests.people import CLUB, HOUSE, TODAY

T = TypeVar("T")
THEMES = list(Theme)[:4]
LANGUAGES = ["da", "ar", "en"]
AREAS = ["2400", "2700", "0101"]
HOURS = [time(hour, minute) for hour in (0, 8, 15, 16, 23) for minute in (0, 10, 30)]


def fill(seed: int, how_many: int) -> None:
    """So many offers, a third as many places, and hours for both."""
    random = Random(seed)
    with organisation_scope(HOUSE):
        locations = Location.objects.bulk_create(_location(random) for _ in range(how_many // 3))
        offers = Offer.objects.bulk_create(_offer(random) for _ in range(how_many))
        pairs = {(random.choice(offers).pk, random.choice(locations).pk) for _ in range(how_many * 3 // 2)}
        OfferAtLocation.objects.bulk_create(
            OfferAtLocation(offer_id=offer, location_id=place) for offer, place in sorted(pairs)
        )
        Schedule.objects.bulk_create(
            [_schedule(random, offer=random.choice(offers)) for _ in range(how_many)]
            + [_schedule(random, location=random.choice(locations)) for _ in range(how_many)]
        )


def person(random: Random) -> Person:
    return Person(
        today=TODAY,
        themes=frozenset(random.sample(THEMES, random.choice([1, 1, 2]))),
        home=_maybe(random, Point(random.randrange(6_000), random.randrange(6_000))),
        max_minutes=_maybe(random, random.choice([10, 20, 40])),
        times=_maybe(random, _times(random)),
        age=_maybe(random, random.choice([5, 6, 12, 13, 18, 81])),
        languages=_maybe(random, frozenset(random.sample(LANGUAGES, 1))),
        needs_step_free=_maybe(random, random.random() < 0.5),
        gender=_maybe(random, random.choice(list(Gender))),
        areas=_maybe(random, frozenset({random.choice(AREAS)})),
        max_price=_maybe(random, Money(random.choice([0, 1_000, 5_000]))),
        wait_until=_maybe(random, random.choice([TODAY, TODAY + timedelta(20), date.max])),
    )


def _maybe(random: Random, value: T) -> T | None:
    return value if random.random() < 0.7 else None


def _times(random: Random) -> WeekTimes:
    return WeekTimes.of(
        Slot(random.randrange(7), from_, from_ + 240) for from_ in random.choices([0, 480, 735, 1_020], k=8)
    )


def _uuid(random: Random) -> UUID:
    return UUID(int=random.getrandbits(128), version=4)


def _day(random: Random) -> date:
    return TODAY + timedelta(random.choice([-40, -31, -30, -1, 0, 1, 20, 21, 60]))


def _location(random: Random) -> Location:
    is_placed = random.random() < 0.8
    return Location(
        id=_uuid(random),
        organisation_id=CLUB,
        easting=random.randrange(6_000) if is_placed else None,
        northing=random.randrange(6_000) if is_placed else None,
        is_step_free=random.choice([True, False, None]),
        withdrawn_at=random.choice([None] * 9 + ["2026-11-01T12:00Z"]),
    )


def _offer(random: Random) -> Offer:
    kind = random.choice(list(CapacityKind))
    minimum = _maybe(random, random.choice([0, 0, 6, 13, 18]))
    fields: dict[str, Any] = {
        "status": random.choice([OfferStatus.ACTIVE] * 6 + [OfferStatus.PAUSED, OfferStatus.CLOSED]),
        "themes": random.sample(THEMES, random.choice([0, 1, 1, 2])),
        "minimum_age": minimum,
        "maximum_age": _maybe(random, random.choice([18, 30, 99])),
        "only_for": random.choice([OnlyFor.EVERYONE] * 3 + [OnlyFor.WOMEN, OnlyFor.MEN]),
        "languages": _maybe(random, random.sample(LANGUAGES, random.randrange(3))),
        "areas": _maybe(random, random.sample(AREAS, random.choice([0, 0, 1, 2]))),
        "price": _maybe(random, random.choice([0, 0, 999, 1_000, 5_001])),
        "by_arrangement": random.random() < 0.15,
        "capacity_kind": kind,
        "places_total": 3 if kind == CapacityKind.PLACES else None,
        "places_taken": random.randrange(4) if kind == CapacityKind.PLACES else 0,
        "capacity_confirmed_on": _maybe(random, _day(random)),
        "next_places_on": _day(random) if random.random() < 0.3 else None,
        "opens_on": _day(random) if random.random() < 0.25 else None,
        "closes_on": _day(random) if random.random() < 0.25 else None,
        "withdrawn_at": random.choice([None] * 9 + ["2026-11-01T12:00Z"]),
    }
    return Offer(id=_uuid(random), organisation_id=CLUB, name="Tilbud", **fields)


def _schedule(random: Random, **of: Any) -> Schedule:
    is_open = random.random() < 0.8
    return Schedule(
        id=_uuid(random),
        weekday=random.randrange(7),
        opens_at=random.choice(HOURS) if is_open else None,
        closes_at=random.choice(HOURS) if is_open else None,
        withdrawn_at=random.choice([None] * 9 + ["2026-11-01T12:00Z"]),
        **of,
    )
