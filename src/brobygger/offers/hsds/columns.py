"""The detail objects of HSDS 3.1: their columns, and which of our fields each one is. Read both ways. Pure.

One table for import and export, so that what is given out is what is taken in.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from brobygger.offers import hours, moments, words

MOST = 2_147_483_647
PLACE_KINDS = frozenset({"physical", "postal", "virtual"})


@dataclass(frozen=True, slots=True)
class Sort:
    """What a column holds. `read` gives None where the text is not such a thing; `written` is its way out."""

    json: str
    read: Callable[[str], Any]
    written: Callable[[Any], str] = str


def _whole(text: str) -> int | None:
    amount = words.amount_in(text)
    return int(amount) if amount is not None and amount == int(amount) and abs(amount) <= MOST else None


def _amount(text: str) -> Decimal | None:
    amount = words.amount_in(text)
    return amount.quantize(Decimal("0.0001")) if amount is not None and abs(amount) < 10**10 else None


def _plain(amount: Decimal) -> str:
    """Without the noughts that say nothing: "75", "12.5"."""
    return f"{amount.normalize():f}"


def _clock(moment: time) -> str:
    return f"{moment:%H:%M}"


def _told(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")


SORTS: Mapping[str, Sort] = {
    "text": Sort("string", lambda text: text),
    "address": Sort("string", words.web_address_in),
    "email": Sort("string", words.email_in),
    "whole": Sort("number", _whole),
    "number": Sort(
        "number", lambda text: None if (n := words.amount_in(text)) is None else float(n), "{:g}".format
    ),
    "amount": Sort("number", _amount, _plain),
    "kind": Sort("string", lambda text: text.lower() if text.lower() in PLACE_KINDS else None),
    "day": Sort("string", moments.day_in, date.isoformat),
    "clock": Sort("string", hours.time_in, _clock),
    "moment": Sort("string", moments.moment_in, _told),
}


@dataclass(frozen=True, slots=True)
class Column:
    """`limit`: how many characters there is room for, where there is a limit."""

    name: str
    field: str
    sort: str
    limit: int | None

    def told(self, record: Any) -> str:
        value = getattr(record, self.field)
        return "" if value is None or value == "" else SORTS[self.sort].written(value)


@dataclass(frozen=True, slots=True)
class Tie:
    """A key to another object: HSDS's column, our field, and what it leads to ("" for anything)."""

    name: str
    field: str
    to: str


@dataclass(frozen=True, slots=True)
class Detail:
    """One object of HSDS. `needs`: columns without which a row says nothing; `must_belong`: to something."""

    entity: str
    file: str
    model: str
    columns: tuple[Column, ...]
    ties: tuple[Tie, ...]
    needs: tuple[str, ...]
    must_belong: bool


TIES = {
    "organization": Tie("organization_id", "organisation", "organization"),
    "service": Tie("service_id", "offer", "service"),
    "location": Tie("location_id", "location", "location"),
    "service_at_location": Tie("service_at_location_id", "at", "service_at_location"),
    "phone": Tie("phone_id", "phone", "phone"),
    "unit": Tie("unit_id", "unit", "unit"),
    "taxonomy": Tie("taxonomy_id", "taxonomy", "taxonomy"),
    "taxonomy_term": Tie("taxonomy_term_id", "term", "taxonomy_term"),
    "row": Tie("link_id", "row", ""),
    "resource": Tie("resource_id", "row", ""),
    "parent": Tie("parent_id", "parent", "taxonomy_term"),
}


def _column(told: str) -> Column:
    """Written short: "version=edition", "amount:amount", "name<255"."""
    told, _, limit = told.partition("<")
    name, _, sort = told.partition(":")
    name, _, field = name.partition("=")
    return Column(name, field or name, sort or "text", int(limit) if limit else None)


def _detail(
    entity: str,
    file: str,
    model: str,
    columns: str,
    *,
    ties: str = "",
    needs: str = "",
    must_belong: bool = True,
) -> Detail:
    return Detail(
        entity,
        f"{file}.csv",
        model,
        tuple(map(_column, columns.split())),
        tuple(TIES[one] for one in ties.split()),
        tuple(needs.split()),
        must_belong,
    )


# In an order in which whatever is tied to comes before what is tied to it.
DETAILS: tuple[Detail, ...] = (
    _detail(
        "unit", "units", "Unit", "name<255 scheme identifier uri:address", needs="name", must_belong=False,
    ),
    _detail(
        "taxonomy", "taxonomies", "Taxonomy", "name<255 description uri:address version=edition",
        needs="name", must_belong=False,
    ),
    _detail(
        "taxonomy_term", "taxonomy_terms", "TaxonomyTerm",
        "code name<255 description taxonomy=taxonomy_name language<40 term_uri:address",
        ties="taxonomy parent", needs="name", must_belong=False,
    ),
    _detail(
        "program", "programs", "Program", "name<255 alternate_name description",
        ties="organization", needs="name",
    ),
    _detail(
        "organization_identifier", "organization_identifiers", "OrganisationIdentifier",
        "identifier_scheme identifier_type<255 identifier<255",
        ties="organization", needs="identifier_type identifier",
    ),
    _detail(
        "contact", "contacts", "ContactPoint", "name title department email:email",
        ties="organization service location service_at_location",
    ),
    _detail(
        "address", "addresses", "Address",
        "attention address_1 address_2 city region state_province postal_code country address_type:kind",
        ties="location organization",
    ),
    _detail(
        "accessibility", "accessibility", "Accessibility", "description details url:address",
        ties="location",
    ),
    _detail("language", "languages", "SpokenLanguage", "name code<40 note", ties="service location phone"),
    _detail(
        "cost_option", "cost_options", "CostOption",
        "valid_from:day valid_to:day option currency<10 amount:amount amount_description", ties="service",
    ),
    _detail(
        "service_area", "service_areas", "ServiceArea", "name description extent extent_type uri",
        ties="service service_at_location",
    ),
    _detail(
        "required_document", "required_documents", "RequiredDocument", "document uri:address",
        ties="service", needs="document",
    ),
    _detail("funding", "funding", "Funding", "source=funder", ties="organization service", needs="source"),
    _detail(
        "service_capacity", "service_capacity", "ServiceCapacity",
        "available:whole maximum:whole description updated:moment", ties="service unit", needs="available",
    ),
    _detail("url", "url", "WebAddress", "label url:address<2000", ties="organization service", needs="url"),
    _detail(
        "schedule", "schedules", "ToldSchedule",
        "valid_from:day valid_to:day dtstart:day timezone:number until:day count:whole wkst<2 freq<20"
        " interval:whole byday byweekno bymonthday byyearday description opens_at:clock closes_at:clock"
        " schedule_link:address attending_type notes",
        ties="service location service_at_location",
    ),
    _detail(
        "attribute", "attributes", "Attribute", "link_entity=entity<40 link_type value label",
        ties="row taxonomy_term",
    ),
    _detail(
        "metadata", "metadata", "Metadata",
        "resource_type=entity<40 last_action_date last_action_type field_name previous_value"
        " replacement_value updated_by", ties="resource",
    ),
)  # fmt: skip
DETAIL = {one.entity: one for one in DETAILS}
