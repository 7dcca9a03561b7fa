"""The nearest equals of an offer that cannot be asked now: open, with room, for the same people (OFF-04)."""

from datetime import date
from uuid import UUID

from brobygger.engine.fit.values import OfferFacts, PlacesKind
from brobygger.engine.quantities import FARTHEST
from brobygger.offers import facts, lines
from brobygger.offers.reads import OfferRow, offer_rows

TAKES_NOBODY_IN = frozenset({PlacesKind.FULL, PlacesKind.WAITING_LIST})


def nearest_equals(offer_id: UUID, *, on: date, most: int = 3) -> list[OfferRow]:
    """Offers about the same, nearest first; then by how much they share and by key. Three queries at most.

    Where a place is not told, the offer comes last: it may be anywhere, and can be asked.
    """
    packed = facts.directory(on)
    mine = packed.offers.get(offer_id)
    if mine is None or not mine.themes:
        return []
    others = [one for one in packed.offers.values() if one.id != offer_id and _is_equal(mine, one, on)]
    keys = [one.id for one in sorted(others, key=lambda one: _order(mine, one))[:most]]
    wanted = [key for key in keys if isinstance(key, UUID)]
    rows = offer_rows(wanted, packed, on=on)
    return [rows[key] for key in wanted if key in rows]


def _is_equal(mine: OfferFacts, other: OfferFacts, on: date) -> bool:
    """About the same, for the same people, and to be asked. What is not told stands in nobody's way."""
    if not (mine.themes or frozenset()) & (other.themes or frozenset()) or lines.when_closed(other, on=on):
        return False
    if other.places and other.places.kind in TAKES_NOBODY_IN:
        return False
    if other.genders and other.genders != mine.genders:
        return False
    return mine.ages is None or other.ages is None or _overlap(mine, other)


def _overlap(mine: OfferFacts, other: OfferFacts) -> bool:
    assert mine.ages is not None and other.ages is not None  # noqa: S101, PT018 - asked by the caller
    begins = max(mine.ages.from_, other.ages.from_)
    ends = [span.until for span in (mine.ages, other.ages) if span.until is not None]
    return not ends or begins < min(ends)


def _order(mine: OfferFacts, other: OfferFacts) -> tuple[int, int, str]:
    shared = len((mine.themes or frozenset()) & (other.themes or frozenset()))
    return _metres(mine, other), -shared, str(other.id)


def _metres(mine: OfferFacts, other: OfferFacts) -> int:
    """Between their nearest doors."""
    between = [one.metres_to(two) for one in mine.points or () for two in other.points or ()]
    return min(between, default=2 * FARTHEST)
