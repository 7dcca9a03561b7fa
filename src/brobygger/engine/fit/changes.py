"""What would open a near miss: the smallest change, and who could make it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, TypeAlias

from brobygger.engine.fit.constraints import Constraint, Plain, metres_away, minutes_on_foot
from brobygger.engine.fit.values import OfferFacts, Person, PlacesKind, Slot, WeekTimes
from brobygger.engine.quantities import Money

FactValue: TypeAlias = int | Money | date | WeekTimes | frozenset[str]


@dataclass(frozen=True, slots=True)
class SmallestChange:
    """The least that would take one constraint out of the way.

    `fact` and `value`: what the resident would have to be able to say. Without a fact only the offer can
    change it. `says` and `values` are for the sentence (`phrases`), as in a `Reason`.
    """

    constraint: Constraint
    says: str
    values: Mapping[str, Plain]
    fact: str | None = None
    value: FactValue | None = None

    @property
    def is_up_to_the_offer(self) -> bool:
        return self.fact is None

    def applied_to(self, person: Person) -> Person:
        """The same person, had they been able to say so. ValueError if only the offer can change it."""
        if self.fact is None:
            raise ValueError(f"only the offer can change {self.constraint!r}")
        said: dict[str, Any] = {self.fact: self.value}
        return replace(person, **said)


def smallest_change(person: Person, offer: OfferFacts, constraint: Constraint) -> SmallestChange:
    """What would take this constraint out of the way. It must stand in the way now.

    Nobody is asked to be younger, or to live or be another: there only the offer can change.
    A language, though, can be brought by somebody who comes along.
    """
    for_the_resident = CHANGES.get(constraint)
    change = for_the_resident(person, offer) if for_the_resident else None
    return change or _up_to_the_offer(offer, constraint)


def _walk_farther(person: Person, offer: OfferFacts) -> SmallestChange | None:
    metres = metres_away(person, offer)
    if metres is None:
        return None
    minutes = minutes_on_foot(metres)
    values = {"minutes": minutes, "metres": metres}
    return SmallestChange(Constraint.DISTANCE, "distance", values, "max_minutes", minutes)


def _find_time(person: Person, offer: OfferFacts) -> SmallestChange | None:
    """The slot that needs the fewest more half hours; of opening hours, the first half hour."""
    if person.times is None or not offer.slots:
        return None
    times, slots = person.times, sorted(offer.slots)
    slot = slots[0] if offer.come_and_go else min(slots, key=lambda slot: _missing(times, slot))
    needed = _first_half_hour(slot) if offer.come_and_go else slot
    return SmallestChange(
        Constraint.TIMES,
        "times:open" if offer.come_and_go else "times:held",
        {"slots": [(slot.weekday, slot.from_, slot.until)]},
        "times",
        times.with_slot(needed),
    )


def _bring_a_language(person: Person, offer: OfferFacts) -> SmallestChange | None:
    if not person.languages or not offer.languages:
        return None
    language = "da" if "da" in offer.languages else min(offer.languages)
    spoken = person.languages | {language}
    return SmallestChange(Constraint.LANGUAGE, "language", {"languages": [language]}, "languages", spoken)


def _pay_more(person: Person, offer: OfferFacts) -> SmallestChange | None:
    if offer.price is None:
        return None
    return SmallestChange(Constraint.PRICE, "price", {"price": offer.price.ore}, "max_price", offer.price)


def _wait_for_a_place(person: Person, offer: OfferFacts) -> SmallestChange | None:
    places = offer.places
    if places is None:
        return None
    if places.next_on and places.next_on > person.today:
        return _wait_until(Constraint.PLACES, places.next_on)
    if places.kind == PlacesKind.WAITING_LIST:
        tomorrow = person.today + timedelta(days=1)
        return SmallestChange(Constraint.PLACES, "wait:unknown", {}, "wait_until", tomorrow)
    return None


def _wait_for_the_opening(person: Person, offer: OfferFacts) -> SmallestChange | None:
    if offer.opens_on is None or offer.opens_on <= person.today:
        return None
    return _wait_until(Constraint.OPEN, offer.opens_on)


CHANGES = {
    Constraint.DISTANCE: _walk_farther,
    Constraint.TIMES: _find_time,
    Constraint.LANGUAGE: _bring_a_language,
    Constraint.PRICE: _pay_more,
    Constraint.PLACES: _wait_for_a_place,
    Constraint.OPEN: _wait_for_the_opening,
}


def _up_to_the_offer(offer: OfferFacts, constraint: Constraint) -> SmallestChange:
    name = constraint.name.lower() if constraint.name else ""
    genders = sorted(offer.genders or ()) if constraint == Constraint.GROUP else []
    return SmallestChange(constraint, f"offer:{name}", {"genders": genders} if genders else {})


def _wait_until(constraint: Constraint, day: date) -> SmallestChange:
    return SmallestChange(constraint, "wait:day", {"day": day.isoformat()}, "wait_until", day)


def _missing(times: WeekTimes, slot: Slot) -> int:
    """How many more half hours would have to be free."""
    return (slot.half_hours & ~times.day(slot.weekday)).bit_count()


def _first_half_hour(slot: Slot) -> Slot:
    return Slot(slot.weekday, slot.from_, min(slot.until, (slot.from_ // 30 + 1) * 30))
