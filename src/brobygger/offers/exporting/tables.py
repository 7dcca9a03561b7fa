"""The directory as the tables of HSDS 3.1: objects by table, in an order in which ties lead backwards."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from heapq import merge
from operator import itemgetter
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import connection
from django.db.models import Exists, Model, OuterRef, Q

from brobygger.offers.details import (
    Accessibility,
    Address,
    CostOption,
    ServiceArea,
    ServiceCapacity,
    SpokenLanguage,
    ToldSchedule,
)
from brobygger.offers.hsds import beside, dated, flat, keys, terms
from brobygger.offers.hsds.columns import DETAIL, DETAILS, Detail
from brobygger.offers.hsds.flat import Object
from brobygger.offers.hsds.keys import key
from brobygger.offers.models import Location, Offer, OfferAtLocation, Phone, Schedule
from brobygger.partners.models import Organisation

AT_A_TIME = 2_000
_WEEKLY = ToldSchedule.objects.filter(withdrawn_at=None, is_weekly=True)
WEEK_IS_TOLD = Exists(_WEEKLY.filter(offer=OuterRef("offer"))) | Exists(
    _WEEKLY.filter(offer=None, location=OuterRef("location"))
)
ABOUT = flat.told(id=key("meta_table_description"), name="Brobygger", language="da", character_set="UTF-8")
_OF_ORGANISATIONS = (
    "name alternate_name description email website tax_status tax_id year_incorporated legal_status logo uri"
    " parent_organization_id"
)
_OF_SERVICES = (
    "organization_id program_id name alternate_name description url email status interpretation_services"
    " application_process fees_description wait_time accreditations eligibility_description minimum_age"
    " maximum_age assured_date assurer_email licenses alert last_modified"
)
_OF_LOCATIONS = (
    "location_type url organization_id name alternate_name description transportation latitude longitude"
    " external_identifier external_identifier_type"
)
_OF_PHONES = (
    "location_id service_id organization_id contact_id service_at_location_id number extension type"
    " description"
)
# Tables in the order in which they are written; each with its columns after the key, "" where DETAILS says.
COLUMNS: Mapping[str, str] = {
    "organization": _OF_ORGANISATIONS,
    "program": "",
    "service": _OF_SERVICES,
    "location": _OF_LOCATIONS,
    "service_at_location": "service_id location_id description",
    "contact": "",
    "phone": _OF_PHONES,
    **{detail.entity: "" for detail in DETAILS if detail.entity not in {"program", "contact"}},
    "meta_table_description": "name language character_set",
}
FILES = {
    "organization": "organizations",
    "service": "services",
    "location": "locations",
    "service_at_location": "service_at_location",
    "phone": "phones",
    "meta_table_description": "meta_table_descriptions",
} | {detail.entity: detail.file.removesuffix(".csv") for detail in DETAILS}


def columns(entity: str) -> list[str]:
    """The columns of a table, the key first."""
    if entity not in DETAIL:
        return ["id", *COLUMNS[entity].split()]
    detail = DETAIL[entity]
    return ["id", *(tie.name for tie in detail.ties), *(column.name for column in detail.columns)]


class Tables:
    """One giving out. `given`: the keys that have gone out, so that nothing points to what is not there."""

    def __init__(self, keeper: UUID | None) -> None:
        self.keeper = keeper
        self.kept = Q(withdrawn_at=None) & (Q(keeper_id=keeper) if keeper else Q())
        self.given: dict[str, set[str]] = defaultdict(set)

    def all(self) -> Iterator[tuple[str, Iterator[Object]]]:
        """(table, its objects). Each table must be read to its end before the next."""
        for entity in COLUMNS:
            yield entity, self._noted(entity, getattr(self, f"_{entity}", lambda e=entity: self._rows(e))())

    def _noted(self, entity: str, objects: Iterable[Object]) -> Iterator[Object]:
        for one in objects:
            if not self._belongs(entity, one):
                continue
            self.given[entity].add(one["id"])
            yield one

    def _belongs(self, entity: str, one: Object) -> bool:
        """Drop ties to what has not gone out; False if none is left of a thing that must have one."""
        detail = DETAIL.get(entity)
        if detail is None:
            return True
        told = [tie.name for tie in detail.ties if tie.name in one]
        for tie in detail.ties:
            to = tie.to or one.get("link_entity") or one.get("resource_type", "")
            if tie.name in one and one[tie.name] not in self.given[to]:
                del one[tie.name]
        belonging = [name for name in told if name in one and name not in {"unit_id", "taxonomy_term_id"}]
        return bool(belonging) or not detail.must_belong

    def _rows(self, entity: str) -> Iterator[Object]:
        """The rows of a detail table, and after them what our own fields say where there are none."""
        for row in self._told(DETAIL[entity]):
            yield beside.made(DETAIL[entity], row)
        if own := OWN.get(entity):
            model, tie, objects = own
            yield from self._own(model, tie, objects)

    def _told(self, detail: Detail) -> Iterator[beside.Row]:
        """Every row that still holds, in the order of the keys, a few at a time."""
        table = connection.ops.quote_name(apps.get_model("offers", detail.model)._meta.db_table)
        asked = f"SELECT to_jsonb(d) FROM {table} d WHERE withdrawn_at IS NULL"  # noqa: S608 - our own name
        asked += " AND keeper_id = %s ORDER BY id" if self.keeper else " ORDER BY id"
        with connection.chunked_cursor() as cursor:
            cursor.execute(asked, [self.keeper] if self.keeper else [])
            while some := cursor.fetchmany(AT_A_TIME):
                yield from (beside.loaded(row) for (row,) in some)

    def _own(self, rows: type[Model], tie: str, objects: Any) -> Iterator[Object]:
        """From our fields, of those that no row tells it of."""
        of_kind: Any = Location if tie == "location" else Offer
        told = rows._default_manager.filter(**{tie: OuterRef("pk")}, withdrawn_at=None)
        if rows is Address:
            told = told.exclude(address_type="postal")
        for one in self._each(of_kind).filter(~Exists(told)).iterator(chunk_size=AT_A_TIME):
            yield from objects(one)

    def _each(self, model: Any) -> Any:
        return model._default_manager.filter(self.kept).order_by("id")

    def _organization(self) -> Iterator[Object]:
        """Those that stand behind something given out, whoever keeps them, and those above them."""
        behind = Q(pk__in=self._each(Offer).values("organisation"))
        behind |= Q(pk__in=self._each(Location).values("organisation"))
        keys = set(Organisation.objects.filter(behind).values_list("pk", flat=True))
        above = set(keys)
        while above:
            parents = Organisation.objects.filter(pk__in=above, parent__isnull=False)
            above = set(parents.values_list("parent_id", flat=True)) - keys
            keys |= above
        for one in Organisation.objects.filter(pk__in=keys).order_by("id"):
            yield flat.organization(one)

    def _service(self) -> Iterator[Object]:
        for one in self._each(Offer).iterator(chunk_size=AT_A_TIME):
            told = flat.service(one)
            if told.get("program_id") not in self.given["program"]:
                told.pop("program_id", None)
            if one.last_modified_at:
                told["last_modified"] = dated.stamp(one.last_modified_at)
            yield told

    def _location(self) -> Iterator[Object]:
        yield from map(flat.location, self._each(Location).iterator(chunk_size=AT_A_TIME))

    def _service_at_location(self) -> Iterator[Object]:
        both = Q(offer__withdrawn_at=None, location__withdrawn_at=None)
        yield from map(flat.service_at_location, self._each(OfferAtLocation).filter(both).iterator())

    def _phone(self) -> Iterator[Object]:
        for one in self._each(Phone).iterator(chunk_size=AT_A_TIME):
            told = flat.phone(one)
            for tie in ("location", "service", "organization", "contact", "service_at_location"):
                if told.get(f"{tie}_id") not in self.given[tie]:
                    told.pop(f"{tie}_id", None)
            if any(told.get(f"{tie}_id") for tie in ("location", "service", "organization")):
                yield told

    def _schedule(self) -> Iterator[Object]:
        """By key, whichever of the two says it: so the order is the same wherever they have been."""
        own = self._each(Schedule).exclude(WEEK_IS_TOLD).iterator(chunk_size=AT_A_TIME)
        yield from merge(self._rows("schedule"), map(flat.schedule, own), key=itemgetter("id"))

    def _address(self) -> Iterator[Object]:
        yield from self._rows("address")
        told = Address.objects.filter(organisation=OuterRef("pk"), withdrawn_at=None)
        bodies = Organisation.objects.filter(~Exists(told)).exclude(postal_address="").order_by("id")
        for one in bodies.iterator(chunk_size=AT_A_TIME):
            yield from flat.written_to(one)

    def _unit(self) -> Iterator[Object]:
        yield from self._rows("unit")
        yield {"id": keys.UNIT, "name": "places"}

    def _taxonomy(self) -> Iterator[Object]:
        yield from self._rows("taxonomy")
        yield from map(dict, terms.OWN_TAXONOMIES)

    def _taxonomy_term(self) -> Iterator[Object]:
        yield from self._rows("taxonomy_term")
        yield from map(dict, flat.OWN_TERMS.values())

    def _attribute(self) -> Iterator[Object]:
        yield from self._rows("attribute")
        records: tuple[tuple[str, Any], ...] = (
            ("organization", Organisation.objects.filter(pk__in=self.given["organization"]).order_by("id")),
            ("location", self._each(Location)),
            ("service", self._each(Offer)),
        )
        for entity, rows in records:
            for row in rows.iterator(chunk_size=AT_A_TIME):
                yield from map(_without_term, flat.attributes(entity, row))
        for one in self._each(Schedule).filter(opens_at=None).exclude(WEEK_IS_TOLD):
            yield from map(_without_term, flat.closed(one))

    def _meta_table_description(self) -> Iterator[Object]:
        yield dict(ABOUT)


def _without_term(one: Object) -> Object:
    return {name: value for name, value in one.items() if name != "taxonomy_term"}


def ties(detail: Detail | None, entity: str) -> Iterator[tuple[str, str]]:
    """(column, table it leads to), for the descriptor."""
    if detail is not None:
        yield from ((tie.name, tie.to) for tie in detail.ties if tie.to)
        return
    for column in COLUMNS[entity].split():
        table = "organization" if column == "parent_organization_id" else column.removesuffix("_id")
        if column.endswith("_id") and table in COLUMNS:
            yield column, table


OWN: Mapping[str, tuple[type[Model], str, Any]] = {
    "address": (Address, "location", flat.visited),
    "accessibility": (Accessibility, "location", flat.accessibility),
    "language": (
        SpokenLanguage,
        "offer",
        lambda one: (flat.language(one, code) for code in one.languages or ()),
    ),
    "service_area": (
        ServiceArea,
        "offer",
        lambda one: (flat.service_area(one, area) for area in one.areas or ()),
    ),
    "cost_option": (CostOption, "offer", flat.cost_option),
    "service_capacity": (ServiceCapacity, "offer", flat.capacity),
}
