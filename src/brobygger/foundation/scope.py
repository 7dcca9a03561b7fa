"""Whose rows may be touched: PostgreSQL row-level security, opened for one transaction at a time.

Three shapes of table: `OrganisationScoped` (one organisation's own), `TwoBanks` (seen from both
banks of a bridge, written from home only) and `KeeperWritten` (public, written by its keeper).
Each declares itself by its base class; `makemigrations` then writes policy, keys and twins unasked.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import connection, models, transaction
from django.db.models.expressions import RawSQL
from django.db.models.signals import class_prepared

from brobygger.foundation.policies import ORGANISATION, KeeperPolicy, OnlyEmptied, OwnPolicy, TwoBanksPolicy

SETTINGS = ("organisation", "member", "recipient", "leg")


@dataclass(slots=True)
class Scope:
    """What is open now. `looks` gathers which persons were shown, until the scope closes.

    `refusals` gathers lines of the trail about what was refused, for whoever opened it to write afterwards.
    """

    organisation: UUID | None = None
    member: UUID | None = None
    recipient: UUID | None = None
    leg: UUID | None = None
    looks: dict[str, set[UUID]] = field(default_factory=dict)
    refusals: list[dict[str, Any]] = field(default_factory=list)

    def values(self) -> list[str]:
        return [str(getattr(self, name) or "") for name in SETTINGS]


NOTHING_OPEN = Scope()
_open: ContextVar[Scope] = ContextVar("scope", default=NOTHING_OPEN)
before_close: list[Callable[[Scope], None]] = []


def current() -> Scope:
    return _open.get()


@contextmanager
def organisation_scope(organisation_id: UUID, *, member: UUID | None = None) -> Iterator[Scope]:
    """Open one organisation's rows for one transaction; a nested scope gives the former one back."""
    yield from _opened(Scope(organisation=organisation_id, member=member))


@contextmanager
def answer_scope(recipient: UUID, leg: UUID) -> Iterator[Scope]:
    """The scope of a partner who holds a link: the two-bank rows of one leg, and nothing else.

    The organisation stays unset, so the recipient's own house (if it keeps one) is not opened either.
    """
    yield from _opened(Scope(recipient=recipient, leg=leg))


def _opened(scope: Scope) -> Iterator[Scope]:
    outer, is_nested = _open.get(), connection.in_atomic_block
    with transaction.atomic():
        _tell_database(scope)
        token = _open.set(scope)
        try:
            yield scope
            if not connection.needs_rollback:
                for hook in before_close:
                    hook(scope)
        finally:
            _open.reset(token)
        if is_nested and not connection.needs_rollback:  # commit and rollback put settings back themselves
            _tell_database(outer)


def _tell_database(scope: Scope) -> None:
    settings = ", ".join(f"set_config('brobygger.{name}', %s, true)" for name in SETTINGS)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {settings}", scope.values())  # noqa: S608 - names are our own


class OrganisationScoped(models.Model):
    """A row that belongs to one organisation. Filled from the open scope; without one, refused.

    `may_be_emptied` names the columns of an append-only row that may be forgotten, never rewritten.
    """

    may_be_emptied: tuple[str, ...] = ()

    organisation_id = models.UUIDField(db_default=RawSQL(ORGANISATION, []), editable=False)  # noqa: S611

    class Meta:
        abstract = True


class TwoBanks(OrganisationScoped):
    """A row with a home (`organisation_id`) and an other bank (`recipient`): FOUNDATION 4.

    Both banks read it; only home writes it; neither column ever changes; nobody deletes it.
    `leg_column` names the column that a partner's link is narrowed to, and `shown_while` a
    condition after which the other bank no longer sees the row.
    """

    leg_column = "leg_id"
    shown_while = ""

    class Meta:
        abstract = True


class KeeperWritten(models.Model):
    """A public row: everyone reads it, only the organisation that keeps it writes it (FOUNDATION 2)."""

    keeper_id = models.UUIDField(db_default=RawSQL(ORGANISATION, []), editable=False)  # noqa: S611

    class Meta:
        abstract = True


def _add_policy(sender: type[models.Model], **_: object) -> None:
    """Give every scoped model its policy as a constraint, so that migrations carry it."""
    meta = sender._meta
    if meta.abstract or sender.__module__ == "__fake__":
        return
    added = _guards(sender, meta.db_table)
    if added:
        meta.constraints = [*meta.constraints, *added]
        meta.original_attrs["constraints"] = meta.constraints


def _guards(sender: type[models.Model], table: str) -> list[models.BaseConstraint]:
    name = f"{table}_policy"
    keys = [f.name for f in sender._meta.local_fields if f.many_to_one or f.one_to_one]
    if issubclass(sender, KeeperWritten):
        whole = models.UniqueConstraint(name=f"{table}_key", fields=["keeper_id", "id"])
        return [whole, KeeperPolicy(name=name, ties=keys)]
    if not issubclass(sender, OrganisationScoped):
        return []
    added: list[models.BaseConstraint] = [
        models.UniqueConstraint(name=f"{table}_key", fields=["organisation_id", "id"])
    ]
    if issubclass(sender, TwoBanks):
        ties = [key for key in keys if key != "recipient"]
        added.append(
            TwoBanksPolicy(name=name, ties=ties, leg_column=sender.leg_column, shown_while=sender.shown_while)
        )
    else:
        added.append(OwnPolicy(name=name, ties=keys))
    if sender.may_be_emptied:
        added.append(OnlyEmptied(name=f"{table}_only_emptied", columns=sender.may_be_emptied))
    return added


class_prepared.connect(_add_policy)
