"""Row-level security written as Django constraints, so that migrations carry it and reviewers see it."""

from collections.abc import Sequence
from typing import Any

from django.db import models


def setting(name: str) -> str:
    """A transaction-local setting as a uuid. It comes back as '' once it has been set, hence NULLIF."""
    return f"NULLIF(current_setting('brobygger.{name}', true), '')::uuid"


ORGANISATION = setting("organisation")
RECIPIENT = setting("recipient")
LEG = setting("leg")
ERASED = "–"  # stands where a name or a word must be, and has been forgotten


class Policy(models.BaseConstraint):
    """Base of the three shapes. `(SELECT ...)` makes the setting one plan node instead of one per row."""

    def statements(self, model: Any, schema_editor: Any) -> list[str]:
        table = schema_editor.quote_name(model._meta.db_table)
        return [
            f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
            f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
            *self.rules(table, model, schema_editor),
        ]

    def rules(self, table: str, model: Any, schema_editor: Any) -> list[str]:
        raise NotImplementedError

    def removal(self, table: str, model: Any, schema_editor: Any) -> list[str]:
        raise NotImplementedError

    def constraint_sql(self, model: Any, schema_editor: Any) -> str:
        """At the end of the migration, when every table that a twin points to has its key."""
        schema_editor.deferred_sql.extend(self.statements(model, schema_editor))
        return ""

    create_sql = constraint_sql

    def remove_sql(self, model: Any, schema_editor: Any) -> str:
        table = schema_editor.quote_name(model._meta.db_table)
        return "; ".join(self.removal(table, model, schema_editor))

    def validate(self, *args: Any, **kwargs: Any) -> None:
        """The database alone decides."""

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self.deconstruct() == other.deconstruct()

    def __hash__(self) -> int:
        return hash(self.name)


class Tied(Policy):
    """Foreign keys pass by row-level security, so those in `ties` get a twin that carries the owner too."""

    column = "organisation_id"

    def __init__(self, *, name: str, ties: Sequence[str] = ()) -> None:
        super().__init__(name=name)
        self.ties = tuple(ties)

    def twins(self, table: str, model: Any, schema_editor: Any) -> list[str]:
        quote = schema_editor.quote_name
        return [
            f"ALTER TABLE {table} ADD CONSTRAINT {quote(f'{self.name}_{field.name}')} "
            f"FOREIGN KEY ({self.column}, {quote(field.column)}) "
            f"REFERENCES {quote(field.related_model._meta.db_table)} ({self.column}, id) "
            "DEFERRABLE INITIALLY DEFERRED"
            for field in (model._meta.get_field(tie) for tie in self.ties)
            if self.is_tied(model, field)
        ]

    def is_tied(self, model: Any, field: Any) -> bool:
        """Whether the other table has the same kind of owner."""
        return any(one.name == self.column for one in field.related_model._meta.fields)

    def untied(self, table: str, schema_editor: Any) -> list[str]:
        ties = [schema_editor.quote_name(f"{self.name}_{tie}") for tie in self.ties]
        return [f"ALTER TABLE {table} DROP CONSTRAINT IF EXISTS {tie}" for tie in ties]

    def deconstruct(self) -> tuple[str, Sequence[Any], dict[str, Any]]:
        path, args, kwargs = super().deconstruct()
        return path, args, kwargs | {"ties": self.ties}


class OwnPolicy(Tied):
    """Rows of the open organisation only."""

    def rules(self, table: str, model: Any, schema_editor: Any) -> list[str]:
        mine = f"organisation_id = (SELECT {ORGANISATION})"
        policy = f'CREATE POLICY "{self.name}" ON {table} USING ({mine}) WITH CHECK ({mine})'
        return [policy, *self.twins(table, model, schema_editor)]

    def removal(self, table: str, model: Any, schema_editor: Any) -> list[str]:
        return [f'DROP POLICY "{self.name}" ON {table}', *self.untied(table, schema_editor)]


class TwoBanksPolicy(Tied):
    """Read from both banks, written from home only, both organisation columns immutable (FOUNDATION 4).

    One policy with an OR for reading and writing was tried and is a hole: the recipient could rewrite
    reasons, give the row away and insert into our house. Hence one policy per verb, none for DELETE.
    """

    def __init__(
        self, *, name: str, ties: Sequence[str] = (), leg_column: str = "leg_id", shown_while: str = ""
    ) -> None:
        super().__init__(name=name, ties=ties)
        self.leg_column, self.shown_while = leg_column, shown_while

    def rules(self, table: str, model: Any, schema_editor: Any) -> list[str]:
        home = f"organisation_id = (SELECT {ORGANISATION})"
        by_account = f"recipient_id = (SELECT {ORGANISATION})"
        by_link = f"recipient_id = (SELECT {RECIPIENT}) AND {self.leg_column} = (SELECT {LEG})"
        there = f"({by_account} OR ({by_link}))"
        if self.shown_while:
            there = f"({there} AND {self.shown_while})"
        name = self.name
        return [
            f'CREATE POLICY "{name}_read" ON {table} FOR SELECT USING ({home} OR {there})',
            f'CREATE POLICY "{name}_insert" ON {table} FOR INSERT WITH CHECK ({home})',
            f'CREATE POLICY "{name}_update" ON {table} FOR UPDATE USING ({home}) WITH CHECK ({home})',
            f'CREATE TRIGGER "{name}_banks" BEFORE UPDATE ON {table} FOR EACH ROW '
            "EXECUTE FUNCTION brobygger_banks_never_change()",
            *self.twins(table, model, schema_editor),
        ]

    def removal(self, table: str, model: Any, schema_editor: Any) -> list[str]:
        return [
            *(f'DROP POLICY "{self.name}_{verb}" ON {table}' for verb in ("read", "insert", "update")),
            f'DROP TRIGGER "{self.name}_banks" ON {table}',
            *self.untied(table, schema_editor),
        ]

    def deconstruct(self) -> tuple[str, Sequence[Any], dict[str, Any]]:
        path, args, kwargs = super().deconstruct()
        return path, args, kwargs | {"leg_column": self.leg_column, "shown_while": self.shown_while}


class KeeperPolicy(Tied):
    """Everyone reads; the keeper writes; nobody deletes, and nobody gives a row away.

    What belongs together has one keeper: a key within the same room gets a twin, or another house could
    hang a telephone number on our offer. A key to another room (an offer's organisation) only refers.
    """

    def __init__(self, *, name: str, ties: Sequence[str] = (), column: str = "keeper_id") -> None:
        super().__init__(name=name, ties=ties)
        self.column = column

    def is_tied(self, model: Any, field: Any) -> bool:
        same_room = field.related_model._meta.app_label == model._meta.app_label
        return same_room and super().is_tied(model, field)

    def rules(self, table: str, model: Any, schema_editor: Any) -> list[str]:
        keeper = f"{self.column} = (SELECT {ORGANISATION})"
        name = self.name
        return [
            f'CREATE POLICY "{name}_read" ON {table} FOR SELECT USING (true)',
            f'CREATE POLICY "{name}_insert" ON {table} FOR INSERT WITH CHECK ({keeper})',
            f'CREATE POLICY "{name}_update" ON {table} FOR UPDATE USING ({keeper}) WITH CHECK ({keeper})',
            *self.twins(table, model, schema_editor),
        ]

    def removal(self, table: str, model: Any, schema_editor: Any) -> list[str]:
        return [
            *(f'DROP POLICY "{self.name}_{verb}" ON {table}' for verb in ("read", "insert", "update")),
            *self.untied(table, schema_editor),
        ]

    def deconstruct(self) -> tuple[str, Sequence[Any], dict[str, Any]]:
        path, args, kwargs = super().deconstruct()
        return path, args, kwargs | {"column": self.column}


class OnlyEmptied(Policy):
    """What was once said may be forgotten, never rewritten: these columns stay or become empty (PROMISES P8).

    Empty is '', NULL, [], {} or the dash that stands where a name or a word must be.
    """

    def __init__(self, *, name: str, columns: Sequence[str]) -> None:
        super().__init__(name=name)
        self.columns = tuple(columns)

    def statements(self, model: Any, schema_editor: Any) -> list[str]:
        table = schema_editor.quote_name(model._meta.db_table)
        columns = ", ".join(f"'{column}'" for column in self.columns)
        return [
            f'CREATE TRIGGER "{self.name}" BEFORE UPDATE ON {table} FOR EACH ROW '
            f"EXECUTE FUNCTION brobygger_only_emptied({columns})"
        ]

    def removal(self, table: str, model: Any, schema_editor: Any) -> list[str]:
        return [f'DROP TRIGGER "{self.name}" ON {table}']

    def deconstruct(self) -> tuple[str, Sequence[Any], dict[str, Any]]:
        path, args, kwargs = super().deconstruct()
        return path, args, kwargs | {"columns": self.columns}


class DatedByTheDatabase(Policy):
    """`modified_at` is when the row last became another one, whoever wrote it and however.

    By the clock and not by the transaction's beginning: a long import would else date its rows before a
    reader asked, and that reader would never be told.
    """

    def statements(self, model: Any, schema_editor: Any) -> list[str]:
        table = schema_editor.quote_name(model._meta.db_table)
        return [
            f'CREATE TRIGGER "{self.name}" BEFORE UPDATE ON {table} FOR EACH ROW '
            "WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION brobygger_modified_now()"
        ]

    def removal(self, table: str, model: Any, schema_editor: Any) -> list[str]:
        return [f'DROP TRIGGER "{self.name}" ON {table}']
