"""What hangs on offers, places, organisations and the ties between them, gathered for a whole page at once.

Where a field of ours and rows of the source say the same thing, the rows are told: they say it more fully,
and the database has withdrawn those that the field has left behind.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import F, Model, Q

from brobygger.offers.hsds import beside, flat
from brobygger.offers.hsds.beside import HANGING, ON_ANYTHING, Row
from brobygger.offers.hsds.columns import DETAIL, Detail
from brobygger.offers.hsds.flat import Object
from brobygger.offers.models import Location, Offer, OfferAtLocation, Phone, Schedule
from brobygger.partners.models import Organisation

# A list of ours and the detail that says the same more fully.
SAME = {
    "languages": "language",
    "service_areas": "service_area",
    "cost_options": "cost_option",
    "accessibility": "accessibility",
    "addresses": "address",
    "capacities": "service_capacity",
}


@dataclass(slots=True)
class Parts:
    """What hangs on what: the key of a row -> the name of a list -> its objects."""

    lists: dict[UUID, dict[str, list[Object]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(list))
    )

    def hang(self, owner: UUID | None, name: str, objects: Iterable[Object]) -> None:
        for one in objects:
            if owner is not None:
                self.lists[owner][name].append(one)

    def whole(self, one: Object) -> Object:
        """The object with its lists, in the order of their names."""
        hung = self.lists.get(UUID(one["id"]), {})
        return one | {name: hung[name] for name in sorted(hung)}


def gathered(
    *,
    offers: Sequence[Offer] = (),
    places: Sequence[Location] = (),
    bodies: Sequence[Organisation] = (),
    ties: Sequence[OfferAtLocation] = (),
) -> Parts:
    """Everything that hangs on these rows. At most seven queries, however many rows."""
    owned = {
        "offer": _keys(offers),
        "location": _keys(places),
        "organisation": _keys(bodies),
        "at": _keys(ties),
    }
    rows = list(beside.rows_of(HANGING, owned))
    contacts = [UUID(row["id"]) for detail, row in rows if detail.entity == "contact"]
    phones = _phones(owned, contacts)
    later = {"phone": _keys(phones), "row": _all_keys(owned, rows, phones)}
    on_anything = list(beside.rows_of((*ON_ANYTHING, DETAIL["language"]), later))
    parts = Parts()
    _hang_fields(parts, offers, places, bodies, beside.kinds(rows))
    _hang_on_anything(parts, on_anything)
    _hang_phones(parts, phones)
    _hang_schedules(parts, owned, rows)
    _hang_rows(parts, rows)
    return parts


def _keys(rows: Iterable[Model]) -> list[UUID]:
    return list({row.pk: None for row in rows})


def _all_keys(
    owned: dict[str, list[UUID]], rows: Sequence[tuple[Detail, Row]], phones: Sequence[Phone]
) -> list[UUID]:
    own = [key for keys in owned.values() for key in keys]
    return [*own, *(UUID(row["id"]) for _detail, row in rows), *_keys(phones)]


def _phones(owned: dict[str, list[UUID]], contacts: Sequence[UUID]) -> list[Phone]:
    owners = Q(contact__in=contacts)
    for name, keys in owned.items():
        owners |= Q(**{f"{name}__in": keys})
    return list(Phone.objects.filter(owners, withdrawn_at=None).order_by("number", "id"))


Kinds = dict[tuple[UUID, str], set[str]]


def _hang_fields(
    parts: Parts,
    offers: Sequence[Offer],
    places: Sequence[Location],
    bodies: Sequence[Organisation],
    known: Kinds,
) -> None:
    """What we keep as fields, unless rows of the source say it."""
    for offer in offers:
        languages = [flat.language(offer, one) for one in offer.languages or ()]
        areas = [flat.service_area(offer, one) for one in offer.areas or ()]
        parts.hang(offer.pk, "attributes", flat.attributes("service", offer))
        _hang_unless(parts, known, offer.pk, "languages", languages)
        _hang_unless(parts, known, offer.pk, "service_areas", areas)
        _hang_unless(parts, known, offer.pk, "cost_options", flat.cost_option(offer))
        _hang_unless(parts, known, offer.pk, "capacities", flat.capacity(offer))
    for place in {one.pk: one for one in places}.values():
        parts.hang(place.pk, "attributes", flat.attributes("location", place))
        _hang_unless(parts, known, place.pk, "accessibility", flat.accessibility(place))
        _hang_unless(parts, known, place.pk, "addresses", flat.visited(place))
    for body in bodies:
        parts.hang(body.pk, "attributes", flat.attributes("organization", body))
        _hang_unless(parts, known, body.pk, "addresses", flat.written_to(body))


def _hang_unless(parts: Parts, known: Kinds, owner: UUID, name: str, objects: Iterable[Object]) -> None:
    told = known.get((owner, SAME[name]), set())
    parts.hang(owner, name, (one for one in objects if one.get("address_type", "") not in told))


def _hang_on_anything(parts: Parts, rows: Sequence[tuple[Detail, Row]]) -> None:
    terms = beside.by_key("taxonomy_term", (row.get("term_id") for _detail, row in rows))
    for detail, row in rows:
        one = beside.made(detail, row)
        if term := terms.get(row.get("term_id") or ""):
            one["taxonomy_term"] = term
        for name, owner in beside.hung_on(detail, row):
            parts.hang(owner, name, [one])


def _hang_phones(parts: Parts, phones: Sequence[Phone]) -> None:
    for one in phones:
        for owner in (one.offer_id, one.location_id, one.organisation_id, one.at_id, one.contact_id):
            parts.hang(owner, "phones", [parts.whole(flat.phone(one))])


def _hang_schedules(parts: Parts, owned: dict[str, list[UUID]], rows: Sequence[tuple[Detail, Row]]) -> None:
    """A row a weekday, where the source's own rows do not say the same weeks."""
    weekly = {
        owner
        for detail, row in rows
        if detail.entity == "schedule" and row["is_weekly"]
        for _name, owner in beside.hung_on(detail, row)
    }
    kept = Schedule.objects.filter(
        Q(offer__in=owned["offer"]) | Q(location__in=owned["location"]), withdrawn_at=None
    )
    for one in kept.order_by("weekday", F("opens_at").asc(nulls_last=True), "id"):
        owner = one.offer_id or one.location_id
        if owner not in weekly:
            parts.hang(one.pk, "attributes", flat.closed(one))
            parts.hang(owner, "schedules", [parts.whole(flat.schedule(one))])


def _hang_rows(parts: Parts, rows: Sequence[tuple[Detail, Row]]) -> None:
    units = beside.by_key("unit", (row.get("unit_id") for _detail, row in rows))
    for detail, row in rows:
        is_count = detail.entity == "service_capacity"
        one = parts.whole(beside.capacity(row, units) if is_count else beside.made(detail, row))
        for name, owner in beside.hung_on(detail, row):
            if detail.entity != "url" or "url" in one:
                parts.hang(owner, name, [one])
