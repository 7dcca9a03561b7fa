"""The other way round (MAT-09): whom an offer fits, or whose need an organisation would like to meet.

Only residents who have said yes to that organisation being told of their need appear, and only to the worker
who follows them, by the date they asked. What the organisation itself may know is a number, and `statistics`
tells it. Being spoken to about an offer is advice, so an oral yes will do (FOUNDATION 13).
"""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from brobygger.accounts.models import Membership
from brobygger.engine.fit.reverse import People
from brobygger.engine.fit.values import AgeSpan, OfferFacts, Person, Places, PlacesKind
from brobygger.engine.quantities import Money
from brobygger.matching.person import person_of
from brobygger.offers.terms import Theme
from brobygger.privacy.reads import lines_of
from brobygger.privacy.rules import valid_categories
from brobygger.privacy.terms import DataKind, Direction
from brobygger.residents.models import Need
from brobygger.residents.reads import needs_of_own

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Asked:
    """One open need that fits, for the resident's own worker."""

    need_id: UUID
    resident_id: UUID
    resident: str
    words: str
    theme: str
    asked_at: datetime


def whom_it_fits(offer: OfferFacts, people: Mapping[Key, Person]) -> list[Key]:
    """Those of the people, in the order given, in whose list of fits the offer stands.

    Forward and reverse are one relation: `rank(person, [offer]).fits` is not empty exactly for these.
    """
    if not people:
        return []
    keys, asking = list(people), list(people.values())
    found = People.of(asking, today=asking[0].today).whom(offer)
    return [keys[place] for place in sorted(found.tolist())]


def a_wish(theme: Theme) -> OfferFacts:
    """What an organisation that wishes to meet people offers them: a talk, for all with such a need."""
    return OfferFacts(
        id=0,
        themes=frozenset({theme}),
        points=(),
        slots=(),
        ages=AgeSpan(),
        languages=frozenset(),
        step_free=True,
        genders=frozenset(),
        areas=frozenset(),
        price=Money(0),
        places=Places(PlacesKind.OPEN_DOOR),
    )


def who_asked(viewer: Membership, offer: OfferFacts, *, recipient: UUID, on: date) -> list[Asked]:
    """The viewer's own consenting residents whose open needs it fits, by date asked. Two queries."""
    return [_asked(need) for need in fitting(needs_of_own(viewer, on=on), offer, recipient=recipient, on=on)]


def fitting(needs: Iterable[Need], offer: OfferFacts, *, recipient: UUID, on: date) -> list[Need]:
    """Those of the needs that it fits and whose residents have said yes to this recipient. One query."""
    some = list(needs)
    ledger = lines_of({need.resident_id for need in some})
    people = {
        need: person_of(need, on=on)
        for need in some
        if DataKind.NEED
        in valid_categories(
            ledger[need.resident_id], recipient=recipient, direction=Direction.GIVE, on=on, written=False
        )
    }
    return whom_it_fits(offer, people)


def _asked(need: Need) -> Asked:
    return Asked(
        need.pk,
        need.resident_id,
        need.resident.name,
        need.words,
        _(Theme(need.theme).label),
        timezone.localtime(need.opened_at),
    )
