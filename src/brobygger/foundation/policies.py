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

    def constraint_sql(self, model: Any, schema_editor: Any) -> None:
        schema_editor.deferred_sql.extend(self.statements(model, schema_editor))

    def create_sql(self, model: Any, schema_editor: Any) -> str:
        """At the end of the migration, when every table that a twin points to has its key."""
        self.constraint_sql(model, schema_editor)
        return ""

    def remove_sql(self, model: Any, schema_editor: Any) -> str:
        table = schema_editor.quote_name(model._meta.db_table)
        return "; ".join(self.removal(table, model, schema_editor))

    def validate(self, *args: Any, **kwargs: Any) -> None:
        """The database alone decides."""

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self.deconstruct() == other.deconstruct()  # type: ignore[attr-defined]

    def __hash__(self) -> int:
        return hash(self.name)


class OwnPolicy(Policy):
    """Rows of the open organisation only.

    `ties` are foreign keys. PostgreSQL lets those past row-level security, so each one to another
    scoped table gets a twin that carries the organisation too.
    """

    def __init__(self, *, name: str, ties: Sequence[str] = ()) -> None:
        super().__init__(name=name)
        self.ties = tuple(ties)

    def rules(self, table: str, model: Any, schema_editor: Any) -> list[str]:
        mine = f"organisation_id = (SELECT {ORGANISATION})"
        policy = f'CREATE POLICY "{self.name}" ON {table} USING ({mine}) WITH CHECK ({mine})'
        return [policy, *self.twins(table, model, schema_editor)]

    def twins(self, table: str, model: Any, schema_editor: Any) -> list[str]:
        quote = schema_editor.quote_name
        return [
            f"ALTER TABLE {table} ADD CONSTRAINT {quote(f'{self.name}_{field.name}')} "
            f"FOREIGN KEY (organisation_id, {quote(field.column)}) "
            f"REFERENCES {quote(field.related_model._meta.db_table)} (organisation_id, id) "
            "DEFERRABLE INITIALLY DEFERRED"
            for field in self.tied_fields(model)
        ]

    def tied_fields(self, model: Any) -> list[Any]:
        fields = [model._meta.get_field(tie) for tie in self.ties]
        return [f for f in fields if any(c.name == "organisation_id" for c in f.related_model._meta.fields)]

    def removal(self, table: str, model: Any, schema_editor: Any) -> list[str]:
        ties = [schema_editor.quote_name(f"{self.name}_{tie}") for tie in self.ties]
        return [
            f'DROP POLICY "{self.name}" ON {table}',
            *(f"ALTER TABLE {table} DROP CONSTRAINT IF EXISTS {tie}" for tie in ties),
        ]

    def deconstruct(self) -> tuple[str, Sequence[Any], dict[str, Any]]:
        path, args, kwargs = super().deconstruct()
        return path, args, kwargs | {"ties": self.ties}


class TwoBanksPolicy(OwnPolicy):
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
        _, *constraints = super().removal(table, model, schema_editor)
        return [
            *(f'DROP POLICY "{self.name}_{verb}" ON {table}' for verb in ("read", "insert", "update")),
            f'DROP TRIGGER "{self.name}_banks" ON {table}',
            *constraints,
        ]

    def deconstruct(self) -> tuple[str, Sequence[Any], dict[str, Any]]:
        path, args, kwargs = super().deconstruct()
        return path, args, kwargs | {"leg_column": self.leg_column, "shown_while": self.shown_while}


class KeeperPolicy(Policy):
    """Everyone reads; the keeper writes; nobody deletes, and nobody gives a row away."""

    def rules(self, table: str, model: Any, schema_editor: Any) -> list[str]:
        keeper = f"keeper_id = (SELECT {ORGANISATION})"
        name = self.name
        return [
            f'CREATE POLICY "{name}_read" ON {table} FOR SELECT USING (true)',
            f'CREATE POLICY "{name}_insert" ON {table} FOR INSERT WITH CHECK ({keeper})',
            f'CREATE POLICY "{name}_update" ON {table} FOR UPDATE USING ({keeper}) WITH CHECK ({keeper})',
        ]

    def removal(self, table: str, model: Any, schema_editor: Any) -> list[str]:
        return [f'DROP POLICY "{self.name}_{verb}" ON {table}' for verb in ("read", "insert", "update")]
