"""The rules themselves, one function each, in the order of the table in `fit`.

Each looks at one person and one offer and answers with a `Reason`, or None where there is nothing to tell.
A reason is made of plain values, so that it can be frozen with a bridge and put into words later (`phrases`).
"""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntFlag, StrEnum, auto
from typing import TypeAlias

from brobygger.engine.fit.values import OfferFacts, Person, Places, PlacesKind, Slot

CONFIRMED_FOR = timedelta(days=30)  # then a figure about places is no longer knowledge


class Constraint(IntFlag):
    """What may stand in the way; one bit each."""

    NEED = auto()
    DISTANCE = auto()
    TIMES = auto()
    AGE = auto()
    LANGUAGE = auto()
    STEP_FREE = auto()
    GROUP = auto()
    AREA = auto()
    PRICE = auto()
    PLACES = auto()
    OPEN = auto()


NOTHING = Constraint(0)


class Standing(StrEnum):
    FITS = "fits"
    ASK = "ask"
    AGAINST = "against"


Plain: TypeAlias = int | str | Sequence["Plain"]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why one constraint stands as it does.

    `says` names the sentence (`phrases`), `facts` the person's facts it rests on, `fields` the offer's.
    Without facts it rests on the offer alone, or asks the resident for a fact that is missing.
    """

    constraint: Constraint
    standing: Standing
    says: str
    facts: tuple[str, ...]
    fields: tuple[str, ...]
    values: Mapping[str, Plain]


def reasons(person: Person, offer: OfferFacts) -> tuple[Reason, ...]:
    """Everything there is to say about this offer for this person, in the order of the constraints."""
    return tuple(reason for rule in RULES if (reason := rule(person, offer)) is not None)


def _need(person: Person, offer: OfferFacts) -> Reason:
    def tell(standing: Standing, says: str, **values: Plain) -> Reason:
        return Reason(Constraint.NEED, standing, says, ("themes",), ("themes",), values)

    if offer.themes is None:
        return tell(Standing.ASK, "need:unknown")
    if not offer.themes:
        return tell(Standing.FITS, "need:any")
    if shared := offer.themes & person.themes:
        return tell(Standing.FITS, "need:within", themes=sorted(shared))
    return tell(Standing.AGAINST, "need:outside", themes=sorted(offer.themes))


def _distance(person: Person, offer: OfferFacts) -> Reason | None:
    def tell(standing: Standing, says: str, *facts: str, **values: Plain) -> Reason:
        return Reason(Constraint.DISTANCE, standing, says, ("home", *facts), ("points",), values)

    if person.home is None:
        return None
    if offer.points is None:
        return tell(Standing.ASK, "distance:unknown")
    metres = metres_away(person, offer)
    if metres is None:
        return tell(Standing.FITS, "distance:none")
    minutes, limit = minutes_on_foot(metres), person.max_minutes
    if limit is None:
        return tell(Standing.FITS, "distance:walk", metres=metres, minutes=minutes)
    near_enough = Standing.FITS if minutes <= limit else Standing.AGAINST
    return tell(near_enough, "distance:limit", "max_minutes", metres=metres, minutes=minutes, limit=limit)


def _times(person: Person, offer: OfferFacts) -> Reason | None:
    def tell(standing: Standing, says: str, *slots: Slot) -> Reason:
        values = {"slots": [(slot.weekday, slot.from_, slot.until) for slot in slots]} if slots else {}
        return Reason(Constraint.TIMES, standing, says, ("times",), ("slots",), values)

    if person.times is None:
        return None
    if offer.slots is None:
        return tell(Standing.ASK, "times:unknown")
    if not offer.slots:
        return tell(Standing.FITS, "times:agreed")
    suits = person.times.touches if offer.come_and_go else person.times.covers
    suiting = [slot for slot in sorted(offer.slots) if suits(slot)]
    says = "times:open" if offer.come_and_go else "times:held"
    if suiting:
        return tell(Standing.FITS, says, *suiting)
    return tell(Standing.AGAINST, says, *sorted(offer.slots))


def _age(person: Person, offer: OfferFacts) -> Reason | None:
    span = offer.ages
    values: dict[str, Plain] = {}
    if span is not None:
        values["from"] = span.from_
    if span is not None and span.until is not None:
        values["until"] = span.until
    if person.age is not None:
        values["age"] = person.age
    return _limit_of_offer(
        Constraint.AGE,
        "ages",
        limited=None if span is None else not span.is_for_everyone,
        fact="age",
        said=person.age is not None,
        within=person.age is not None and span is not None and person.age in span,
        values=values,
    )


def _language(person: Person, offer: OfferFacts) -> Reason | None:
    shared = (person.languages or frozenset()) & (offer.languages or frozenset())
    return _limit_of_offer(
        Constraint.LANGUAGE,
        "languages",
        limited=_is_limited(offer.languages),
        fact="languages",
        said=person.languages is not None,
        within=bool(shared),
        values={"languages": sorted(shared or offer.languages or ())},
    )


def _step_free(person: Person, offer: OfferFacts) -> Reason | None:
    def tell(standing: Standing, says: str, *facts: str) -> Reason:
        return Reason(Constraint.STEP_FREE, standing, says, facts, ("step_free",), {})

    if person.needs_step_free is None:
        return tell(Standing.ASK, "step_free:whose") if offer.step_free is False else None
    if not person.needs_step_free:
        return None
    if offer.step_free is None:
        return tell(Standing.ASK, "step_free:unknown", "needs_step_free")
    if offer.step_free:
        return tell(Standing.FITS, "step_free:within", "needs_step_free")
    return tell(Standing.AGAINST, "step_free:outside", "needs_step_free")


def _group(person: Person, offer: OfferFacts) -> Reason | None:
    return _limit_of_offer(
        Constraint.GROUP,
        "genders",
        limited=_is_limited(offer.genders),
        fact="gender",
        said=person.gender is not None,
        within=person.gender in (offer.genders or frozenset()),
        values={"genders": sorted(offer.genders or ())},
    )


def _area(person: Person, offer: OfferFacts) -> Reason | None:
    shared = (person.areas or frozenset()) & (offer.areas or frozenset())
    return _limit_of_offer(
        Constraint.AREA,
        "areas",
        limited=_is_limited(offer.areas),
        fact="areas",
        said=person.areas is not None,
        within=bool(shared),
        values={"areas": sorted(shared or offer.areas or ())},
    )


def _price(person: Person, offer: OfferFacts) -> Reason | None:
    def tell(standing: Standing, says: str, **values: Plain) -> Reason:
        return Reason(Constraint.PRICE, standing, says, ("max_price",), ("price",), values)

    if person.max_price is None:
        return None
    if offer.price is None:
        return tell(Standing.ASK, "price:unknown")
    if offer.price.ore == 0:
        return tell(Standing.FITS, "price:free")
    within = Standing.FITS if offer.price <= person.max_price else Standing.AGAINST
    return tell(within, "price:limit", price=offer.price.ore, limit=person.max_price.ore)


def _places(person: Person, offer: OfferFacts) -> Reason:
    def tell(standing: Standing, says: str, *facts: str, **values: Plain) -> Reason:
        return Reason(Constraint.PLACES, standing, says, facts, ("places",), values)

    places = offer.places
    if places is None:
        return tell(Standing.ASK, "places:unknown")
    if places.kind in {PlacesKind.OPEN_DOOR, PlacesKind.TALK_FIRST}:
        return tell(Standing.FITS, f"places:{places.kind}")
    if places.next_on and places.next_on > person.today:
        return _wait(person, Constraint.PLACES, ("places",), places.next_on)
    if not is_confirmed(places, today=person.today):
        confirmed = {"confirmed": places.confirmed_on.isoformat()} if places.confirmed_on else {}
        return tell(Standing.ASK, "places:unconfirmed" if confirmed else "places:unknown", **confirmed)
    if places.kind == PlacesKind.FREE:
        return tell(Standing.FITS, "places:free", free=places.free)
    if places.kind == PlacesKind.FULL:
        return tell(Standing.AGAINST, "places:full")
    if person.wait_until is not None and person.wait_until <= person.today:
        return tell(Standing.AGAINST, "places:waiting_list", "wait_until")
    return tell(Standing.ASK, "places:how_long", *(("wait_until",) if person.wait_until else ()))


def _open(person: Person, offer: OfferFacts) -> Reason | None:
    if offer.opens_on and offer.opens_on > person.today:
        return _wait(person, Constraint.OPEN, ("opens_on",), offer.opens_on)
    if offer.paused:
        return Reason(Constraint.OPEN, Standing.AGAINST, "open:paused", (), ("paused",), {})
    if offer.closes_on and offer.closes_on <= person.today:
        ended = {"day": offer.closes_on.isoformat()}
        return Reason(Constraint.OPEN, Standing.AGAINST, "open:ended", (), ("closes_on",), ended)
    return None


RULES = (_need, _distance, _times, _age, _language, _step_free, _group, _area, _price, _places, _open)


def metres_away(person: Person, offer: OfferFacts) -> int | None:
    """The straight line from home to the nearest place of the offer; None if either is not known."""
    if person.home is None or not offer.points:
        return None
    return min(person.home.metres_to(point) for point in offer.points)


def minutes_on_foot(metres: int) -> int:
    """The way is 1.3 times the straight line, walked at 80 metres a minute; a begun minute counts.

    >>> minutes_on_foot(0), minutes_on_foot(800), minutes_on_foot(801)
    (0, 13, 14)
    """
    return (metres * 13 + 799) // 800


def is_confirmed(places: Places, *, today: date) -> bool:
    """Whether a figure about places is still knowledge: confirmed lately, and its promised day not passed."""
    lately = places.confirmed_on is not None and places.confirmed_on >= today - CONFIRMED_FOR
    return lately and places.next_on is None


def means_waiting(offer: OfferFacts, *, today: date) -> bool:
    """Whether the offer is known to be full for now, or has not opened yet."""
    if offer.opens_on and offer.opens_on > today:
        return True
    places = offer.places
    if places is None or places.kind not in {PlacesKind.WAITING_LIST, PlacesKind.FULL}:
        return False
    return (places.next_on is not None and places.next_on > today) or is_confirmed(places, today=today)


def _is_limited(them: AbstractSet[str] | None) -> bool | None:
    return None if them is None else bool(them)


def _limit_of_offer(
    constraint: Constraint,
    field: str,
    *,
    limited: bool | None,
    fact: str,
    said: bool,
    within: bool,
    values: Mapping[str, Plain],
) -> Reason | None:
    """The limits an offer may set for people (age, language, group, area) are all told alike."""
    name = constraint.name.lower() if constraint.name else ""
    if limited is None:
        return Reason(constraint, Standing.ASK, f"{name}:unknown", (fact,), (field,), {}) if said else None
    if not limited:
        return None
    if not said:
        return Reason(constraint, Standing.ASK, f"{name}:whose", (), (field,), values)
    if within:
        return Reason(constraint, Standing.FITS, f"{name}:within", (fact,), (field,), values)
    return Reason(constraint, Standing.AGAINST, f"{name}:outside", (fact,), (field,), values)


def _wait(person: Person, constraint: Constraint, fields: tuple[str, ...], day: date) -> Reason:
    """Something begins on a later day. Can this person wait?"""
    says = "places:from" if constraint == Constraint.PLACES else "open:from"
    values = {"day": day.isoformat()}
    if person.wait_until is None:
        return Reason(constraint, Standing.ASK, says, (), fields, values)
    soon_enough = Standing.FITS if day <= person.wait_until else Standing.AGAINST
    return Reason(constraint, soon_enough, says, ("wait_until",), fields, values)
