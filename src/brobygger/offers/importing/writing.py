"""Many rows in one statement. They are told as JSON and made into rows by the database itself: row-level
security forbids COPY, and a statement with ten thousand parameters takes longer to read than to do.
"""

import json
from collections.abc import Sequence
from typing import Any, TypeAlias
from uuid import UUID, uuid4

from django.db import connection, models

Columns: TypeAlias = dict[str, Any]  # column -> value, all rows of one statement with the same columns

# What the people of the house change by using a listing, and not by editing it; and what tells one row from
# another. The rest is what an import said, and what an undoing looks at.
NOT_SAID = frozenset({"id", "keeper_id", "source", "source_id", "withdrawn_at", "version", "places_taken"})


def usual(model: type[models.Model]) -> Columns:
    """What a new row has where nothing is told. Without what the database fills in itself."""
    return {
        str(field.column): field.get_default()
        for field in model._meta.concrete_fields
        if field.has_default() or field.db_default is models.NOT_PROVIDED
    }


def insert(model: type[models.Model], rows: Sequence[Columns], *, run: UUID | None, number: int) -> None:
    """Make the rows; with a `run`, also the trace by which it can be undone, in the same statement."""
    if not rows:
        return
    table, columns = _table(model), list(rows[0])
    named = ", ".join(map(_quoted, columns))
    given = f"json_populate_recordset(NULL::{table}, %s::json)"
    made = f"INSERT INTO {table} ({named}) SELECT {named} FROM {given}"  # noqa: S608 - names are our own
    if run is None:
        _do(made, [told(rows)])
        return
    said = [column for column in columns if column not in NOT_SAID]
    traced = (
        f"WITH made AS ({made} RETURNING *)"  # noqa: S608
        " INSERT INTO offers_importtrace (id, run_id, number, model, columns, created, changed, withdrawn)"
        f" SELECT %s, %s, %s, %s, %s, jsonb_object_agg(made.id, {digest('made', said)}), '{{}}', '[]'"
        " FROM made"
    )
    _do(traced, [told(rows), uuid4(), run, number, model._meta.label, said])


def update(model: type[models.Model], rows: Sequence[Columns]) -> None:
    """Set the columns of rows that are there, each known by its `id`."""
    if not rows:
        return
    table = _table(model)
    columns = [column for column in rows[0] if column != "id"]
    changed = ", ".join(f"{_quoted(column)} = told.{_quoted(column)}" for column in columns)
    _do(
        f"UPDATE {table} SET {changed} FROM json_populate_recordset(NULL::{table}, %s::json) told"  # noqa: S608
        f" WHERE {table}.id = told.id",
        [told(rows)],
    )


def still_as_made(model: type[models.Model], created: dict[str, str], columns: Sequence[str]) -> set[UUID]:
    """The keys of those rows that still have the digest they were made with."""
    asked = (
        f"SELECT here.id FROM {_table(model)} here JOIN jsonb_each_text(%s::jsonb) made"  # noqa: S608
        f" ON here.id = made.key::uuid WHERE made.value = {digest('here', columns)}"
    )
    with connection.cursor() as cursor:
        cursor.execute(asked, [told(created)])
        return {key for (key,) in cursor.fetchall()}


def digest(row: str, columns: Sequence[str]) -> str:
    """SQL for the digest of these columns of a row, as the database itself writes them."""
    return f"md5(ROW({', '.join(f'{row}.{_quoted(column)}' for column in columns)})::text)"


def plain(value: Any) -> Any:
    """The value as JSON has it, so that what was and what is can be compared.

    >>> from datetime import time
    >>> plain(time(9, 30)), plain(["da"]), plain(None)
    ('09:30:00', ['da'], None)
    """
    return json.loads(json.dumps(value, default=str))


def told(rows: Any) -> str:
    """As JSON, with what JSON has no word for as text."""
    return json.dumps(rows, default=str)


def _do(statement: str, values: list[Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def _table(model: type[models.Model]) -> str:
    return _quoted(model._meta.db_table)


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
