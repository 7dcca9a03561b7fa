"""Which open needs an offer comes to fit, and which it leaves, when what it says is changed (MAT-06)."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from brobygger.engine.fit.values import OfferFacts
from brobygger.matching.other_way import whom_it_fits
from brobygger.matching.person import person_of
from brobygger.residents.models import Need


@dataclass(frozen=True, slots=True)
class Effect:
    """Needs and whose they are: (need, resident). Leaves the house only through `statistics`."""

    gained: frozenset[tuple[UUID, UUID]]
    lost: frozenset[tuple[UUID, UUID]]


def effect(before: OfferFacts | None, after: OfferFacts | None, *, on: date) -> Effect:
    """The open needs of the open house that fit one and not the other. None: in no directory. One query."""
    needs = Need.objects.filter(closed_at=None).select_related("resident__home")
    people = {(need.pk, need.resident_id): person_of(need, on=on) for need in needs}
    fitted, fits = (frozenset(whom_it_fits(one, people)) if one else frozenset() for one in (before, after))
    return Effect(gained=fits - fitted, lost=fitted - fits)
