"""When a service last became another one, with everything that hangs on it: what a reader asks for anew.

A service as it is given out is made of rows of several tables. Each row is dated by the database; the date of
the service is the latest of them, also of what has been taken away (those rows stay, withdrawn).
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from functools import cache
from typing import TypeAlias
from uuid import UUID

from django.apps import apps
from django.db import connection
from django.db.models import Model
from django.db.models.expressions import RawSQL

from brobygger.offers.models import OfferAtLocation
from brobygger.partners.models import Organisation

Dates: TypeAlias = Mapping[str, str]  # key of a service -> RFC 3339

OWN = "SELECT id AS service, modified_at FROM offers_offer"
BODY = (
    "SELECT o.id, c.modified_at FROM offers_offer o JOIN partners_organisation c ON c.id = o.organisation_id"
)
HUNG = {
    "offer_id": "SELECT c.offer_id, c.modified_at FROM {table} c WHERE c.offer_id IS NOT NULL",
    "at_id": (
        "SELECT t.offer_id, c.modified_at FROM offers_offeratlocation t JOIN {table} c ON c.at_id = t.id"
    ),
    "location_id": (
        "SELECT t.offer_id, c.modified_at"
        " FROM offers_offeratlocation t JOIN {table} c ON c.location_id = t.location_id"
    ),
}
PLACE = (
    "SELECT t.offer_id, c.modified_at"
    " FROM offers_offeratlocation t JOIN offers_location c ON c.id = t.location_id"
)
SUM = "(SELECT coalesce(sum(extract(epoch FROM modified_at)), 0) FROM {table})"


def services(keys: Sequence[UUID] | None) -> Dates:
    """When each of these services, or of all, last changed. One query."""
    these = "" if keys is None else "WHERE service = ANY(%s)"
    sql = f"SELECT service, max(modified_at) FROM ({_changes()}) c {these} GROUP BY service"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(sql, None if keys is None else [list(keys)])
        return {str(key): stamp(at) for key, at in cursor.fetchall()}


def since(at: datetime) -> RawSQL:
    """The keys of the services that have changed at or after an instant, for `pk__in`."""
    return RawSQL(f"SELECT service FROM ({_changes()}) c WHERE modified_at >= %s", [at])  # noqa: S608, S611


def sum_of_all() -> Decimal:
    """A number that grows with every row that is added or changed. One query over every dated table."""
    models: list[type[Model]] = [*_dated_models(), Organisation]
    tables = [one._meta.db_table for one in models]
    sums = " + ".join(SUM.format(table=table) for table in tables)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {sums}")
        return Decimal(cursor.fetchone()[0])


def stamp(at: datetime) -> str:
    """
    >>> stamp(datetime(2026, 11, 24, 9, 0, 0, 5, tzinfo=UTC))
    '2026-11-24T09:00:00.000005Z'
    """
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


@cache
def _changes() -> str:
    """Every way a dated row of this room belongs to a service, as (service, modified_at)."""
    return " UNION ALL ".join([OWN, BODY, PLACE, *_hung()])


def _hung() -> Iterator[str]:
    for model in _dated_models():
        columns = {field.column for field in model._meta.concrete_fields}
        for tie, sql in HUNG.items():
            if tie in columns and (tie, model) != ("location_id", OfferAtLocation):
                yield sql.format(table=model._meta.db_table)


def _dated_models() -> list[type[Model]]:
    models = apps.get_app_config("offers").get_models()
    return [one for one in models if any(field.name == "modified_at" for field in one._meta.concrete_fields)]
