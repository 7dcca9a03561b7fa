"""The slow, obvious twin: judge every offer, sort, cut. It is what `columns` is checked against."""

from collections.abc import Iterable

from brobygger.engine.fit.constraints import NOTHING, Constraint, Standing, reasons
from brobygger.engine.fit.order import penalty
from brobygger.engine.fit.ranking import Placed, Ranking
from brobygger.engine.fit.values import OfferFacts, OfferId, Person


def rank(
    person: Person, offers: Iterable[OfferFacts], *, fits: int = 20, near: int = 10, others: int = 0
) -> Ranking:
    """The offers for one person's need. `fits`, `near` and `others` say how many of each to return."""
    placed = [place(person, offer) for offer in offers]
    fitting = [each for each in placed if not each.against]
    about_the_need = [each for each in placed if Constraint.NEED not in each.against | each.ask]
    missing_one = [each for each in about_the_need if each.against.bit_count() == 1]
    missing_more = [each for each in about_the_need if each.against.bit_count() > 1]
    return Ranking(
        fits=tuple(sorted(fitting, key=by_trouble)[:fits]),
        near=tuple(sorted(missing_one, key=by_trouble)[:near]),
        others=tuple(sorted(missing_more, key=by_things_in_the_way)[:others]),
        fits_in_all=len(fitting),
        near_in_all=len(missing_one),
        others_in_all=len(missing_more),
        in_the_way={one: sum(one in each.against for each in about_the_need) for one in Constraint},
    )


def place(person: Person, offer: OfferFacts) -> Placed:
    """The two masks and the penalty of one offer, read off its reasons."""
    against = ask = NOTHING
    for reason in reasons(person, offer):
        against |= reason.constraint if reason.standing == Standing.AGAINST else NOTHING
        ask |= reason.constraint if reason.standing == Standing.ASK else NOTHING
    return Placed(offer.id, against, ask, penalty(person, offer, ask=ask))


def by_trouble(placed: Placed) -> tuple[int, int]:
    return placed.penalty, id_number(placed.offer)


def by_things_in_the_way(placed: Placed) -> tuple[int, int, int]:
    return placed.against.bit_count(), *by_trouble(placed)


def id_number(offer: OfferId) -> int:
    """Ids in one order, UUIDs by their bytes as PostgreSQL does."""
    return int(offer)
