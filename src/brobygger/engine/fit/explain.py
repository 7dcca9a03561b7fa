"""Everything about one offer for one person: what a page shows and what a bridge freezes."""

from dataclasses import dataclass

from brobygger.engine.fit.changes import SmallestChange, smallest_change
from brobygger.engine.fit.constraints import Constraint, Reason, Standing, reasons
from brobygger.engine.fit.order import penalty
from brobygger.engine.fit.plain import standing_as
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
    told = reasons(person, offer)
    ask, against = standing_as(Standing.ASK, told), standing_as(Standing.AGAINST, told)
    one_thing = against.bit_count() == 1 and Constraint.NEED not in against | ask
    return Explanation(
        placed=Placed(offer.id, against, ask, penalty(person, offer, ask=ask)),
        reasons=told,
        change=smallest_change(person, offer, against) if one_thing else None,
    )
