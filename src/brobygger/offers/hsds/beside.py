"""The detail rows of HSDS, fetched for many owners at once and made into objects.

There are sixteen tables of them, and a page may ask the database only a few times: so they are fetched as
JSON, all tables in one question.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias
from uuid import UUID

from django.apps import apps
from django.db import connection

from brobygger.offers.hsds import keys
from brobygger.offers.hsds.columns import DETAIL, SORTS, Column, Detail
from brobygger.offers.hsds.flat import ADDRESS, Object, mailbox, told, uri

Row: TypeAlias = dict[str, Any]

ROWS = "SELECT '{entity}', to_jsonb(d) FROM {table} d WHERE d.withdrawn_at IS NULL AND ({where})"
OWNERS = ("organisation", "offer", "location", "at", "phone", "contact")
# Under which name each hangs on its owner, where that is not its table's.
LISTS = {"service_capacity": "capacities"}
WEB = {"organisation": "additional_websites", "offer": "additional_urls"}
HANGING = tuple(
    DETAIL[name]
    for name in (
        "program", "organization_identifier", "contact", "address", "accessibility", "language",
        "cost_option", "service_area", "required_document", "funding", "service_capacity", "url", "schedule",
    )
)  # fmt: skip
ON_ANYTHING = (DETAIL["attribute"], DETAIL["metadata"])
ALWAYS = {
    "address": ADDRESS,
    "program": ("description",),
    "taxonomy": ("description",),
    "taxonomy_term": ("description",),
    "metadata": tuple(column.name for column in DETAIL["metadata"].columns if column.name != "resource_type"),
}


def rows_of(details: Sequence[Detail], owned: Mapping[str, Iterable[UUID]]) -> Iterator[tuple[Detail, Row]]:
    """The rows of these details that hang on any of these owners (field -> keys). One query."""
    asked, words = [], []
    for detail in details:
        model = apps.get_model("offers", detail.model)
        ties = [name for name in owned if _has(detail, name)]
        if ties:
            where = " OR ".join(f"d.{_column(name)} = ANY(%s)" for name in ties)
            asked.append(ROWS.format(entity=detail.entity, table=model._meta.db_table, where=where))
            words += [list(owned[name]) for name in ties]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(asked), words)
        found = [(DETAIL[entity], loaded(row)) for entity, row in cursor.fetchall()]
    yield from sorted(found, key=lambda one: (one[0].entity, str(one[1]["source_id"]), one[1]["id"]))


def loaded(row: Any) -> Row:
    """JSON as it comes from a cursor: psycopg has read it, or Django has asked it not to."""
    found: Row = json.loads(row) if isinstance(row, str) else row
    return found


def _has(detail: Detail, owner: str) -> bool:
    return any(tie.field == owner for tie in detail.ties)


def _column(owner: str) -> str:
    return owner if owner == "row" else f"{owner}_id"


def hung_on(detail: Detail, row: Row) -> Iterator[tuple[str, UUID]]:
    """On what a row hangs: the name of the list there, and the owner's key."""
    for owner in (*OWNERS, "row"):
        if _has(detail, owner) and row.get(_column(owner)):
            yield name_of(detail, owner), UUID(row[_column(owner)])


def name_of(detail: Detail, owner: str) -> str:
    if detail.entity == "url":
        return WEB[owner]
    return LISTS.get(detail.entity) or detail.file.removesuffix(".csv")


def made(detail: Detail, row: Row) -> Object:
    """One row as its object: HSDS's names, and numbers where HSDS has numbers."""
    ties = {tie.name: row.get(_column(tie.field)) for tie in detail.ties}
    cells = {column.name: _cell(column, row[column.field]) for column in detail.columns}
    return told(ALWAYS.get(detail.entity, ()), id=row["id"], **ties, **cells)


def _cell(column: Column, value: Any) -> Any:
    if value is None or value == "":
        return "" if SORTS[column.sort].json == "string" else None
    if column.sort == "clock":
        return str(value)[:5]
    if column.sort == "address":
        return uri(value)
    if column.sort == "email":
        return mailbox(value)
    return value


def capacity(row: Row, units: Mapping[str, Object]) -> Object:
    """HSDS wants to know what is counted and when. Without: places, and when the row was written."""
    one = made(DETAIL["service_capacity"], row)
    unit = units.get(row["unit_id"] or "") or {"id": keys.UNIT, "name": "places"}
    return one | {"unit": unit, "unit_id": unit["id"], "updated": one.get("updated") or row["modified_at"]}


def by_key(entity: str, asked: Iterable[str | None]) -> dict[str, Object]:
    """Units, terms or taxonomies by their keys. One query, or none for none."""
    wanted = {one for one in asked if one}
    if not wanted:
        return {}
    detail = DETAIL[entity]
    model = apps.get_model("offers", detail.model)
    rows = model._default_manager.filter(pk__in=wanted).values()
    return {str(row["id"]): made(detail, row) for row in rows}


def kinds(rows: Iterable[tuple[Detail, Row]]) -> dict[tuple[UUID, str], set[str]]:
    """Which details each owner has told something of: (owner, entity) -> its kinds of addresses, or {""}."""
    found = defaultdict[tuple[UUID, str], set[str]](set)
    for detail, row in rows:
        for _name, owner in hung_on(detail, row):
            found[owner, detail.entity].add(row.get("address_type") or "")
    return found
