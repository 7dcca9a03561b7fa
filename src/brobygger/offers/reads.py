"""Every question to the directory. It is public, so nobody is asked who they are."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from statistics import mean
from uuid import UUID

from django.db.models import F, FloatField, Q, QuerySet
from django.db.models.functions import Cast, Power
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from brobygger.engine.fit.layout import Columns
from brobygger.engine.fit.readmodel import ReadModel
from brobygger.engine.fit.values import OfferFacts
from brobygger.engine.quantities import Point
from brobygger.foundation.alphabet import in_danish_order
from brobygger.offers import because, besides, lines, page, rules
from brobygger.offers.agenda import Agenda, Time
from brobygger.offers.facets import counts as counts
from brobygger.offers.facts import directory as directory
from brobygger.offers.facts import offer_facts as offer_facts
from brobygger.offers.facts import read_model as read_model
from brobygger.offers.finding import Found as Found
from brobygger.offers.finding import One
from brobygger.offers.finding import Wanted as Wanted
from brobygger.offers.finding import find as find
from brobygger.offers.lines import Badge
from brobygger.offers.lost import lost as lost
from brobygger.offers.mapped import chart as chart
from brobygger.offers.models import Location, Neighbourhood, Offer, OfferAtLocation, Phone, Schedule
from brobygger.offers.page import OfferPage


@dataclass(frozen=True, slots=True)
class OfferRow:
    """One offer in a list. A line is empty where nobody has told us."""

    offer_id: UUID
    name: str
    organisation_id: UUID
    organisation: str
    is_fictional: bool
    place: str
    times: str
    price: str
    languages: str
    ages: str
    badge: Badge
    closed: str
    at: tuple[Location, ...] = ()

    @property
    def line(self) -> str:
        """Times, price and place as short sentences on one line."""
        return " ".join(f"{told.rstrip('.')}." for told in (self.times, self.price, self.place) if told)


def offer_rows(keys: Sequence[UUID], packed: Columns | ReadModel, *, on: date) -> dict[UUID, OfferRow]:
    """What lists show of these offers. Two queries."""
    facts = packed.offers
    offers = Offer.objects.filter(pk__in=keys, withdrawn_at=None).select_related("organisation")
    places = _places(keys)
    return {
        offer.pk: _row(offer, facts[offer.pk], places[offer.pk], on) for offer in offers if offer.pk in facts
    }


@dataclass(frozen=True, slots=True)
class Hit:
    """One found offer, why, and what of the question it lacks. `not_told`: asked for, and nobody says."""

    row: OfferRow
    not_told: str
    because: str
    missing: str


def hits(found: Found, some: Iterable[One], *, on: date) -> list[Hit]:
    """Some of the found offers, in their order. Two queries."""
    told = list(some)
    rows = offer_rows([one.key for one in told], found.packed, on=on)
    return [_hit(found, one, rows[one.key]) for one in told if one.key in rows]


def _hit(found: Found, one: One, row: OfferRow) -> Hit:
    why, missing = ("", "") if found.answer is None else because.why(found.answer, one.key)
    return Hit(row, lines.not_told(one.unknown), why, missing)


def offer_page(offer_id: UUID, *, on: date) -> OfferPage:
    """One offer with everything we know, or Http404. Six queries, or nine after a change.

    A withdrawn offer is still shown, for bridges lead to it, and says that it is withdrawn.
    """
    offer = _offer(offer_id)
    locations = _locations(offer)
    phones = Phone.objects.filter(
        Q(offer=offer) | Q(location__in=locations) | Q(organisation=offer.organisation_id), withdrawn_at=None
    )
    return page.of(
        offer,
        directory(on).offers.get(offer.pk),
        locations,
        list(_hours(offer, locations)),
        list(phones.order_by("number", "id")),
        besides.of(offer, locations, on=on),
        on=on,
    )


def agenda(offer_id: UUID, *, at: datetime, address: str) -> Agenda:
    """The weekly hours of an offer as a calendar file, or Http404 where there are none. Three queries.

    Its own hours, or else those of its places. What closes before it opens makes no sense and is left out.
    """
    offer = _offer(offer_id)
    locations, today = _locations(offer), timezone.localdate(at)
    hours = list(_hours(offer, locations))
    opens_on, closes_on = rules.season(on=today, opens_on=offer.opens_on, closes_on=offer.closes_on)
    told = [one for one in hours if one.offer_id] or hours
    times = [time for one in told for time in _times(one)]
    if not times or offer.withdrawn_at or (closes_on and closes_on <= today):
        raise Http404
    return Agenda(
        name=offer.name,
        about=_("%(organisation)s. Ring først, hvis det er en helligdag.")
        % {"organisation": offer.organisation.name},
        place=page.place(locations[0]) if locations else "",
        address=address,
        times=tuple(times),
        begins=max(today, opens_on or today),
        ends=closes_on,
        written_at=at,
    )


def _times(one: Schedule) -> Iterator[Time]:
    """The time of one row, if it is one that makes sense."""
    if one.opens_at and one.closes_at and any(rules.slots_between(one.weekday, one.opens_at, one.closes_at)):
        yield Time(one.pk, one.weekday, one.opens_at, one.closes_at)


def _offer(offer_id: UUID) -> Offer:
    offer = Offer.objects.select_related("organisation").filter(pk=offer_id).first()
    if offer is None:
        raise Http404
    return offer


def _locations(offer: Offer) -> list[Location]:
    ties = OfferAtLocation.objects.filter(offer=offer, withdrawn_at=None, location__withdrawn_at=None)
    return [tie.location for tie in ties.select_related("location").order_by("location__name", "id")]


def _hours(offer: Offer, locations: Sequence[Location]) -> QuerySet[Schedule]:
    hours = Schedule.objects.filter(Q(offer=offer) | Q(location__in=locations), withdrawn_at=None)
    return hours.order_by("weekday", F("opens_at").asc(nulls_last=True), "id")


def neighbourhoods() -> list[Neighbourhood]:
    """The places one can measure from. One query."""
    rows = Neighbourhood.objects.filter(withdrawn_at=None)
    return sorted(rows, key=lambda row: (in_danish_order(row.name), row.pk))


def _places(keys: Iterable[UUID]) -> Mapping[UUID, list[Location]]:
    """The places of each offer, by name."""
    ties = OfferAtLocation.objects.filter(offer__in=keys, withdrawn_at=None, location__withdrawn_at=None)
    places = defaultdict[UUID, list[Location]](list)
    for tie in ties.select_related("location").order_by("location__name", "id"):
        places[tie.offer_id].append(tie.location)
    return places


def _row(offer: Offer, facts: OfferFacts, places: Sequence[Location], on: date) -> OfferRow:
    return OfferRow(
        offer_id=offer.pk,
        name=offer.name,
        organisation_id=offer.organisation_id,
        organisation=offer.organisation.name,
        is_fictional=offer.is_fictional,
        place=lines.places([page.place(location) for location in places]),
        times=lines.times(facts),
        price=lines.price(facts),
        languages=lines.languages(facts),
        ages=lines.ages(facts),
        badge=lines.badge(facts, on=on),
        closed=lines.when_closed(facts, on=on),
        at=tuple(places),
    )


def middle_of(postal_code: str) -> Point | None:
    """The middle of what we know to lie in a postcode: its places and neighbourhoods. Two queries."""
    there = Q(postal_code=postal_code, easting__isnull=False, withdrawn_at=None)
    places = Location.objects.filter(there).values_list("easting", "northing")
    named = Neighbourhood.objects.filter(there).values_list("easting", "northing")
    points = [Point(east or 0, north or 0) for east, north in (*places, *named)]
    if not points:
        return None
    return Point(round(mean(one.east for one in points)), round(mean(one.north for one in points)))


def within(ties: QuerySet[OfferAtLocation], point: Point, metres: int) -> QuerySet[OfferAtLocation]:
    """Those whose place lies no further away, as the crow flies."""
    east = Power(Cast(F("location__easting") - point.east, FloatField()), 2)
    north = Power(Cast(F("location__northing") - point.north, FloatField()), 2)
    return ties.alias(apart=east + north).filter(apart__lte=float(metres) ** 2)
