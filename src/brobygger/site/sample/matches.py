"""How an offer stands for a need, by the house's own reckoning and in its own words."""

from dataclasses import dataclass, replace
from datetime import date, time, timedelta

from brobygger.bridging.actions import Choice
from brobygger.engine.fit.explain import Explanation, explain
from brobygger.engine.fit.phrases import of_reason
from brobygger.engine.fit.values import OfferFacts, OfferId, Person
from brobygger.engine.words import Phrase, Word
from brobygger.matching.choice import used
from brobygger.matching.person import facts_of, person_of
from brobygger.offers.facts import offer_facts
from brobygger.offers.lines import said
from brobygger.offers.models import Offer
from brobygger.offers.terms import Theme
from brobygger.residents.models import Need


@dataclass(frozen=True, slots=True)
class Found:
    """An offer for a need, and everything there is to say about it."""

    need: Need
    person: Person
    offer: Offer
    facts: OfferFacts
    explanation: Explanation

    @property
    def things_in_the_way(self) -> int:
        return self.explanation.placed.against.bit_count()

    def choice(self, because: str = "") -> Choice:
        """The choice as a bridge keeps it. With a line of why it was the resident's and worker's own."""
        told = facts_of(self.need.resident, self.person, ticked=self.person, tried=())
        return Choice(
            recipient=self.offer.organisation,
            offer=self.offer,
            offer_name=self.offer.name,
            was_suggested=not because,
            because=because,
            reasons=[
                {"standing": reason.standing.value, "text": said(of_reason(reason, _names))}
                for reason in self.explanation.reasons
            ],
            facts_used=used(told, supposed=""),
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

    def look(self, name: str, need: Need, theme: Theme) -> Found:
        """That offer, as it stands for that person if the need were about the theme."""
        offer, facts = self._known[name]
        person = replace(person_of(need, on=self._today), themes=frozenset({theme}))
        return Found(need, person, offer, facts, explain(person, facts))


def _next(day: date, weekday: int) -> date:
    return day + timedelta(days=(weekday - day.weekday()) % 7)


def _names(kind: str, code: str) -> Word:
    return Phrase(Theme(code).label) if kind == "theme" else code
