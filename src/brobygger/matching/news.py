"""When an offer or a fact changes, the need says so: "1 nyt forslag", on that need and nowhere else (MAT-05).

Every minute each open need is asked for anew where something has changed. The first time everything counts as
known; what stops fitting is forgotten, so that a place that becomes free again is news again.
"""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeAlias
from uuid import UUID

import numpy as np
from django.db import connection, transaction

from brobygger.accounts.models import Membership
from brobygger.engine.fit.columns import Masks
from brobygger.engine.fit.layout import Columns
from brobygger.engine.fit.values import Person
from brobygger.foundation import audit
from brobygger.foundation.days import local_day
from brobygger.foundation.scope import current
from brobygger.matching.models import KnownOffers
from brobygger.matching.person import person_of
from brobygger.offers.facts import directory, stamp
from brobygger.offers.models import Offer
from brobygger.residents.actions import count_new_offers
from brobygger.residents.models import Need

Stamp: TypeAlias = tuple[tuple[Decimal | None, ...], tuple[Decimal | None, ...], date]
PEOPLE_AND_NEEDS = """
    SELECT sum(hashtextextended(r::text, 0)) FROM residents_resident r
    UNION ALL
    SELECT sum(hashtextextended(id::text || theme || (closed_at IS NULL)::text, 0)) FROM residents_need
"""
_looked_at: dict[UUID, Stamp] = {}


def look_for_news(now: datetime) -> int:
    """Ask for every open need of the open house whether something new fits. Returns how many needs have news.

    Five queries while nothing has changed since this process last looked; it may look once too often, never
    too seldom.
    """
    house, seen = current().organisation, _stamp(local_day(now))
    if house is None or _looked_at.get(house) == seen:
        return 0
    found = _look(now)
    _looked_at[house] = seen
    return found


@transaction.atomic
def _look(now: datetime) -> int:
    packed = directory(local_day(now))
    known = {row.need_id: row for row in KnownOffers.objects.select_for_update()}
    needs = Need.objects.filter(closed_at=None).select_related("resident__home").order_by("pk")
    return sum(_look_for(need, known, packed, now) for need in needs)


def _look_for(need: Need, known: Mapping[UUID, KnownOffers], packed: Columns, now: datetime) -> bool:
    fits = fitting(person_of(need, on=local_day(now)), packed)
    row = known.get(need.pk)
    if row is None:
        KnownOffers.objects.create(need=need, known=sorted(fits), at=now)
        return False
    facts: dict[str, Any] = {
        "known": sorted(fits & set(row.known)),
        "fresh": sorted(fits - set(row.known)),
    }
    if facts != {"known": row.known, "fresh": row.fresh}:
        KnownOffers.objects.filter(pk=row.pk).update(at=now, **facts)
        count_new_offers(need_id=need.pk, count=len(facts["fresh"]))
    return bool(facts["fresh"])


def fitting(person: Person, packed: Columns) -> set[str]:
    """The keys of all offers with nothing against them. What must be asked about fits."""
    against = Masks.of(person, packed).against
    return {str(packed.ids[row]) for row in np.flatnonzero(against == 0)}


def fresh_names(need: Need) -> list[str]:
    """The names of what is new for a need fetched for the viewer. One query, two where there is news."""
    row = KnownOffers.objects.filter(need=need).first()
    keys = row.fresh if row else []
    return list(Offer.objects.filter(pk__in=keys).order_by("name").values_list("name", flat=True))


@transaction.atomic
def see_news(*, need: Need, by: Membership, at: datetime) -> None:
    """The worker has seen what is new; from now on it is known."""
    for row in KnownOffers.objects.select_for_update().filter(need=need):
        known = sorted({*row.known, *row.fresh})
        KnownOffers.objects.filter(pk=row.pk).update(known=known, fresh=[], at=at)
        count_new_offers(need_id=need.pk, count=0)
        audit.record("need:news_seen", about=need, by=by.actor, at=at)


def _stamp(on: date) -> Stamp:
    with connection.cursor() as cursor:
        cursor.execute(PEOPLE_AND_NEEDS)
        people = tuple(row[0] for row in cursor.fetchall())
    return stamp(), people, on
