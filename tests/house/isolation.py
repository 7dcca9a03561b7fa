"""Drill D5: every table of the catalogue x role x verb x context, against what each kind of table promises.

The expectation is worked out here from the rows themselves, not from the policies. An attempt passes if
the database answers exactly as expected; a refusal counts only if it is a refusal of rights, since a row
that stops at a unique key has come too far.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Any, NamedTuple
from uuid import UUID, uuid4

import psycopg

from tests.house.tables import OWNER_READS, Kind, Row, Rows, Table
from tests.house.world import World
from tests.people import CLUB, ELSEWHERE, HOUSE

ORGANISATIONS = (HOUSE, ELSEWHERE, CLUB)
EVERYTHING = ("SELECT", "INSERT", "UPDATE", "DELETE")


class Outcome(Enum):
    REFUSED = "refused"
    NOT_REFUSED = "not refused"


Expected = Outcome | int | frozenset[str]


class Context(NamedTuple):
    """Which settings are open. `name` is for people."""

    name: str
    organisation: UUID | None = None
    recipient: UUID | None = None
    leg: UUID | None = None

    def sql(self) -> str:
        values = zip(("organisation", "recipient", "leg"), self[1:], strict=True)
        return "SELECT " + ", ".join(f"set_config('brobygger.{n}', '{v or ''}', true)" for n, v in values)


class Attempt(NamedTuple):
    table: str
    context: str
    what: str
    sql: str
    expected: Expected


class Violation(NamedTuple):
    table: str
    context: str
    what: str
    got: str

    def __str__(self) -> str:
        return f"{self.table}, {self.context}: {self.what}: {self.got}"


def contexts(world: World) -> list[Context]:
    legs = world.houses[HOUSE].legs
    return [
        Context("unset"),
        Context("our house", HOUSE),
        Context("the neighbour house", ELSEWHERE),
        Context("the club by account", CLUB),
        Context("the club by link", None, CLUB, legs["club"].pk),
        Context("the club by the link of another leg", None, CLUB, legs["club, over"].pk),
        Context("the club by a link to a draft", None, CLUB, legs["draft"].pk),
        Context("a link with the wrong recipient", None, ELSEWHERE, legs["club"].pk),
        Context("half a link: no leg", None, CLUB, None),
        Context("half a link: no recipient", None, None, legs["club"].pk),
    ]


@dataclass
class Matrix:
    """The attempts of one role. `cells` counts those tried so far."""

    tables: dict[str, Table]
    world: World
    is_owner: bool = False
    cells: int = 0

    def violations(self, db: psycopg.Connection, contexts: list[Context]) -> Iterator[Violation]:
        """Try everything in the open transaction of `db`, undoing each attempt."""
        cursor = db.cursor()
        cursor.execute("SAVEPOINT cell")
        for context in contexts:
            cursor.execute(f"ROLLBACK TO cell; RELEASE cell; {context.sql()}; SAVEPOINT cell")
            for table in self.tables.values():
                for attempt in self.attempts(table, context):
                    self.cells += 1
                    got = _try(cursor, attempt)
                    if not _is(got, attempt.expected):
                        told = f"{_short(got)}, not {_short(attempt.expected)}"
                        yield Violation(attempt.table, attempt.context, attempt.what, told)
        cursor.execute("ROLLBACK TO cell; RELEASE cell")

    def attempts(self, table: Table, context: Context) -> Iterator[Attempt]:
        rows = self.world.rows[table.name]
        for what, sql, expected in (
            *self._selects(table, context, rows),
            *self._inserts(table, context, rows),
            *self._updates(table, context, rows),
            *self._gifts(table, context, rows),
            *self._deletes(table, context, rows),
        ):
            yield Attempt(table.name, context.name, what, sql, expected)

    def _may(self, table: Table, verb: str) -> bool:
        return self.is_owner or verb in table.may

    def _reads(self, table: Table, context: Context, row: Row) -> bool:
        if table.kind is Kind.KEEPER or (self.is_owner and table.name in OWNER_READS):
            return True
        if writes(table, context, row):
            return True
        return table.kind is Kind.TWO_BANKS and self._is_other_bank(table, context, row)

    def _is_other_bank(self, table: Table, context: Context, row: Row) -> bool:
        if not self._is_shown(table.name, row):
            return False
        recipient = row["recipient_id"]
        by_link = recipient == str(context.recipient) and row[table.leg] == str(context.leg)
        return recipient == str(context.organisation) or by_link

    def _is_shown(self, table: str, row: Row) -> bool:
        """What the other bank may see: what has left the house, while the access lasts (BRIDGES 12)."""
        legs = {leg["id"]: leg for leg in self.world.rows["bridging_leg"]}
        conditions = {
            "bridging_leg": lambda: row["sent_at"] is not None,
            "bridging_statement": lambda: legs[row["leg_id"]]["sent_at"] is not None,
            "bridging_legsnapshot": lambda: row["access_ended_at"] is None,
        }
        return conditions[table]()

    def _selects(
        self, table: Table, context: Context, rows: list[Row]
    ) -> Iterator[tuple[str, str, Expected]]:
        seen = frozenset(row["id"] for row in rows if self._reads(table, context, row))
        yield "select everything", f'SELECT id::text FROM "{table.name}"', seen
        for owner, row in examples(table, rows):
            sql = f"SELECT id::text FROM \"{table.name}\" WHERE id = '{row['id']}'"
            yield f"select a row of {owner}", sql, seen & {row["id"]}

    def _inserts(
        self, table: Table, context: Context, rows: list[Row]
    ) -> Iterator[tuple[str, str, Expected]]:
        may = self._may(table, "INSERT")
        for owner, row in examples(table, rows):
            own = may and writes(table, context, row)
            expected = Outcome.NOT_REFUSED if own else Outcome.REFUSED
            yield f"insert as {owner}", _insert(table, row | {"id": str(uuid4())}), expected
            if self._may(table, "UPDATE") and not own and context.organisation:
                stolen = row | {table.owner: str(context.organisation)}
                change = still(table, rows, all_columns=True)
                onto = f"{_insert(table, stolen)} ON CONFLICT (id) DO UPDATE SET {change}"
                yield f"insert onto a row of {owner}", onto, Outcome.REFUSED
        yield (
            "insert as nobody",
            _insert(table, rows[0] | {"id": str(uuid4()), table.owner: None}),
            Outcome.REFUSED,
        )

    def _updates(
        self, table: Table, context: Context, rows: list[Row]
    ) -> Iterator[tuple[str, str, Expected]]:
        change = f'UPDATE "{table.name}" SET {still(table, rows, all_columns=self.is_owner)}'
        may = self.is_owner or any(verb.startswith("UPDATE") for verb in table.may)
        count = sum(writes(table, context, row) for row in rows)
        yield "update everything, unqualified", change, count if may else Outcome.REFUSED
        for owner, row in examples(table, rows):
            reached = int(writes(table, context, row)) if may else Outcome.REFUSED
            yield f"update a row of {owner}", f"{change} WHERE id = '{row['id']}'", reached

    def _gifts(self, table: Table, context: Context, rows: list[Row]) -> Iterator[tuple[str, str, Expected]]:
        """Give rows away, or take them: UPDATE of the columns that say whose a row is."""
        columns = [table.owner, "recipient_id"] if table.kind is Kind.TWO_BANKS else [table.owner]
        own = [row for row in rows if writes(table, context, row)]
        for column in columns:
            for target in ORGANISATIONS:
                stays = all(row[column] == str(target) for row in own)
                expected: Expected = len(own) if stays else Outcome.REFUSED
                if not self.is_owner and not table.may_update(column):
                    expected = Outcome.REFUSED
                sql = f"UPDATE \"{table.name}\" SET {column} = '{target}'"
                yield f"set {column} to {target.int}, unqualified", sql, expected

    def _deletes(
        self, table: Table, context: Context, rows: list[Row]
    ) -> Iterator[tuple[str, str, Expected]]:
        may, never = self._may(table, "DELETE"), table.kind is not Kind.OWN
        count = 0 if never else sum(writes(table, context, row) for row in rows)
        yield (
            "delete everything, unqualified",
            f'DELETE FROM "{table.name}"',
            count if may else Outcome.REFUSED,
        )
        for owner, row in examples(table, rows):
            reached = 0 if never else int(writes(table, context, row))
            sql = f"DELETE FROM \"{table.name}\" WHERE id = '{row['id']}'"
            yield f"delete a row of {owner}", sql, reached if may else Outcome.REFUSED
        if not self.is_owner:
            yield "truncate", f'TRUNCATE "{table.name}" CASCADE', Outcome.REFUSED


def writes(table: Table, context: Context, row: Row) -> bool:
    return context.organisation is not None and row[table.owner] == str(context.organisation)


def examples(table: Table, rows: list[Row]) -> Iterator[tuple[str, Row]]:
    """One row of each owner."""
    yield from {f"organisation {UUID(row[table.owner]).int}": row for row in reversed(rows)}.items()


def still(table: Table, rows: list[Row], *, all_columns: bool) -> str:
    """A change that changes nothing and looks at no column: one that has the same value in every row.

    Only so does an unqualified UPDATE pass by the SELECT policy, where a hole can hide (PROMISES 6.1).
    """
    is_frozen = not any(verb.startswith("UPDATE") for verb in table.may)
    for column, value in rows[0].items():
        may = all_columns or is_frozen or table.may_update(column)
        is_plain = value is None or isinstance(value, str | int | bool | dict)
        if may and is_plain and column != table.owner and all(row[column] == value for row in rows):
            return f'"{column}" = {_literal(value)}'
    raise AssertionError(f"{table.name} has no column that is the same in every row")


def _literal(value: str | int | bool | dict[str, Any] | None) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, dict):
        value = json.dumps(value)
    return "'" + str(value).replace("'", "''") + "'"


def _insert(table: Table, row: Row) -> str:
    said = json.dumps(row).replace("'", "''")
    return f'INSERT INTO "{table.name}" SELECT * FROM jsonb_populate_record(NULL::"{table.name}", \'{said}\')'


def _try(cursor: psycopg.Cursor, attempt: Attempt) -> Expected | str:
    """The rows seen, the number of rows reached, REFUSED, or the error's own words."""
    try:
        cursor.execute(f"ROLLBACK TO cell; {attempt.sql}")
        cursor.nextset()
    except psycopg.errors.InsufficientPrivilege:
        return Outcome.REFUSED
    except psycopg.Error as error:
        is_ours = error.sqlstate == "23000" and "banks of a" in str(error)
        return Outcome.REFUSED if is_ours else f"{error.sqlstate} {str(error).splitlines()[0]}"
    if attempt.sql.startswith("SELECT"):
        return frozenset(key for (key,) in cursor.fetchall())
    return cursor.rowcount


def _is(got: Expected | str, expected: Expected) -> bool:
    if expected is Outcome.NOT_REFUSED:
        return got is not Outcome.REFUSED
    return got == expected


def _short(told: Expected | str) -> str:
    if isinstance(told, frozenset):
        return f"{len(told)} rows seen"
    if isinstance(told, Outcome):
        return told.value
    return f"{told} rows reached" if isinstance(told, int) else told


def is_complete(rows: Rows, tables: dict[str, Table]) -> list[str]:
    """The tables that lack a row in one of the houses: there nothing would be proven."""
    houses = {str(HOUSE), str(ELSEWHERE)}
    return [name for name, table in tables.items() if not houses <= {row[table.owner] for row in rows[name]}]
