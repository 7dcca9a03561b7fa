"""What whoever keeps offers reads about them. The directory is public; only the choice of rows is theirs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import F, Q, QuerySet

from brobygger.engine.fit.values import OfferFacts
from brobygger.offers import facts, lines
from brobygger.offers.keeping_forms import PARTS
from brobygger.offers.lines import Badge
from brobygger.offers.models import Offer, OfferAtLocation, Schedule


@dataclass(frozen=True, slots=True)
class DeskLine:
    """One offer on a desk. `line` is empty where nobody has told us times or price."""

    offer_id: UUID
    name: str
    organisation: str
    is_fictional: bool
    is_withdrawn: bool
    line: str
    badge: Badge


def offers_on(lies_here: Q, *, words: str = "") -> QuerySet[Offer]:
    """The offers of a desk by name; those that were taken out come last."""
    rows = Offer.objects.filter(lies_here).select_related("organisation")
    for word in words.split():
        rows = rows.filter(Q(name__icontains=word) | Q(organisation__name__icontains=word))
    return rows.order_by(F("withdrawn_at").asc(nulls_first=True), "name", "pk")


def desk_lines(offers: Sequence[Offer], *, on: date) -> list[DeskLine]:
    """These offers as the list shows them. One query while the directory has not changed."""
    known = facts.directory(on).offers
    return [_line(offer, known.get(offer.pk), on) for offer in offers]


def parts_of(offer: Offer, *, on: date) -> list[tuple[str, str, list[str]]]:
    """(part, title, what stands in it) for each form. An empty list: nothing has been told."""
    told = facts.directory(on).offers.get(offer.pk) or OfferFacts(id=offer.pk)
    room = lines.badge(told, on=on)
    texts = {
        "tekster": [offer.description, offer.application_process, offer.website],
        "hvem": [lines.who(told), offer.eligibility_description, lines.price(told), lines.languages(told)],
        "tider": [lines.times(told), lines.when_closed(told, on=on)],
        "plads": [" – ".join(part for part in (room.text, room.doubt) if part)],
    }
    return [
        (part, str(form.title), [text for text in texts[part] if text.strip()])
        for part, form in PARTS.items()
    ]


def hours_of(offer: Offer) -> list[Schedule]:
    """The week that stands: the offer's own hours and those of its places, which hold where it has none."""
    places = OfferAtLocation.objects.filter(offer=offer, withdrawn_at=None, location__withdrawn_at=None)
    rows = Schedule.objects.filter(
        Q(offer=offer) | Q(location__in=places.values("location")), withdrawn_at=None
    )
    return list(rows.order_by("weekday", "opens_at", "pk"))


def _line(offer: Offer, told: OfferFacts | None, on: date) -> DeskLine:
    known = told or OfferFacts(id=offer.pk)
    said = (lines.times(known), lines.price(known))
    return DeskLine(
        offer_id=offer.pk,
        name=offer.name,
        organisation=offer.organisation.name,
        is_fictional=offer.is_fictional,
        is_withdrawn=offer.withdrawn_at is not None,
        line=" ".join(f"{one}." for one in said if one),
        badge=lines.badge(known, on=on) if told else lines.NO_BADGE,
    )
