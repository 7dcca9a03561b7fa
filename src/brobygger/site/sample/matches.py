"""How an offer stands for a resident, by the house's own reckoning and in its own words."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta

from brobygger.bridging.actions import Choice
from brobygger.engine.fit.explain import Explanation, explain
from brobygger.engine.fit.phrases import of_reason
from brobygger.engine.fit.values import Gender, OfferFacts, OfferId, Person, Slot, WeekTimes
from brobygger.engine.quantities import Money, Point
from brobygger.engine.words import Word
from brobygger.offers.facts import offer_facts
from brobygger.offers.models import Offer
from brobygger.offers.rules import slots_between
from brobygger.offers.terms import Theme
from brobygger.residents.models import Resident
from brobygger.residents.terms import TimeOfWeek
from brobygger.site.sample.directory import POSTAL_CODE

PARTS = {
    TimeOfWeek.MORNING: (time(8), time(12)),
    TimeOfWeek.AFTERNOON: (time(12), time(17)),
    TimeOfWeek.EVENING: (time(17), time(22)),
}


@dataclass(frozen=True, slots=True)
class Found:
    """An offer for a need, and everything there is to say about it."""

    offer: Offer
    facts: OfferFacts
    explanation: Explanation

    @property
    def things_in_the_way(self) -> int:
        return self.explanation.placed.against.bit_count()

    def choice(self, because: str = "") -> Choice:
        """The choice as a bridge keeps it. With a line of why it was the resident's and worker's own."""
        return Choice(
            recipient=self.offer.organisation,
            offer=self.offer,
            offer_name=self.offer.name,
            was_suggested=not because,
            because=because,
            reasons=[
                {"standing": reason.standing.value, "text": of_reason(reason, _names).text()}
                for reason in self.explanation.reasons
            ],
            facts_used={fact: reason.says for reason in self.explanation.reasons for fact in reason.facts},
        )

    def first_time(self, day: date) -> tuple[date, time] | None:
        """The first time it is held on a day or later; None where the time is agreed."""
        held = [(_next(day, slot.weekday), time(*divmod(slot.from_, 60))) for slot in self.facts.slots or ()]
        return min(held, default=None)


class Matches:
    """The directory as the stories use it. Four queries."""

    def __init__(self, today: date) -> None:
        self._today = today
        by_key: dict[OfferId, OfferFacts] = {facts.id: facts for facts in offer_facts(today)}
        offers = Offer.objects.select_related("organisation")
        self._known = {offer.name: (offer, by_key[offer.pk]) for offer in offers}

    def look(self, name: str, resident: Resident, theme: Theme) -> Found:
        """That offer, as it stands for that person with such a need."""
        offer, facts = self._known[name]
        return Found(offer, facts, explain(_person(resident, theme, self._today), facts))


def _next(day: date, weekday: int) -> date:
    return day + timedelta(days=(weekday - day.weekday()) % 7)


def _person(resident: Resident, theme: Theme, today: date) -> Person:
    home = resident.home
    return Person(
        today=today,
        themes=frozenset({theme}),
        home=Point(home.easting, home.northing) if home else None,
        max_minutes=resident.max_minutes,
        times=_times(resident.free_times),
        age=None if resident.birth_year is None else today.year - resident.birth_year,
        languages=frozenset(resident.languages) if resident.languages else None,
        needs_step_free=resident.needs_step_free,
        gender=Gender(resident.gender) if resident.gender else None,
        areas=frozenset({POSTAL_CODE}) if home else None,
        max_price=None if resident.max_price is None else Money(resident.max_price),
    )


def _times(told: list[str] | None) -> WeekTimes | None:
    return WeekTimes.of(slot for one in told for slot in _slots(one)) if told else None


def _slots(one: str) -> Iterator[Slot]:
    weekday, _, part = one.partition("-")
    return slots_between(int(weekday), *PARTS[TimeOfWeek(part)])


def _names(kind: str, code: str) -> Word:
    return Theme(code).label if kind == "theme" else code
