"""Everything about one offer for one person: what a page shows and what a bridge freezes."""

from dataclasses import dataclass

from brobygger.engine.fit.changes import SmallestChange, smallest_change
from brobygger.engine.fit.constraints import Constraint, Reason, reasons
from brobygger.engine.fit.plain import place
from brobygger.engine.fit.ranking import Placed
from brobygger.engine.fit.values import OfferFacts, Person


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why an offer stands where it stands. `change` only for a near miss."""

    placed: Placed
    reasons: tuple[Reason, ...]
    change: SmallestChange | None


def explain(person: Person, offer: OfferFacts) -> Explanation:
    """Any offer can be explained, also one that is not on the list."""
    placed = place(person, offer)
    near_miss = placed.against.bit_count() == 1 and Constraint.NEED not in placed.against | placed.ask
    change = smallest_change(person, offer, placed.against) if near_miss else None
    return Explanation(placed, reasons(person, offer), change)
