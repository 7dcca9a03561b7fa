"""The map of what was found: its places with the names of what is there, and the list beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import numpy as np
from django.utils.translation import gettext as _

from brobygger.offers import lines, maps
from brobygger.offers.finding import Found
from brobygger.offers.maps import Point, View
from brobygger.offers.models import Neighbourhood, Offer

NAMED = 4  # offers told by name at each place
NAMES_FROM = 30_000  # metres across up to which neighbourhoods are named


@dataclass(frozen=True, slots=True)
class Named:
    """An offer by name."""

    offer_id: UUID
    name: str
    organisation: str
    closed: str


@dataclass(frozen=True, slots=True)
class Place:
    """One numbered place of the map. `more` offers are there than are told by name; `closer` shows them."""

    number: int
    x: float
    y: float
    many: int
    offers: tuple[Named, ...]
    more: int
    closer: str


@dataclass(frozen=True, slots=True)
class Label:
    """A neighbourhood, where it lies."""

    name: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Map:
    """`nowhere` offers have no place that may be shown, `outside` lie beside what is shown."""

    view: View
    places: tuple[Place, ...]
    labels: tuple[Label, ...]
    square: str
    across: tuple[float, ...]
    down: tuple[float, ...]
    outline: tuple[float, float, float, float] | None
    nowhere: int
    outside: int

    @property
    def wider(self) -> str:
        return self.view.wider.as_text if self.view.width < maps.WIDEST else ""


def chart(found: Found, part: str, near: Sequence[Neighbourhood], *, on: date) -> Map:
    """The map of what was found. One query. A place where people are in hiding has no point to show."""
    points = _points(found)
    view = maps.view_of(part) or maps.around(points)
    spots = maps.spots(points, view)
    step, across, down = maps.grid(view)
    seen = {offer for spot in spots for offer in spot.offers}
    told = _named(found, [offer for spot in spots for offer in spot.offers[:NAMED]], on)
    places = tuple(
        Place(
            spot.number,
            spot.x,
            spot.y,
            len(spot.offers),
            tuple(told[row] for row in spot.offers[:NAMED] if row in told),
            max(len(spot.offers) - NAMED, 0),
            spot.closer.as_text if spot.closer else "",
        )
        for spot in spots
    )
    somewhere = {point.offer for point in points}
    return Map(
        view,
        places,
        tuple(_labels(near, view)),
        _distance(step),
        tuple(across),
        tuple(down),
        maps.outline(view),
        len(found) - len(somewhere),
        len(somewhere - seen),
    )


def _distance(metres: int) -> str:
    if metres < 1_000:
        return _("%(metres)s m") % {"metres": metres}
    whole, rest = divmod(metres, 1_000)
    if rest:
        return _("%(whole)s,%(tenth)s km") % {"whole": whole, "tenth": rest // 100}
    return _("%(whole)s km") % {"whole": whole}


def _points(found: Found) -> list[Point]:
    told = found.packed.points
    is_found = np.zeros(len(found.packed.ids), bool)
    is_found[found.rows] = True
    at = np.flatnonzero(is_found[told.owner])
    rows = zip(told.east[at].tolist(), told.north[at].tolist(), told.owner[at].tolist(), strict=True)
    return [Point(east, north, row) for east, north, row in rows]


def _named(found: Found, rows: Sequence[int], on: date) -> dict[int, Named]:
    ids: Sequence[UUID] = found.packed.ids  # type: ignore[assignment]
    keys = {ids[row]: row for row in rows}
    offers = Offer.objects.filter(pk__in=keys, withdrawn_at=None).select_related("organisation")
    return {
        keys[one.pk]: Named(
            one.pk,
            one.name,
            one.organisation.name,
            lines.when_closed(found.packed.offers[one.pk], on=on),
        )
        for one in offers
    }


def _labels(near: Sequence[Neighbourhood], view: View) -> list[Label]:
    if view.width > NAMES_FROM:
        return []
    there = [one for one in near if view.holds(Point(one.easting, one.northing, 0))]
    return [Label(one.name, *view.at(one.easting, one.northing)) for one in there]
