"""Who did or saw what, to what, when. Append-only; without foreign keys, so it blocks no deletion.

Writes are recorded where they happen. Looks are collected while a page is made and written as one row
when the scope closes, before commit: if that fails, the page fails (FOUNDATION 7). Refusals are collected
too, and written in a transaction of their own, since what was refused is undone. Every verb stands in
`acts.py`, and every row becomes a link of its house's chain (`chain.py`).
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import models
from django.utils import timezone

from brobygger.foundation import scope
from brobygger.foundation.actor import Actor


class AuditRow(scope.OrganisationScoped):
    """One line of the trail: an act upon one thing, or a look at one or several persons."""

    app_may = ("SELECT", "INSERT")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    act = models.CharField(max_length=60)
    about_kind = models.CharField(max_length=60)
    about_ids = models.JSONField()
    by_kind = models.CharField(max_length=10)
    by_id = models.UUIDField(null=True)
    facts = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        app_label = "foundation"
        indexes = [models.Index(name="audit_by_time", fields=["organisation_id", "at"])]


def record(act: str, *, about: models.Model, by: Actor, at: datetime, **facts: Any) -> None:
    """Write one act down, in the transaction of the act itself."""
    AuditRow.objects.create(**_line(act, about._meta.label, [about.pk], by, at, facts))


def export(act: str, *, kind: str, by: Actor, at: datetime, **facts: Any) -> None:
    """Write down that rows of this kind leave the house. Call and commit it before the first byte does."""
    AuditRow.objects.create(**_line(act, kind, [], by, at, facts))


def refused(act: str, *, kind: str, ids: Iterable[object], by: Actor, at: datetime, **facts: Any) -> None:
    """Remember that somebody was refused, for `write_refusals`, whatever becomes of the transaction."""
    scope.current().refusals.append(_line(act, kind, ids, by, at, facts))


def write_refusals(closed: scope.Scope) -> None:
    """Write what was refused in a scope, in a transaction of its own. If it fails, so does the page."""
    if closed.refusals and closed.organisation is not None:
        with scope.organisation_scope(closed.organisation, member=closed.member):
            AuditRow.objects.bulk_create(AuditRow(**line) for line in closed.refusals)


def _line(
    act: str, kind: str, ids: Iterable[object], by: Actor, at: datetime, facts: dict[str, Any]
) -> dict[str, Any]:
    return {
        "act": act,
        "about_kind": kind,
        "about_ids": [str(one) for one in ids],
        "by_kind": by.kind,
        "by_id": by.id,
        "facts": facts,
        "at": at,
    }


def saw(kind: str, ids: Iterable[UUID]) -> None:
    """Remember that these persons were shown; the row is written when the scope closes."""
    scope.current().looks.setdefault(kind, set()).update(ids)


def _write_looks(closing: scope.Scope) -> None:
    rows = [
        AuditRow(
            act=f"{kind}:seen",
            about_kind=kind,
            about_ids=sorted(str(one) for one in ids),
            by_kind="member",
            by_id=closing.member,
            at=timezone.now(),
        )
        for kind, ids in closing.looks.items()
        if ids
    ]
    if rows:
        AuditRow.objects.bulk_create(rows)


scope.before_close.append(_write_looks)
